import { randomUUID } from 'node:crypto';
import { counted } from '../../policy/counted.ts';
import { assumptionsInWords } from '../../policy/simulate/assumptions-in-words.ts';
import { isTooSmall } from '../../policy/simulate/groups-shown.ts';
import type { ReportShown } from '../../policy/simulate/report.ts';
import { keptPacks } from '../../prisma/packs.ts';
import { namesOf as pupilNames, schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { simulationsOf } from '../../prisma/simulations.ts';
import { namesOf } from '../../prisma/users.ts';
import { charted } from '../charts/chart.ts';
import { instant } from '../letters/words.ts';
import { mapped } from '../web/paging.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { printed } from '../web/sheet.ts';
import { simulationAt, simulationRow, yearsOf } from './facts.ts';
import { tables, tableTitles } from './report-csv.ts';
import {
  busySheet,
  differencesInWords,
  differencesSheet,
  groupsSheet,
  helpInWords,
  weeksInWords,
  weeksSheet,
  workSheet,
  yearSheet,
} from './report-sheets.ts';
import type { Status } from './shapes.ts';
import { assumptionFields, usuallyTyped } from './simulation-form.ts';

type Row = ReturnType<typeof simulationRow>;
type Seen = { after?: string | undefined; typed?: Record<string, unknown> };

/** The page of all simulations, with the form for the next. */
export async function simulationsView(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, { after, typed = {} }: Seen): Promise<View> {
  const { deps, user } = ctx;
  const school = await schoolOf(deps.db, user);
  const policies = (await keptPacks(deps.db, todayAt(await schoolOf(deps.db, user), ctx.at))).map(({ pack }) => ({
    value: pack.pack,
    text: pack.title,
  }));
  const years = (await yearsOf(ctx)).map((year) => ({ value: year, text: year }));
  const found = await simulationsOf(deps.db, school.id, after);
  return {
    template: 'simulations/simulations.njk',
    model: {
      typed: { policy: school.packId, ...usuallyTyped(), ...typed },
      ...{ decisionKey: randomUUID(), policies, years, assumptions: assumptionFields },
      against: [{ value: '', text: 'No other' }, ...policies],
      ...mapped(found, (row) => listed(simulationRow(row))),
    },
  };
}

const listed = (row: Row) => ({
  ...{ href: `/simulations/${row.id}`, title: titleOf(row), at: instant(new Date(row.startedAt)), says: saysOf(row) },
});

/** "DEMAT, 2026/27" */
const titleOf = ({ policies, year }: Row): string => `${policies.map(({ title }) => title).join(' and ')}, ${year}`;

const says: Record<Status, (row: Row) => string> = {
  waiting: () => 'It waits until another has ended',
  running: ({ done, of }) => (of === 0 ? 'The register is being read' : `${done} of ${counted(of, 'pupil')} are done`),
  done: ({ of }) => `Done: the year of ${counted(of, 'pupil')}`,
  failed: () => 'It failed',
};
const saysOf = (row: Row): string => says[row.status](row);

/** The page of one simulation: how far it is, or what it came to. */
export async function simulationView(ctx: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<View> {
  const kept = await simulationAt(ctx, id);
  const row = simulationRow(kept);
  const by = (await namesOf(ctx.deps.db, [kept.byUser])).get(kept.byUser);
  return {
    template: 'simulations/simulation.njk',
    model: {
      ...{
        href: `/simulations/${id}`,
        title: titleOf(row),
        at: instant(new Date(row.startedAt)),
        says: saysOf(row),
        why: row.why,
      },
      ...{ by: by ? personWords(by) : null, asKnown: row.asKnown, assumed: assumptionsInWords(kept.asked.assumptions) },
      going: row.status === 'waiting' || row.status === 'running' ? { done: row.done, of: row.of } : null,
      report: kept.report ? await reportView(ctx, id, kept.report) : null,
      tooSmall: kept.report !== null && isTooSmall(kept.report),
      decisionKey: randomUUID(),
    },
  };
}

async function reportView({ deps }: Pick<Ctx, 'deps'>, id: string, report: ReportShown) {
  const here = `/simulations/${id}`;
  const names = await pupilNames(
    deps.db,
    report.differences.map(({ pupil }) => pupil),
  );
  const differences = differencesSheet(report, (pupil) => ({
    ...{ text: names.get(pupil) ?? 'A pupil who is no longer known', href: `${here}/pupils/${pupil}` },
  }));
  return {
    tables: tables.map((table) => ({ href: `${here}/report.csv?table=${table}`, says: tableTitles[table] })),
    year: printed(yearSheet(report)),
    until: report.until,
    policies: report.outcomes.map((outcome, n) => {
      const busy = busySheet(outcome);
      const src = `${here}/policies/${n}/weeks.svg`;
      const caption = 'What was done each week';
      return {
        title: outcome.title,
        weeks: {
          ...charted({ src, alt: weeksInWords(outcome), caption, sheet: weeksSheet(outcome), csv: `${here}/report.csv` }),
        },
        help: helpInWords(outcome),
        busy: busy && printed(busy),
        work: printed(workSheet(outcome, report.assumptions)),
        groups: printed(groupsSheet(outcome)),
      };
    }),
    differences: differences && { says: differencesInWords(report), sheet: printed(differences) },
  };
}
