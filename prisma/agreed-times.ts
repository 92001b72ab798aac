import type { Day } from '../policy/calendar/day.ts';
import type { Span } from '../policy/register/mark.ts';
import { dayOf } from './day-column.ts';
import type { Pupil } from './generated/client.ts';

/** What a pupil's row keeps of them. */
export type AgreedTimesKept = Pick<Pupil, 'integrationFrom' | 'integrationUntil' | 'partTimeFrom' | 'partTimeUntil'>;

/** When a pupil settles in and has an agreed part-time timetable; a time without an end goes on to `to`. */
export const agreedTimesOf = (pupil: AgreedTimesKept, to: Day) => ({
  settlingIn: spans(pupil.integrationFrom, pupil.integrationUntil, to),
  partTime: spans(pupil.partTimeFrom, pupil.partTimeUntil, to),
});

/** The columns of them. */
export const agreedTimes = { integrationFrom: true, integrationUntil: true, partTimeFrom: true, partTimeUntil: true } as const;

const spans = (from: Date | null, until: Date | null, to: Day): Span[] =>
  from ? [{ from: dayOf(from), to: until ? dayOf(until) : to }] : [];
