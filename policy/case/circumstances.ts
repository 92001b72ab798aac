import type { Day } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import type { Role } from '../people/roles.ts';
import type { Mark } from '../register/mark.ts';

/** Someone a letter about this pupil might go to, and whether it may. */
export type Recipient = { contactId: string; may: boolean; because: string | null; channel: 'email' | 'post' | null };

/** What the rules look at beside the case's own past. Gathered afresh for each input; nothing here is remembered. */
export type Circumstances = {
  pack: Pack;
  /** The school's date. */
  on: Day;
  calendar: SchoolCalendar;
  /** This school year's marks as believed now, in order of session; none from after leaving. */
  marks: readonly Mark[];
  onRollFrom: Day;
  /** The day the pupil left, or will; null if none is known. */
  onRollTo: Day | null;
  flags: readonly string[];
  recipients: readonly Recipient[];
  /** The roles that somebody at the school has who could answer about this pupil: of class teachers, only the pupil's own. */
  colleagues: readonly Role[];
  /** What the person wrote with this input, if they wrote something. */
  words: string | null;
  /** What the case was waiting for by itself, before this input. */
  waitedFor?: { on: Day; why: string } | null | undefined;
  /** A stable id for something that this case makes: the same name always gives the same id. */
  idOf: (name: string) => string;
};
