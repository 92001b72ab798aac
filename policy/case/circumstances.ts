import type { Day } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Channel } from '../letters/may-write.ts';
import type { Condition } from '../pack/condition.ts';
import type { Pack } from '../pack/pack.ts';
import type { Role } from '../people/roles.ts';
import type { MarkElsewhere } from '../register/absence-elsewhere.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Mark, Span } from '../register/mark.ts';
import type { Asked } from '../register/measures/catalogue.ts';
import type { EarlierLetter } from './earlier-case.ts';
import type { LastCase } from './last-case.ts';
import type { Moving } from './policy-version.ts';

/** Someone a letter about this pupil might go to, and whether it may. */
export type Recipient = {
  contactId: string;
  may: boolean;
  because: string | null;
  channel: Channel | null;
  /** A letter could go by post, though e-mail comes first. */
  postable?: boolean | undefined;
};

/**
 * What the register is taken to say, where nobody looks into one: a proof goes through all that a register could say, and not
 * through registers.
 */
export type Assumed = {
  attendance: (span: Span) => Fraction;
  figure: (asked: NonNullable<Condition['figure']>) => boolean;
  /** Where attendance went since the stage began, as far as a policy asks. */
  moved: 'risen' | 'fallen' | null;
  /** No session is without a mark. */
  complete: boolean;
};

/** What the rules look at beside the case's own past. Gathered afresh for each input; nothing here is remembered. */
export type Circumstances = {
  pack: Pack;
  /** The school's date. */
  on: Day;
  /** The time of the day in London, where the school lives by the wall clock; a training school's clock knows days alone. */
  at?: string | undefined;
  /** One that goes on past its last term, so that a calendar that is too short stops no case. */
  calendar: SchoolCalendar;
  /**
   * Marks as believed now, in order of session, none from before joining or after leaving: this school year's, and before it either
   * the last weeks of the year that ended or, where the policy asks for last year's attendance, all of it. Rules count from a day.
   */
  marks: readonly Mark[];
  /** Absence at another school that is on record, or in its register here: it counts towards the threshold of a penalty notice, and nowhere else. */
  elsewhere?: readonly MarkElsewhere[] | undefined;
  assumed?: Assumed | undefined;
  /** The same as counting the marks, where somebody has counted them already. */
  counted?: ((span: Span) => Fraction) | undefined;
  /** The number of a figure on a day, where somebody has counted it already: NaN while it says nothing, null of one that they did not. */
  numberOf?: (figure: Asked, on: Day) => number | null;
  onRollFrom: Day;
  /** The day the pupil left, or will; null if none is known. */
  onRollTo: Day | null;
  flags: readonly string[];
  born?: Day | undefined;
  yearGroup?: number | undefined;
  /** Times of settling in, and of an agreed part-time timetable: what an adjusted attendance leaves out. */
  settlingIn?: readonly Span[] | undefined;
  partTime?: readonly Span[] | undefined;
  recipients: readonly Recipient[];
  /** The roles that somebody at the school has who could answer about this pupil: of class teachers, only the pupil's own. */
  colleagues: readonly Role[];
  /** What the person wrote with this input, if they wrote something. */
  words: string | null;
  /** The version that the case leaves for `pack`, where it is told to. */
  moving?: Moving | undefined;
  /** The pupil's last case, where one is to be opened and there was one. */
  lastCase?: LastCase | undefined;
  /** The letters of the pupil's earlier cases in this school year, where there were any. */
  earlierLetters?: readonly EarlierLetter[] | undefined;
  /** The pupil has had another case since this one began, or has one now. Looked for only when a closed case is opened again. */
  laterCase?: boolean;
  /** When the case was closed that is opened again. */
  closedOn?: Day | undefined;
  /** What the case was waiting for by itself, before this input. */
  waitedFor?: { on: Day; why: string } | null | undefined;
  /** A stable id for something that this case makes: the same name always gives the same id. */
  idOf: (name: string) => string;
};
