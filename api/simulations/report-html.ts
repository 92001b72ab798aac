import { longDay } from '../../policy/calendar/day.ts';
import type { Assumptions } from '../../policy/simulate/assumptions.ts';
import { assumptionsInWords } from '../../policy/simulate/assumptions-in-words.ts';
import { fewest, isTooSmall } from '../../policy/simulate/groups-shown.ts';
import type { OutcomeShown, ReportShown } from '../../policy/simulate/report.ts';
import { widths } from '../charts/draw.ts';
import { printed, type Sheet } from '../web/sheet.ts';
import {
  busySheet,
  groupsSheet,
  helpInWords,
  hoursInWords,
  partingsInWords,
  partingsSheet,
  weeksInWords,
  weeksSheet,
  workSheet,
  yearInWords,
  yearSheet,
} from './report-sheets.ts';
import { weeksChart } from './weeks-chart.ts';

/**
 * A report for governors as one file that can be mailed: what it comes to first, then pictures, the numbers of each week last. No
 * script, nothing fetched.
 */
export async function reportHtml(report: ReportShown): Promise<string> {
  const { school, year, until, outcomes, assumptions } = report;
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(school)}: policies tried on ${text(year)}</title><style>${style}</style></head><body><main>
<h1>${text(school)}: what ${outcomes.length === 1 ? 'a policy' : 'two policies'} would have done in ${text(year)}</h1>
<p>This is a simulation on the register of the school year up to ${longDay(until)}. People are assumed: ${text(assumptionsInWords(assumptions))}. Nothing here was sent to anybody.</p>
${isTooSmall(report) ? withoutNumbers(report) : await withNumbers(report)}
</main></body></html>
`;
}

const withoutNumbers = ({ outcomes }: ReportShown): string =>
  `${list(outcomes.map(({ title }) => title))}\n<p>The school had fewer than ${fewest} pupils. Somebody could be known by any number of this year, so none is shown.</p>`;

async function withNumbers(report: ReportShown): Promise<string> {
  const { outcomes, assumptions } = report;
  const parts = await Promise.all(outcomes.map(policyPart));
  return `${list(outcomes.map(yearInWords))}
${table(yearSheet(report))}
${differencesPart(report)}
${parts.join('\n')}
<section><h2>The numbers behind it</h2>
${outcomes.map((outcome) => numbersPart(outcome, assumptions)).join('\n')}</section>`;
}

const text = (raw: string): string =>
  raw.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const list = (items: readonly string[]): string => `<ul>${items.map((one) => `<li>${text(one)}.</li>`).join('')}</ul>`;

function table(sheet: Sheet): string {
  const { caption, heads, rows } = printed(sheet);
  const right = (numeric: boolean) => (numeric ? ' class="n"' : '');
  const head = heads.map((one) => `<th scope="col"${right(one.numeric)}>${text(one.text)}</th>`).join('');
  const body = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${text(first?.text ?? '')}</th>${others.map((one) => `<td${right(one.numeric)}>${text(one.text)}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

async function policyPart(outcome: OutcomeShown): Promise<string> {
  const [narrow, wide] = await Promise.all([widths.narrow, 640].map((width) => picture(outcome, width)));
  const hours = hoursInWords(outcome);
  return `<section><h2>${text(outcome.title)}</h2>
<figure><picture><source media="(max-width: 40rem)" srcset="${narrow}"><img alt="${text(weeksInWords(outcome))}" src="${wide}"></picture><figcaption>What was done each week.</figcaption></figure>
<p>${text(helpInWords(outcome))}.</p>
${hours.length > 0 ? `<h3>Who would have had too few hours</h3>\n${list(hours)}` : '<p>Nobody had too few hours in any week.</p>'}
${outcome.groups.length > 0 ? table(groupsSheet(outcome)) : '<p>No group is large enough to be shown.</p>'}</section>`;
}

/** A picture as an address that holds it. What a reader of the drawing itself would be told, the picture's own words say. */
async function picture(outcome: OutcomeShown, width: number): Promise<string> {
  // It takes half a second to load: whoever only counts does without it.
  const { svgOf } = await import('../charts/vega.ts');
  const drawn = await svgOf(weeksChart(outcome, width));
  const svg = drawn.replaceAll(/ (aria-[a-z]+|role|class)="[^"]*"/g, '').replaceAll(/(\.\d)\d+/g, '$1');
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/** The tables that are too long to be read first. */
function numbersPart(outcome: OutcomeShown, assumptions: Assumptions): string {
  const busy = busySheet(outcome);
  return [weeksSheet(outcome), workSheet(outcome, assumptions), ...(busy ? [busy] : [])].map(folded).join('\n');
}

const folded = (sheet: Sheet): string => `<details><summary>${text(sheet.caption)}</summary>${table(sheet)}</details>`;

function differencesPart(report: ReportShown): string {
  const sheet = partingsSheet(report);
  return sheet ? `<section><h2>Where the two part</h2><p>${partingsInWords(report)}</p>\n${table(sheet)}</section>` : '';
}

const style = `body{font:1rem/1.5 Arial,sans-serif;color:#0b0c0c;margin:0}main{max-width:60rem;margin:0 auto;padding:1rem}
figure{margin:1rem 0}figure img{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:bold;padding:.25rem 0}
th,td{border-bottom:1px solid #b1b4b6;padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}.n{text-align:right}.wide{overflow-x:auto}
ul{padding-left:1.25rem}summary{padding:.5rem 0;cursor:pointer}
@media (max-width:40rem){table{font-size:.875rem}th,td{padding-right:.5rem}}
@media print{section{break-before:page}table{font-size:9pt}details::details-content{content-visibility:visible}}`;
