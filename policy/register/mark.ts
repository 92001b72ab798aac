import type { Day } from '../calendar/day.ts';

export type Session = 'AM' | 'PM';

/**
 * What the register says of one pupil for one session. The code is as in codes.ts; '-' or '' is a missing mark. Of a late
 * mark the minutes are there where they are known.
 */
export type Mark = { on: Day; session: Session; code: string; minutesLate?: number };

/** A span of days, both ends included. */
export type Span = { from: Day; to: Day };

/** A session's name, which also sorts: "2026-09-14 AM". */
export const sessionId = ({ on, session }: Pick<Mark, 'on' | 'session'>): string => `${on} ${session}`;

export const within = (marks: readonly Mark[], { from, to }: Span): Mark[] => marks.filter(({ on }) => from <= on && on <= to);
