import { approvedThere } from '../../prisma/letter-lists.ts';
import { noticesFallen } from '../../prisma/referrals.ts';
import type { Ctx } from '../web/route.ts';
import { letterRow } from './letter-row.ts';

/**
 * The authority's own letters that an officer has yet to print and post, in a line each: nobody else is told, and a notice to
 * improve falls if no copy of it goes out in time. One that fell is left out.
 */
export async function toPostLines({ deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>) {
  if (user.authorityId === null) return [];
  const letters = await approvedThere(deps.db, user.authorityId, 'to-print');
  const fallen = await noticesFallen(deps.db, letters);
  return letters
    .filter(({ id }) => !fallen.has(id))
    .map(letterRow(at))
    .map(({ id, pupil, title, to }) => ({ text: `${pupil}: ${title} to ${to}`, href: `/letters/${id}` }));
}
