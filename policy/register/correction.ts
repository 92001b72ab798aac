import type { Day } from '../calendar/day.ts';
import { type Mark, type Session, sessionId } from './mark.ts';

/** Names an absence of a school: the pupil's id, then the session's. */
export const absenceId = (mark: { pupilId: string } & Pick<Mark, 'on' | 'session'>): string =>
  `${mark.pupilId} ${sessionId(mark)}`;

/** Why known marks are corrected by a file that gives no reason, where nobody gave one for it either. */
export const asTheFileSays = (fileName: string): string => `As the school’s own register says now, in the file ${fileName}`;

type Brought = { fileName: string; reason?: string | undefined; mapping?: { reason?: string | undefined } | undefined };

/** Why a file corrects known marks, where its rows give no reason: as whoever brings it says, else as its mapping does, else asTheFileSays. */
export const whyCorrected = ({ fileName, reason, mapping }: Brought): string =>
  reason ?? mapping?.reason ?? asTheFileSays(fileName);

/** Who corrects marks where a policy of this title lets absences become O by themselves: no user did, and it is said so. */
export const byThePolicy = (title: string): string => `By itself, as the school’s policy “${title}” says`;

/**
 * Absences of one school, by their ids, whose time to be explained is over. `today` is the school's date;
 * `by` a user's id, or null where the school's policy does it by itself: then `via` says so.
 */
export type Settling = { schoolId: string; absences: readonly string[]; by: string | null; via?: string; today: Day };

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
