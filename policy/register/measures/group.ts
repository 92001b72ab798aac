import { type Fraction, persistentlyAbsent, severelyAbsent } from '../fraction.ts';
import { type Band, bandOf, bands } from './band.ts';
import { enoughForAttendance } from './measure.ts';

/** A pupil's sessions in the span a group is looked at, and whatever names the pupil. */
type Member = Fraction & { authorised: number; unauthorised: number };

/** A class, a year group or a school as one figure, with the pupils that make it up. */
export type GroupFigure<P extends Member> = Member & {
  /** Only those with a possible session: of the others nothing can be said. */
  pupils: readonly (P & { band: Band })[];
  /** Persistently absent includes severely absent, as DfE counts them. */
  persistentlyAbsent: number;
  severelyAbsent: number;
  bands: Record<Band, number>;
  enough: boolean;
};

/** What the page of measures says of it. */
export const groupMeasure = {
  name: 'group-attendance',
  label: 'Attendance of a class, a year group or a school',
  unit: 'sessions attended of sessions possible, and numbers of pupils',
  counts:
    'The possible and attended sessions of all its pupils added up: a pupil who was there half the year weighs half, and no percentages are averaged. Pupils are counted as persistently absent (a tenth or more missed, severe absence included), severely absent (half or more), below 96%, and 96% or more. Pupils without a possible session count in none.',
  source: 'DfE, pupil absence statistics: methodology',
  minimum: enoughForAttendance,
} as const;

/** A group's figure from the totals of its pupils, in any order. */
export function groupFigure<P extends Member>(members: readonly P[]): GroupFigure<P> {
  const pupils = members.flatMap((member) => {
    const band = bandOf(member);
    return band ? [{ ...member, band }] : [];
  });
  const sum = (of: keyof Member) => pupils.reduce((total, pupil) => total + pupil[of], 0);
  const possible = sum('possible');
  return {
    ...{ pupils, possible, attended: sum('attended'), authorised: sum('authorised'), unauthorised: sum('unauthorised') },
    persistentlyAbsent: pupils.filter(persistentlyAbsent).length,
    severelyAbsent: pupils.filter(severelyAbsent).length,
    bands: Object.fromEntries(bands.map((band) => [band, pupils.filter((pupil) => pupil.band === band).length])) as Record<
      Band,
      number
    >,
    enough: possible >= groupMeasure.minimum,
  };
}
