import type { Day } from '../calendar/day.ts';
import { withElsewhere } from '../register/absence-elsewhere.ts';
import { sessionId } from '../register/mark.ts';
import { penaltyNoticeMarksFrom, towardsNotice } from '../register/measures/penalty-notice-window.ts';
import type { ReferralCircumstances } from './circumstances.ts';
import { thresholdFor } from './figures.ts';
import type { Notice } from './state.ts';

export type ReliedOn = { sessions: string[]; weeks: Day[] };

/**
 * What a penalty notice of a day would rest on: the national threshold then or, where its window has moved on since the notice was
 * asked for, the sessions that it was asked for on. Further absence takes no ground away; a corrected mark does.
 */
export function reliedOn(c: ReferralCircumstances, on: Day, used: readonly string[], asked: Notice | undefined): ReliedOn {
  const { met, sessions, weeks } = thresholdFor({ ...c, on }, used);
  if (met || !asked) return { sessions, weeks };
  const borne = stillBorne(c, free(asked.sessions, used), asked.groundGone === undefined);
  return { sessions: borne, weeks: [...asked.weeks] };
}

/** What one that was posted on a day rests on. That it was posted is a fact: a mark that is corrected since does not undo it. */
export function reliedOnAsPosted(
  c: ReferralCircumstances,
  on: Day,
  used: readonly string[],
  asked: Pick<Notice, 'sessions' | 'weeks'>,
): ReliedOn {
  const { met, sessions, weeks } = thresholdFor({ ...c, on }, used);
  return met ? { sessions, weeks } : { sessions: free(asked.sessions, used), weeks: [...asked.weeks] };
}

/**
 * Those of the sessions that count towards a notice in the register as it is now. From a new school year on it is not read as far
 * back as before: of what is older nothing else has been heard, unless the ground was gone already.
 */
export function stillBorne(
  { calendar, marks: own, elsewhere, pupil, on }: ReferralCircumstances,
  sessions: readonly string[],
  older = true,
): string[] {
  const marks = withElsewhere(own, elsewhere);
  const bearing = new Set(towardsNotice(marks, pupil.born).map(sessionId));
  const known = new Set(marks.map(sessionId));
  const isOlder = (session: string) => older && session < penaltyNoticeMarksFrom(calendar, on) && !known.has(session);
  return sessions.filter((session) => bearing.has(session) || isOlder(session));
}

const free = (sessions: readonly string[], used: readonly string[]): string[] =>
  sessions.filter((session) => !used.includes(session));
