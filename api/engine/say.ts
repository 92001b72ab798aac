import { z } from 'zod';
import type { CaseInput } from '../../policy/case/input.ts';
import type { ReferralInput } from '../../policy/referral/input.ts';
import { keepText } from '../../prisma/cases.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { MatterInput, MatterKind, Outcome } from '../../workflows/messages.ts';
import type { Said } from '../deps.ts';
import type { Ctx } from '../web/route.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;
type Omitted<T> = T extends unknown ? Omit<T, 'key' | 'by'> : never;
/** What a person can say to each, before it is named and signed. */
export type Asked = {
  case: Omitted<Extract<CaseInput, { by: unknown }>>;
  referral: Omitted<Extract<ReferralInput, { by: unknown }>>;
};

/** Where a matter stands once it was told something. */
export const Standing = z
  .object({ summary: z.string(), stage: z.string(), closed: z.boolean() })
  .meta({ id: 'Standing', description: 'Where a case or a referral stands now' });

/** What a person writes with a deed. */
export const words = (missing: string) => z.string().trim().min(1, missing).max(2000, 'Write at most 2,000 characters');

/** The id of the words of an asking: a repeat gives it again. */
export const textIdFor = ({ key }: Pick<Ctx, 'key'>): string => stableId(`text:${key}`);

/** Keeps what a person wrote, under that id. */
export const keepWords = ({ deps, user, key }: Omit<Asking, 'at'>, text: string): Promise<void> =>
  keepText(deps.db, textIdFor({ key }), user.id, text);

/**
 * Says one thing to a case or a referral in the user's name, once. What was written is kept first: only its id goes on.
 */
export async function say<K extends MatterKind>(
  ctx: Asking,
  kind: K,
  matterId: string,
  asked: Asked[K],
  text: string | null,
): Promise<Outcome> {
  if (text !== null) await keepWords(ctx, text);
  return ctx.deps.matters.decide(saidBy(ctx, kind, matterId, asked));
}

/** The same as the matter would hear it, not said yet. */
export function saidBy<K extends MatterKind>(
  { user, key }: Pick<Ctx, 'user' | 'key'>,
  kind: K,
  matterId: string,
  asked: Asked[K],
): Said {
  const by = { id: user.id, role: user.role, ...(user.for !== undefined && { for: user.for }) };
  return { kind, matterId, input: { ...asked, key: `${asked.kind}:${key}`, by } as MatterInput };
}
