import { assumptionsInWords } from '../../policy/simulate/assumptions-in-words.ts';
import type { OutcomeShown, ReportShown } from '../../policy/simulate/report.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { printed, type Sheet } from '../web/sheet.ts';
import {
  busySheet,
  differencesInWords,
  differencesSheet,
  groupsSheet,
  weeksInWords,
  weeksSheet,
  yearSheet,
} from './report-sheets.ts';
import { weeksChart } from './weeks-chart.ts';

/** A report for governors as one file that can be mailed: pictures first, a table beside each, no script, nothing fetched. */
export async function reportHtml(report: ReportShown): Promise<string> {
  const { school, year, outcomes, assumptions } = report;
  const parts = await Promise.all(outcomes.map(policyPart));
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(school)}: policies tried on ${text(year)}</title><style>${style}</style></head><body><main>
<h1>${text(school)}: what ${outcomes.length === 1 ? 'a policy' : 'two policies'} would have done in ${text(year)}</h1>
<p>This is a simulation on the register of a year that has been. People are assumed: ${text(assumptionsInWords(assumptions))}. Nothing here was sent to anybody.</p>
${table(yearSheet(report))}
${parts.join('\n')}
${differencesPart(report)}
</main></body></html>
`;
}

const text = (raw: string): string =>
  raw.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function table(sheet: Sheet): string {
  const { caption, heads, rows } = printed(sheet);
  const head = heads.map((one) => `<th scope="col">${text(one.text)}</th>`).join('');
  const body = rows.map(
    ([first, ...others]) =>
      `<tr><th scope="row">${text(first?.text ?? '')}</th>${others.map((one) => `<td>${text(one.text)}</td>`).join('')}</tr>`,
  );
  return `<div class="wide"><table><caption>${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

async function policyPart(outcome: OutcomeShown): Promise<string> {
  const busy = busySheet(outcome);
  // It takes half a second to load: whoever only counts does without it.
  const { svgOf } = await import('../charts/vega.ts');
  const picture = Buffer.from(await svgOf(weeksChart(outcome, 640))).toString('base64');
  return `<section><h2>${text(outcome.title)}</h2>
<figure><img alt="${text(weeksInWords(outcome))}" src="data:image/svg+xml;base64,${picture}"><figcaption>What was done each week. The table has the same numbers.</figcaption></figure>
${table(weeksSheet(outcome))}
${busy ? table(busy) : '<p>Nobody had too few hours in any week.</p>'}
${table(groupsSheet(outcome))}</section>`;
}

/** Pupils by a mark that means nothing to who reads it. */
function differencesPart(report: ReportShown): string {
  const sheet = differencesSheet(report, (pupilId) => stableId(pupilId).slice(0, 8));
  return sheet
    ? `<section><h2>Where the two part</h2><p>${differencesInWords(report)}</p>
${table(sheet)}</section>`
    : '';
}

const style = `body{font:1rem/1.5 Arial,sans-serif;color:#0b0c0c;margin:0}main{max-width:60rem;margin:0 auto;padding:1rem}
figure{margin:1rem 0}figure img{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:bold;padding:.25rem 0}
th,td{border-bottom:1px solid #b1b4b6;padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}.wide{overflow-x:auto}
@media print{section{break-before:page}table{font-size:9pt}}`;
