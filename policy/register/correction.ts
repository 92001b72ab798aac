import type { Day } from '../calendar/day.ts';
import { type Mark, type Session, sessionId } from './mark.ts';

/** Names an absence of a school: the pupil's id, then the session's. */
export const absenceId = (mark: { pupilId: string } & Pick<Mark, 'on' | 'session'>): string =>
  `${mark.pupilId} ${sessionId(mark)}`;

/**
 * Absences of one school, by their ids, whose time to be explained is over. `today` is the school's date;
 * `by` a user's id, or null where the school's policy does it by itself.
 */
export type Settling = { schoolId: string; absences: readonly string[]; by: string | null; today: Day };

/** One mark as it should be. `today` is the school's date; `by` a user's id. */
export type MarkCorrection = {
  pupilId: string;
  on: Day;
  session: Session;
  code: string;
  /** 0 takes away what is known; without it that stays. */
  minutesLate?: number | undefined;
  reason: string;
  by: string;
  today: Day;
};
