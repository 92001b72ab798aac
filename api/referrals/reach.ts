import { z } from 'zod';
import { referralsFor } from '../../prisma/referrals.ts';
import type { Ctx } from '../web/route.ts';

export const readers = ['ewo', 'sal', 'headteacher'] as const;
export const deciders = ['ewo', 'headteacher'] as const;
export const Id = z.object({ id: z.uuid() });
export const OneProposal = Id.extend({ key: z.string().regex(/^[\w-]{1,60}$/) });
export const OneNotice = Id.extend({ noticeId: z.uuid() });
export const List = z.object({ status: z.enum(['open', 'closed']).default('open'), after: z.uuid().optional() });
const perPage = 50;

/** A page of the referrals within reach, and where the next one begins. */
export async function list({ deps, user, query }: Pick<Ctx<unknown, z.infer<typeof List>>, 'deps' | 'user' | 'query'>) {
  const rows = await referralsFor(deps.db, user, { status: query.status, after: query.after ?? null, take: perPage + 1 });
  return { rows: rows.slice(0, perPage), next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null };
}
