import type { CaseEvent } from '../../policy/case/event.ts';
import { headline } from '../../policy/case/headline.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Tx } from '../../prisma/client.ts';
import { questionLetter } from '../../prisma/letters.ts';
import type { Follow } from '../../workflows/messages.ts';
import { approveLetters } from './approve-letters.ts';
import type { CaseFacts } from './case-facts.ts';
import { keepStanding } from './keep-standing.ts';
import { leaveToOutbox } from './leave-to-outbox.ts';
import { makeReferral } from './make-referral.ts';
import type { Kept } from './matter.ts';
import { remindStaff } from './remind-staff.ts';
import { standingColumns } from './standing-columns.ts';

/** Writes what the screens read of a case, and turns its events into letters, referrals and reminders. Returns what its workflow begins. */
export async function keepCase(tx: Tx, facts: CaseFacts, kept: Kept<CaseState, CaseEvent>): Promise<Follow[]> {
  const { before, state, events, byUser, open } = kept;
  const { row, circumstances } = facts;
  const of = {
    matterId: row.id,
    matterKind: 'case',
    schoolId: row.schoolId,
    authorityId: null,
    pupilId: row.pupilId,
    className: facts.pupil.className,
  } as const;
  await keepStanding(tx, of, standingColumns(state, headline(state), kept, circumstances.on), kept);
  const follow = await remindStaff(tx, of, events, circumstances.on);
  for (const event of events) {
    if (event.type === 'policy moved')
      await tx.attendanceCase.update({ where: { id: row.id }, data: { packId: event.to.id, packVersion: event.to.version } });
    if (event.type === 'letter outcome' && event.outcome === 'questioned' && event.why !== undefined)
      await questionLetter(tx, event.letterId, event.why, state.letters[event.letterId]?.confirmed === true);
    if (event.type === 'revised') await sayAnew(tx, state, event);
    if (event.type === 'letters approved') follow.push(...(await approveLetters(tx, facts, state, event, byUser)));
    if (event.type === 'referred') follow.push(...(await makeReferral(tx, facts, event, open)));
  }
  if (before?.status !== 'closed' || state.status !== 'closed') return follow;
  await leaveToOutbox(tx, row.schoolId, follow);
  return [];
}

/** What a letter is held for moves with the figures. */
async function sayAnew(tx: Tx, { proposals }: CaseState, { key, why }: Extract<CaseEvent, { type: 'revised' }>): Promise<void> {
  const action = proposals[key]?.action;
  if (action?.what !== 'letter in question' || why === undefined) return;
  await tx.letter.updateMany({ where: { id: action.letterId, status: 'questioned' }, data: { statusWhy: why } });
}
