import { countOn } from '../calendar/count-on.ts';
import { type Day, longDay } from '../calendar/day.ts';
import { CalendarEnds, type SchoolCalendar } from '../calendar/school-calendar.ts';
import { duration } from '../pack/amount.ts';
import type { Pack } from '../pack/pack.ts';
import type { Role } from '../people/roles.ts';
import type { Mark } from '../register/mark.ts';

type Leave = Pack['leave'];

/** Days of leave, the first and the last among them. */
export type LeaveDays = { from: Day; to: Day };

/**
 * A parent's request that a pupil may be away in term time; `granted` is null until somebody decided. `only`: the days that are
 * granted, where it is a part of what was asked for: the others are refused.
 */
export type LeaveRequest = LeaveDays & { receivedOn: Day; granted: boolean | null; only?: LeaveDays | null };

/** Who decides on leave: whom the policy names, and who stands in; where it names nobody, the headteacher (SI 2024/208 reg 11). */
export function decidersOfLeave({ leave, people }: Pick<Pack, 'leave' | 'people'>): readonly Role[] {
  const by = leave && people[leave['decided by']];
  const standIn = by && people[by['stands in']];
  return by ? [...new Set([by.role, standIn?.role ?? by.role])] : ['headteacher'];
}

/** What is so of the time at which it was asked for, where the policy wants it sooner; null if it was in time. A person decides all the same. */
export function askedLate(leave: Leave, calendar: SchoolCalendar, { from, receivedOn }: LeaveRequest): string | null {
  if (receivedOn >= from)
    return leave?.['after the fact'] === 'never'
      ? 'It was asked for after it had begun: the policy never grants leave afterwards'
      : 'It was asked for after it had begun';
  const notice = leave?.notice;
  const ahead = duration.safeParse(notice);
  if (notice === undefined || !ahead.success || isBefore(calendar, receivedOn, ahead.data, from)) return null;
  return `It was asked for later than ${notice} before, as the policy wants it`;
}

function isBefore(calendar: SchoolCalendar, received: Day, notice: Parameters<typeof countOn>[2], from: Day): boolean {
  try {
    return countOn(calendar, received, notice) <= from;
  } catch (error) {
    // The school's days end before that time is over: leave within them begins sooner.
    if (error instanceof CalendarEnds) return false;
    throw error;
  }
}

/** Codes that say that leave was granted (C), and that it was not (G for a holiday, O for anything else; SI 2024/208 reg 10). */
const saysGranted = new Set(['C']);
const saysRefused = new Set(['G', 'O']);

/** A request as it stands among a pupil's others: `decidedAt` is when somebody decided it, epoch ms; null while nobody has. */
export type AmongOthers = LeaveRequest & { decidedAt: number | null };

/**
 * The marks of a request's days that say otherwise than what was decided; before anybody decided, each that says that somebody
 * has. Of a pupil's requests for one day, the one that was decided last says what its mark should be: it may be a change of mind.
 */
export const contradictions = <R extends AmongOthers>(request: R, all: readonly R[], marks: readonly Mark[]): Mark[] =>
  marks.filter(
    ({ on, code }) =>
      covers(request, on) && saysOtherwise(grantedOn(request, on), code) && !all.some((other) => hasTheSay(other, request, on)),
  );

const covers = ({ from, to }: LeaveDays, on: Day): boolean => from <= on && on <= to;

/** Whether leave is granted on one of the days that were asked for; null while nobody has decided. */
const grantedOn = ({ granted, only }: LeaveRequest, on: Day): boolean | null => (granted && only ? covers(only, on) : granted);

const saysOtherwise = (granted: boolean | null, code: string): boolean =>
  granted === null ? saysGranted.has(code) || code === 'G' : granted ? saysRefused.has(code) : saysGranted.has(code);

/** True if another request of that day was decided, and this one was not or sooner. */
const hasTheSay = (other: AmongOthers, { decidedAt }: AmongOthers, on: Day): boolean =>
  covers(other, on) && other.decidedAt !== null && (decidedAt === null || other.decidedAt > decidedAt);

/** "granted", "granted in part", "refused", "not decided" */
export const standingOf = ({ granted, only }: Pick<LeaveRequest, 'granted' | 'only'>): string =>
  granted === null ? 'not decided' : granted ? (only ? 'granted in part' : 'granted') : 'refused';

/** True if these days are some of those that were asked for, and not all of them. */
export const isPart = (days: LeaveDays, asked: LeaveDays): boolean =>
  asked.from <= days.from && days.from <= days.to && days.to <= asked.to && !(days.from === asked.from && days.to === asked.to);

/**
 * What the school's own answer to the parent says, for either decision: no letter goes by itself. Of leave that is granted in part
 * it names the days that are, and says of the others what it says of a refusal.
 */
export function answerTo(leave: Leave, { from, to, only }: LeaveDays & Pick<LeaveRequest, 'only'>, granted: boolean): string[] {
  if (granted && !only) return [`Leave ${inWords({ from, to })} is granted. Other days are not covered by it.`];
  const { 'penalty notice': notice, appeal } = leave ?? {};
  return [
    ...(granted && only ? [`Leave ${inWords(only)} is granted.`] : []),
    granted
      ? `Of what was asked for, ${inWords({ from, to })}, the other days are not granted. If the child is away on them all the same, that is unauthorised absence.`
      : `Leave ${inWords({ from, to })} is not granted. If the child is away all the same, that is unauthorised absence.`,
    ...(notice ? [`A penalty notice for leave without permission: ${lower(notice)}.`] : []),
    ...(appeal === 'none' ? ['There is no appeal.'] : []),
    ...(appeal === 'to the governors' ? ['An appeal goes to the governors.'] : []),
  ];
}

const inWords = ({ from, to }: LeaveDays): string =>
  from === to ? `on ${longDay(from)}` : `from ${longDay(from)} to ${longDay(to)}`;

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
