import type { Day } from '../calendar/day.ts';
import type { PupilFlag } from '../people/flags.ts';
import type { Shape } from './shape.ts';

/** What a family asks of those who write to it. Each of these bites somewhere. */
export type Family = 'together' | 'one parent' | 'separated' | 'no contact' | 'no e-mail' | 'polish' | 'arabic' | 'looked after';

export type Trainee = {
  no: string;
  n: number;
  chosen: string;
  legal: string;
  surname: string;
  born: Day;
  yearGroup: number;
  className: string;
  flags: readonly PupilFlag[];
  family: Family;
  /** The eldest by number of the pupils whose parents these are too. */
  siblingOf: string | null;
  shape: Shape;
  /** For a scripted pupil: the days missed, whole ("2026-09-08") or half ("2026-10-06 PM"), and their codes. */
  script: Readonly<Record<string, string>>;
};
