import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { attendanceUpTo } from '../../policy/case/figures.ts';
import type { Corrects } from '../../policy/case/relied.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { SharedFields } from '../../policy/letters/fields.ts';
import { Refusal } from '../../policy/refusal.ts';
import { isSame } from '../../policy/register/fraction.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { totalsIn } from '../../policy/register/measures/totals.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import type { Tx } from '../../prisma/client.ts';
import { sameAs } from '../../prisma/persons.ts';
import { marksOf } from '../../prisma/register.ts';
import type { Follow } from '../../workflows/messages.ts';
import type { CaseFacts } from './case-facts.ts';
import { writeLetterRows } from './letter-rows.ts';
import { ownFields } from './own-fields.ts';

type Approved = Extract<CaseEvent, { type: 'letters approved' }>;

/** The letters that a decision approved: one for each parent who may have it. */
export async function approveLetters(
  tx: Tx,
  facts: CaseFacts,
  state: CaseState,
  approved: Approved,
  byUser: string | null,
): Promise<Follow[]> {
  const { row, school, pupil, circumstances, now } = facts;
  const { key: proposal, template, letters, enclose, words } = approved;
  const recallMinutes = school.recallMinutes ?? circumstances.pack.letters['recall window'];
  const own = approved.corrects
    ? await corrections(tx, facts, approved.corrects)
    : await toEachReader(tx, facts, state, approved);
  return writeLetterRows(tx, {
    matterId: row.id,
    caseId: row.id,
    proposal,
    template,
    letters,
    enclose,
    words,
    school,
    pupil,
    register: { ...circumstances, now },
    recallMinutes,
    byUser,
    own,
  });
}

/** What the letter says to each reader, whoever of the contacts somebody has said to be one person. */
async function toEachReader(tx: Tx, { circumstances }: CaseFacts, state: CaseState, approved: Approved) {
  const same = await sameAs(
    tx,
    approved.letters.map(({ contactId }) => contactId),
  );
  return (contactId: string): object =>
    ownFields(circumstances, state, approved, [contactId, ...(same.get(contactId) ?? []).map(({ id }) => id)]);
}

/**
 * What each reader was told, from the very letter, and what the register says now of the same sessions: all of them, though they
 * be of a school year that has ended since.
 * @throws Refusal('Stale') if it says something else by now than when the correction was proposed.
 */
async function corrections(tx: Tx, { circumstances, pupil }: CaseFacts, { letters, is, upTo, stands }: Corrects) {
  const rows = await tx.letter.findMany({ where: { id: { in: [...letters] } }, select: { contactId: true, fields: true } });
  const on = upTo.slice(0, 10);
  const marks = await marksOf(tx, pupil.id, whileOnRoll({ from: schoolYearStart(on), to: on }, circumstances));
  const now = attendanceUpTo({ ...circumstances, on, marks }, upTo);
  if (now && !isSame(now, is)) {
    throw new Refusal('Stale', 'The register changed again, so the correction would be wrong. Open the case to see the figures');
  }
  return (contactId: string): object => {
    const told = rows.find((row) => row.contactId === contactId)?.fields as SharedFields | undefined;
    if (!told) return {};
    const { ref, issuedOn, figures } = told;
    const { from, asOf, attended, possible } = figures;
    const known = marks.filter((mark) => sessionId(mark) <= upTo);
    const right = totalsIn(known, { from, to: on });
    return {
      first: { ref, issuedOn, from, asOf, attended, possible },
      right: { attended: right.attended, possible: right.possible },
      stands,
    };
  };
}
