import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { lastSent } from '../../policy/case/condition.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { attendanceUpTo } from '../../policy/case/figures.ts';
import { lastKnown } from '../../policy/case/judged.ts';
import { lettersThisYear } from '../../policy/case/letters-had.ts';
import type { Corrects } from '../../policy/case/relied.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { SharedFields } from '../../policy/letters/fields.ts';
import { Refusal } from '../../policy/refusal.ts';
import { isSame } from '../../policy/register/fraction.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { totalsIn } from '../../policy/register/measures/totals.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import type { Tx } from '../../prisma/client.ts';
import { marksOf } from '../../prisma/register.ts';
import type { Follow } from '../../workflows/messages.ts';
import type { CaseFacts } from './case-facts.ts';
import { writeLetterRows } from './letter-rows.ts';

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
  const own = approved.corrects ? await corrections(tx, facts, approved.corrects) : () => ownFields(facts, state, approved);
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

/** What this letter says that others do not. A part that is not known is left out, and the check names it. */
function ownFields({ circumstances: c }: CaseFacts, state: CaseState, { template, meeting, monitors }: Approved): object {
  switch (template) {
    case 'letter-1':
      return { support: firstOffers };
    case 'letter-3':
      return { secondLetterOn: lastSent(lettersThisYear(state, c), 'letter-2')?.on ?? null, support: firstOffers };
    case 'letter-2': {
      const target = state.monitoring
        ? state.monitoring.target
        : (state.agreedTarget ?? c.pack.stages[state.stage]?.wait?.target);
      return {
        firstLetterOn: lastSent(lettersThisYear(state, c), 'letter-1')?.on ?? null,
        monitoring: monitors ? { from: monitors.from, until: monitors.until } : null,
        targetPercent: monitors && typeof target === 'number' ? `${target / 100}%` : null,
      };
    }
    case 'congratulation':
      return congratulated(state.judged);
    case 'meeting-invitation':
      // It says that the target of that letter was not met: of this case's alone.
      return { meeting, secondLetterOn: lastSent(Object.values(state.letters), 'letter-2')?.on ?? null };
    case 'referral-notice':
      return {
        referredOn: state.referral?.on,
        shared: [
          'Your child’s attendance record.',
          'The letters we sent and the meetings we held or offered.',
          ...supportLines(state),
        ],
      };
    case 'notice-to-improve':
    case 'correction':
      return {};
  }
}

const congratulated = (judged: CaseState['judged']): object =>
  judged ? { monitored: { from: judged.from, until: judged.until }, window: lastKnown(judged) } : { monitored: null };

const firstOffers = [
  'A member of staff your child trusts, to talk to at the start of the day.',
  'A talk with you about what would help, at school or by telephone.',
  'Help from others who work with families, if you would like it.',
];

/** What came of an offer, as a parent reads it. */
const given = { accepted: 'accepted', declined: 'declined', delivered: 'given' } as const;

/** The support offered so far, in a sentence that begins as it is said here; nothing if none was. */
export const supportLines = ({ offers }: Pick<CaseState, 'offers'>, begins = 'The support we offered'): string[] =>
  offers.length === 0
    ? []
    : [
        `${begins}: ${offers.map(({ kind, response }) => `${supportKinds[kind].toLowerCase()} (${given[response]})`).join('; ')}.`,
      ];

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
