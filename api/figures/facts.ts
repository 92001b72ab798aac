import type { z } from 'zod';
import { movement } from '../../policy/figures/bands.ts';
import { aboutToCross, lineNames } from '../../policy/figures/crossings.ts';
import { yearName } from '../../policy/people/year-group.ts';
import { persistentlyAbsent, severelyAbsent } from '../../policy/register/fraction.ts';
import { bandOf, bands } from '../../policy/register/measures/band.ts';
import { groupFigure } from '../../policy/register/measures/group.ts';
import { enoughForAttendance } from '../../policy/register/measures/measure.ts';
import { attendance } from '../web/shapes.ts';
import type { Asked, AskedFor } from './asked.ts';
import type { Figures, PupilStanding } from './shapes.ts';
import { type Asking, type Scope, type Standing, scopeFor, standings } from './standings.ts';

/** The figures of a school, a year group or a class. */
export async function figuresOf(ctx: Asking, asked: Scope, { on, within }: Asked): Promise<z.infer<typeof Figures>> {
  const scope = await scopeFor(ctx, asked);
  const all = await standings(ctx, scope, on);
  const { pupils } = all;
  const of = scope.className !== undefined ? 'class' : scope.yearGroup !== undefined ? 'year' : 'school';
  return {
    of,
    name: scope.className ?? (scope.yearGroup === undefined ? 'The school' : yearName(scope.yearGroup)),
    ...{ on: all.on, asKnownThen: all.past, weekBegan: all.monday, enough: enoughForAttendance },
    ...summary(pupils),
    movement: movement(pupils),
    approaching: lineNames.map((line) => {
      const near = pupils.filter((pupil) => aboutToCross(line, pupil, within));
      const bySessionsLeft = Array.from({ length: within }, (_, i) => near.filter(({ left }) => left[line] === i).length);
      return { line, pupils: near.length, bySessionsLeft };
    }),
    parts: of === 'class' ? [] : parts(pupils, of === 'school' ? 'year' : 'class'),
  };
}

/** The pupils behind a number, those nearest to the line first if one is asked for. */
export async function pupilsBehind(ctx: Asking, asked: AskedFor) {
  const all = await standings(ctx, await scopeFor(ctx, { yearGroup: asked.year, className: asked.class }), asked.on);
  const { band, absence, was, line, within } = asked;
  const these = all.pupils.filter(
    (pupil) =>
      (band === undefined || bandOf(pupil.now) === band) &&
      (absence === undefined || isAbsent[absence](pupil.now)) &&
      (was === undefined || bandOf(pupil.before) === was) &&
      (line === undefined || aboutToCross(line, pupil, within)),
  );
  const nearest = line ? these.toSorted((a, b) => (a.left[line] ?? 0) - (b.left[line] ?? 0)) : these;
  return { on: all.on, asKnownThen: all.past, rows: nearest.map(pupilFigures) };
}

export const pupilFigures = ({
  pupilId,
  name,
  className,
  yearGroup,
  now,
  before,
  left,
}: Standing): z.infer<typeof PupilStanding> => ({
  ...{ pupil: { id: pupilId, name, className }, yearGroup, attendance: attendance(now) },
  ...{ authorised: now.authorised, unauthorised: now.unauthorised, band: bandOf(now), was: bandOf(before), left },
});

const isAbsent = { persistent: persistentlyAbsent, severe: severelyAbsent };

function summary(pupils: readonly Standing[]) {
  const group = groupFigure(pupils.map(({ now }) => now));
  return {
    pupils: pupils.length,
    attendance: attendance(group),
    ...{ authorised: group.authorised, unauthorised: group.unauthorised },
    bands: bands.map((band) => ({ band, pupils: group.bands[band] })),
    ...{ persistentlyAbsent: group.persistentlyAbsent, severelyAbsent: group.severelyAbsent },
    withoutSessions: pupils.length - group.pupils.length,
  };
}

function parts(pupils: readonly Standing[], of: 'year' | 'class') {
  const groups = new Map<string, Standing[]>();
  for (const pupil of pupils) {
    const name = of === 'year' ? String(pupil.yearGroup) : pupil.className;
    groups.set(name, [...(groups.get(name) ?? []), pupil]);
  }
  return [...groups].map(([name, these]) => ({ of, name, ...summary(these) }));
}
