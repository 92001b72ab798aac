import { z } from 'zod';
import { addSchoolDays } from '../../policy/calendar/school-calendar.ts';
import { Decision } from '../../policy/case/decision.ts';
import { amendable } from '../../policy/letters/templates.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { saidBy, say, textIdFor } from '../engine/say.ts';
import { spoken, unspoken } from '../engine/spoken.ts';
import { type PreviewShown, previewEnclosurePdf, shownTo } from '../letters/preview.ts';
import type { Ctx } from '../web/route.ts';
import { type ProposalParams, proposalAt } from './facts.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;

const missing: Record<string, string> = { ask: 'Enter your question', answer: 'Enter your answer' };

/** What a person says to a proposal of a case. What is written with an approval goes into the letter, so it is short. */
export const CaseDecision = spoken(Decision, (choice) => ({
  missing: missing[choice] ?? 'Enter a reason',
  ...(choice === 'approve'
    ? { most: amendable.most, says: 'A paragraph for each parent’s letter, where a letter is approved' }
    : { most: 2000, says: 'Kept in the record' }),
})).meta({ id: 'CaseDecision', description: 'What a person says to a proposal; its own "choices" are the ones it takes' });

/** A decision, and the version of the proposal that the person saw. */
export const Decided = z.strictObject({
  version: z.int().positive().describe('Of the proposal that was read: another is refused'),
  decision: CaseDecision,
});

/**
 * Takes a decision on a case's proposal, once.
 * @throws Refusal('NotFound') if it is not within reach, or as the rules refuse it.
 */
export async function decide(
  ctx: Asking,
  { matterId, key }: ProposalParams,
  { version, decision: said }: z.infer<typeof Decided>,
) {
  const { decider: user } = await proposalAt(ctx, { matterId, key });
  const decision = unspoken(Decision, said, textIdFor(ctx));
  return say({ ...ctx, user }, 'case', matterId, { kind: 'decision', proposal: key, version, decision }, said.text ?? null);
}

/** The letters of a decision as they would go out. `example` if a meeting's day and time are not chosen yet. */
export async function previewed(
  ctx: Asking,
  { matterId, key }: ProposalParams,
  { version, decision: said }: z.infer<typeof Decided>,
): Promise<PreviewShown & { example: boolean }> {
  const { found, proposal, decider: user } = await proposalAt(ctx, { matterId, key });
  const { action } = proposal;
  const invites = action.what === 'letter' && action.template === 'meeting-invitation';
  const example = invites && said.choice === 'approve' && !('meeting' in said);
  const on = example && addSchoolDays(await calendarOf(ctx.deps.db, found.schoolId), todayAt(found.school, ctx.at), 5);
  const decision = unspoken(Decision, { ...said, ...(on ? { meeting: { on, at: '15:30' } } : {}) }, textIdFor(ctx));
  const asked = { kind: 'decision', proposal: key, version, decision } as const;
  const preview = await ctx.deps.preview({ ...saidBy({ ...ctx, user }, 'case', matterId, asked), words: said.text ?? null });
  return { ...shownTo(ctx.user.role, preview), example };
}

/** What an approval would send with each letter, numbered from 1, as a PDF. No decision's words change it. */
export async function enclosed(ctx: Asking, { number, ...params }: ProposalParams & { number: number }) {
  const { version } = (await proposalAt(ctx, params)).proposal;
  return previewEnclosurePdf(await previewed(ctx, params, { version, decision: { choice: 'approve' } }), number);
}
