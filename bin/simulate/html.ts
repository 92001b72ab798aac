import type { TopLevelSpec } from 'vega-lite';
import { look } from '../../api/charts/draw.ts';
import { svgOf } from '../../api/charts/vega.ts';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { usual } from '../../policy/simulate/assumptions.ts';
import { kinds, type Outcome } from '../../policy/simulate/outcome.ts';
import { groupsShown } from './groups-shown.ts';
import type { Report } from './report.ts';

/** A report for governors as one file that can be mailed: pictures first, a table beside each, no script, nothing fetched. */
export async function asHtml(report: Report): Promise<string> {
  const { school, year, outcomes, differences } = report;
  const parts = await Promise.all(outcomes.map(policyPart));
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(school)}: policies tried on ${text(year)}</title><style>${style}</style></head><body><main>
<h1>${text(school)}: what ${outcomes.length === 1 ? 'a policy' : 'two policies'} would have done in ${text(year)}</h1>
<p>This is a simulation on the register of a year that has been. People are assumed: ${assumed()}. Nothing here was sent to anybody.</p>
${summary(outcomes)}
${parts.join('\n')}
${differencesPart(outcomes, differences)}
</main></body></html>
`;
}

const text = (raw: string): string =>
  raw.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function assumed(): string {
  const { decidesAfter, declined, reached, comes } = usual;
  return `decisions are taken after ${decidesAfter.otherwise} school day (class teachers and the headteacher after ${decidesAfter.headteacher}), ${declined}% are declined, ${reached}% of calls reach the family, ${comes}% of families come to a meeting`;
}

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((one) => `<th scope="col">${text(one)}</th>`).join('');
  const body = rows.map(
    ([first = '', ...others]) =>
      `<tr><th scope="row">${text(first)}</th>${others.map((one) => `<td>${text(one)}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

const summary = (outcomes: readonly Outcome[]): string =>
  table(
    'In the whole year',
    ['', ...outcomes.map(({ title }) => title)],
    [
      ['Pupils', ...outcomes.map(({ pupils }) => String(pupils))],
      ['Pupils with a case', ...outcomes.map(({ pupilsWithCase }) => String(pupilsWithCase))],
      ['Cases closed', ...outcomes.map(({ closed, cases }) => `${closed} of ${cases}`)],
      ...kinds.map((kind) => [
        `${kind.charAt(0).toUpperCase()}${kind.slice(1)}s`,
        ...outcomes.map(({ done }) => String(done[kind])),
      ]),
      [
        'Days to the first help (median)',
        ...outcomes.map(({ daysToHelp }) => (daysToHelp.median === null ? 'none' : String(daysToHelp.median))),
      ],
    ],
  );

async function policyPart(outcome: Outcome): Promise<string> {
  const weeks = Object.keys(outcome.byWeek).sort();
  const rows = weeks.map((week) => [shortDay(week), ...kinds.map((kind) => String(outcome.byWeek[week]?.[kind] ?? 0))]);
  const busy = outcome.overfull.map(({ role, week, hours, has }) => [
    shortDay(week),
    roleTitles[role],
    String(hours),
    String(has),
  ]);
  const groups = groupsShown(outcome).map(({ group, pupils, withCase, letters, referrals }) => [
    group,
    pupils,
    withCase,
    letters,
    referrals,
  ]);
  const picture = Buffer.from(await svgOf(weeksChart(outcome, weeks))).toString('base64');
  return `<section><h2>${text(outcome.title)}</h2>
<figure><img alt="${text(inWords(outcome))}" src="data:image/svg+xml;base64,${picture}"><figcaption>What was done each week. The table has the same numbers.</figcaption></figure>
${table('By week', ['Week of', ...kinds.map((kind) => `${kind}s`)], rows)}
${busy.length > 0 ? table('Weeks in which somebody had too few hours', ['Week of', 'Who', 'Hours needed', 'Hours they have'], busy) : '<p>Nobody had too few hours in any week.</p>'}
${table('By group; numbers too small to show are hidden', ['Group', 'Pupils', 'With a case', 'With a letter', 'Referred'], groups)}</section>`;
}

/** What the picture shows, for who does not see it. */
const inWords = ({ done }: Outcome): string =>
  `Bars by week. In the whole year: ${kinds.map((kind) => `${done[kind]} ${kind}s`).join(', ')}`;

function weeksChart({ byWeek }: Outcome, weeks: readonly string[]): TopLevelSpec {
  const values = weeks.flatMap((week) => kinds.map((kind) => ({ week, kind, done: byWeek[week]?.[kind] ?? 0 })));
  return {
    ...{ ...look, width: 640, height: 260, data: { values } },
    mark: { type: 'bar', stroke: '#ffffff', strokeWidth: 0.5, width: Math.max(6, Math.floor(560 / Math.max(weeks.length, 1))) },
    encoding: {
      x: { field: 'week', type: 'temporal', title: null, axis: { format: '%-d %b', labelOverlap: true, grid: false } },
      y: { field: 'done', type: 'quantitative', title: 'Done in the week', aggregate: 'sum' },
      color: { field: 'kind', type: 'nominal', sort: [...kinds], title: null, scale: { domain: [...kinds], range: colours } },
    },
  } as TopLevelSpec;
}

const colours = ['#1d70b8', '#912b88', '#00703c', '#8a5a00', '#505a5f', '#a82a17', '#0b0c0c'];

function differencesPart([a, b]: readonly Outcome[], differences: Report['differences']): string {
  if (!a || !b) return '';
  const rows = differences
    .slice(0, 50)
    .map(({ pupil, on, a: one, b: other }) => [pupil.slice(0, 8), longDay(on), one ?? 'Nothing', other ?? 'Nothing']);
  return `<section><h2>Where the two part</h2><p>They do something else for ${differences.length} of ${a.pupils} pupils.${differences.length > 50 ? ' The first 50:' : ''}</p>
${table('The first day on which they differ, a pupil a row', ['Pupil', 'Day', a.title, b.title], rows)}</section>`;
}

const style = `body{font:1rem/1.5 Arial,sans-serif;color:#0b0c0c;margin:0}main{max-width:60rem;margin:0 auto;padding:1rem}
figure{margin:1rem 0}figure img{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:bold;padding:.25rem 0}
th,td{border-bottom:1px solid #b1b4b6;padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}.wide{overflow-x:auto}
@media print{section{break-before:page}table{font-size:9pt}}`;
