import { addWorkingDays } from '../calendar/bank-holidays.ts';
import { addDays, type Day, longDay } from '../calendar/day.ts';
import type { Amounts } from './rule-set.ts';
import { lawOn } from './rule-sets.ts';

/** An earlier notice to the same parent for the same child. */
export type EarlierNotice = { issuedOn: Day; status: 'issued' | 'paid' | 'unpaid' | 'withdrawn' | 'prosecuted' | 'acquitted' };

export type Proposed = {
  proposedOn: Day;
  previous: readonly EarlierNotice[];
  /** The sessions that met the threshold. */
  sessions: readonly string[];
  compulsorySchoolAge: boolean;
  lookedAfter: boolean;
  authorisedByHead: boolean;
};

export type NoticeAnswer = { allowed: true; order: 1 | 2; amounts: Amounts } | { allowed: false; because: string };

/** Notices issued before the national framework are not counted among the two in three years. */
const frameworkBegan: Day = '2024-08-19';

/**
 * Whether a penalty notice may be issued to this parent for this child, which of the two it would be, and what it costs.
 * Meeting the threshold means that a notice must be considered, never that it must be issued (WT24 ch 6).
 */
export function penaltyNoticeAllowed({
  proposedOn,
  previous,
  sessions,
  compulsorySchoolAge,
  lookedAfter,
  authorisedByHead,
}: Proposed): NoticeAnswer {
  const rules = lawOn(proposedOn);
  const needed = rules.threshold.value?.sessions ?? 0;
  const met = new Set(sessions).size;
  if (!compulsorySchoolAge) return no('The child is not of compulsory school age');
  if (lookedAfter) return no('The child is looked after: speak to the virtual school first, no notice is made here');
  if (met < needed) return no(`The national threshold is not met: ${met} of ${needed} sessions in ten school weeks`);
  if (!authorisedByHead) return no('The headteacher has not authorised it');
  const { notices, years, counted } = countedTo(proposedOn, previous);
  if (counted.length >= notices)
    return no(
      `${notices} notices were issued in the ${years} years to ${longDay(proposedOn)}: a third cannot be. Consider another intervention or prosecution`,
    );
  return counted.length === 0
    ? { allowed: true, order: 1, amounts: rules.first.value }
    : { allowed: true, order: 2, amounts: rules.second.value };
}

/** Those that count among the two on a day, how many may, and in how many years. */
function countedTo(on: Day, previous: readonly EarlierNotice[]) {
  const { notices, years } = lawOn(on).most.value ?? { notices: Number.POSITIVE_INFINITY, years: 3 };
  return { notices, years, counted: previous.filter((notice) => counts(notice, on, years)) };
}

/**
 * Which in the three years a notice is that was issued on a day although the law did not allow it, 3 being a third or later, and what
 * such a notice asks for. There are no amounts for a third: it can only ask for those of a second.
 */
export function issuedAllTheSame(on: Day, previous: readonly EarlierNotice[]): { order: 1 | 2 | 3; amounts: Amounts } {
  const before = countedTo(on, previous).counted.length;
  const { first, second } = lawOn(on);
  return before === 0 ? { order: 1, amounts: first.value } : { order: before === 1 ? 2 : 3, amounts: second.value };
}

const no = (because: string): NoticeAnswer => ({ allowed: false, because });

/**
 * Earlier notices count from the day of issue for three years ending with the proposed day; not those withdrawn, those
 * before 19 August 2024, nor (our reading) those that ended in acquittal.
 */
const counts = ({ issuedOn, status }: EarlierNotice, proposedOn: Day, years: number): boolean =>
  status !== 'withdrawn' &&
  status !== 'acquitted' &&
  issuedOn >= frameworkBegan &&
  issuedOn <= proposedOn &&
  proposedOn <= lastDayCounted(issuedOn, years);

/** The last day on which a notice issued on a day still counts: the day before its anniversary; for 29 February, 28 February. */
function lastDayCounted(issuedOn: Day, years: number): Day {
  const anniversary = `${Number(issuedOn.slice(0, 4)) + years}${issuedOn.slice(4)}`;
  return issuedOn.endsWith('-02-29') ? `${anniversary.slice(0, 4)}-02-28` : addDays(anniversary, -1);
}

/** A posted notice is presumed served on the second working day after posting (local codes of conduct; second-hand). */
export const servedOn = (postedOn: Day): Day => addWorkingDays(postedOn, 2);

/** The last days to pay. Days run beginning with the day of receipt, so 21 days end 20 days after it. Calendar days. */
export function paymentDates(served: Day, { discountDays, fullDays }: Amounts): { discountUntil: Day | null; fullUntil: Day } {
  return {
    discountUntil: discountDays === null ? null : addDays(served, discountDays - 1),
    fullUntil: addDays(served, fullDays - 1),
  };
}
