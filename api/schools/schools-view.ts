import { longDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { linesOfAttendance } from '../../policy/figures/crossed.ts';
import { lineNames, lines } from '../../policy/figures/crossings.ts';
import { schoolsOfTrust } from '../../prisma/trusts.ts';
import type { Asked } from '../figures/asked.ts';
import type { Asking } from '../figures/standings.ts';
import { address, countedUpTo } from '../figures/words.ts';
import type { View } from '../web/route.ts';
import { printed, type Sheet } from '../web/sheet.ts';
import { type Standing, schoolStandings } from './facts.ts';

/** The figures of the schools that somebody looks after, and for a trust lead the choice of the school that all other pages are of. */
export async function schoolsView(ctx: Asking, { on, within }: Asked): Promise<View> {
  const standings = await schoolStandings(ctx, { on, within });
  const theirs = await schoolsOfTrust(ctx.deps.db, ctx.user);
  const when = { on, ...(within === 4 ? {} : { within }) };
  const file = (as: string) => address('/schools', { ...when, as });
  return {
    template: 'schools/schools.njk',
    model: {
      ...{ on: on ?? '', within, asKnown: asKnown(standings), lines: Object.values(lines) },
      count: counted(standings.length, 'school'),
      choices: theirs.length > 1 ? theirs.map((one) => ({ ...one, chosen: one.id === ctx.user.schoolId })) : [],
      schools: printed(schoolsSheet(standings), file('csv')),
      stages:
        on === undefined && standings.some(({ cases }) => cases?.length) ? printed(stagesSheet(standings), file('stages')) : null,
    },
  };
}

/** Where schools stand at different dates no day is said of all: each row has its own. */
function asKnown(standings: readonly Standing[]): string {
  const [first] = standings;
  if (!first) return 'There is no school yet.';
  if (standings.every(({ on }) => on === first.on)) return countedUpTo(first);
  const days = [...new Set(standings.map(({ on }) => longDay(on)))].join(' or ');
  return `Counted up to each school’s own day, ${days}, as the register is known now.`;
}

/** A school a row. */
export const schoolsSheet = (standings: readonly Standing[]): Sheet => ({
  ...{ name: 'schools', caption: 'Schools' },
  heads: [
    ...['School', 'Counted up to', 'Pupils', 'Attendance', 'Sessions attended', 'Sessions possible'],
    ...['Persistently absent', 'Severely absent', 'Registers missing'],
    ...linesOfAttendance.map((line) => `Crossed ${lines[line].short} this week`),
    ...lineNames.map((line) => `About to cross ${lines[line].short}`),
    'Open cases',
  ],
  rows: standings.map(({ school, training, on, pupils, attendance, cases, ...one }) => [
    ...[training ? `${school.name} (training)` : school.name, on],
    ...[pupils, attendance.percent, attendance.attended, attendance.possible],
    ...[one.persistentlyAbsent, one.severelyAbsent, one.registersMissing],
    ...[...one.crossed, ...one.approaching].map((line) => line.pupils),
    cases?.reduce((total, stage) => total + stage.cases, 0) ?? null,
  ]),
});

/** The open cases of each school by the stages of its policy. */
export function stagesSheet(standings: readonly Standing[]): Sheet {
  const stages = [...new Set(standings.flatMap(({ cases }) => (cases ?? []).map(({ stage }) => stage)))].sort();
  return {
    ...{ name: 'cases-by-stage', caption: 'Open cases by stage' },
    heads: ['School', ...stages],
    rows: standings.map(({ school, cases }) => [
      school.name,
      ...stages.map((stage) => cases?.find((one) => one.stage === stage)?.cases ?? 0),
    ]),
  };
}
