import { addSchoolDays } from '../../policy/calendar/school-calendar.ts';
import type { Decision } from '../../policy/case/decision.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { Preview } from '../../policy/letters/printed.ts';
import { keepText } from '../../prisma/cases.ts';
import { calendarOf } from '../../prisma/register.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Ctx } from '../web/route.ts';
import { decisionOf, soFar } from './decision-form.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;
type Of = { matterId: string; key: string };

/** The words of a decision have an id that a repeat gives again. */
export const textIdFor = ({ key }: Pick<Ctx, 'key'>): string => stableId(`text:${key}`);

/** Sends a decision to its case. What the person wrote is kept first. */
export async function take(ctx: Asking, of: Of, version: number, decision: Decision, text: string | null) {
  const { deps, user, at } = ctx;
  if (text !== null) await keepText(deps.db, textIdFor(ctx), user.id, text);
  return deps.matters.decide(told(ctx, of, { version, decision, validUntil: at + 5_000 }));
}

const told = ({ user, key }: Asking, of: Of, said: { version: number; decision: Decision; validUntil?: number }) => {
  const by = { id: user.id, role: user.role };
  const input = { key: `decision:${key}`, kind: 'decision', by, proposal: of.key, ...said } as const;
  return { kind: 'case', matterId: of.matterId, input } as const;
};

/** The letters as they would go out with what was typed so far. `example` if a meeting's day and time are not chosen yet. */
export async function previewOf(
  ctx: Asking,
  of: Of & { schoolId: string; proposal: Proposal; today: string },
  typed: Record<string, unknown>,
): Promise<(Preview & { example: boolean }) | null> {
  const form = soFar(typed);
  if (!form) return null;
  const { decision, words } = decisionOf({ ...form, choice: 'approve' }, textIdFor(ctx));
  const example =
    of.proposal.action.what === 'letter' && of.proposal.action.template === 'meeting-invitation' && !('meeting' in decision);
  const meeting = example
    ? { meeting: { on: addSchoolDays(await calendarOf(ctx.deps.db, of.schoolId), of.today, 5), at: '15:30' } }
    : {};
  const { version } = of.proposal;
  const preview = await ctx.deps.preview({
    ...told(ctx, of, { version, decision: { ...decision, ...meeting } as Decision }),
    words,
  });
  return { ...preview, example };
}
