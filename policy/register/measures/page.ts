import { z } from 'zod';
import { namedCodes } from '../code-sets.ts';
import { type CodeClass, codeTable, groundICodes, penaltyNoticeCodes, sicknessCodes, tenDayReturnCodes } from '../codes.ts';
import { measures } from './catalogue.ts';
import { groupMeasure } from './group.ts';
import type { Measure } from './measure.ts';

/** What can be asked of a measure, and how it is written. */
const asking: Record<string, string> = {
  over: 'A span, as above',
  codes: 'A set of codes by its name, or a list of codes such as `["I", "M"]`, in quotes',
  'leaving out':
    'Some of: `codes` (a set or a list), `days` (a list such as `[{ from: "2026-09-01", to: "2026-09-11" }]`), `sessions` (a list such as `["2026-09-14 AM"]`)',
  before: '`{ below: "96%" }`; or `{ at most: "90%" }`, which is persistent absence',
  at: 'A percentage such as `"96%"`',
};

const spans: readonly (readonly [string, string])[] = [
  ['school year', 'from 1 September to today; the year to date'],
  ['previous school year', 'the whole of the one before'],
  ['term', 'the term of today, or between terms the last that ended'],
  ['half-term', 'that half of the term, before or after its half-term holiday'],
  ['last 10 school days', 'any number of school days; today is the last of them if it is one'],
  [
    'last 6 school weeks',
    'any number of school weeks. The last is the week under way, whole or not, or in a holiday the one before it. A week without a school session is none, so holidays and weeks of training days are passed over',
  ],
  ['2026-09-01 to 2026-10-23', 'any days, both included'],
  ['whole record', 'everything that is known'],
];

const classes: readonly (readonly [CodeClass, string])[] = [
  ['present', 'possible and attended'],
  ['aea', 'possible and attended (approved educational activity)'],
  ['authorised', 'possible, not attended: authorised absence'],
  ['unauthorised', 'possible, not attended: unauthorised absence'],
  ['not-possible', 'not possible: counts as nothing'],
  ['administrative', 'not possible: counts as nothing'],
];

const listed = (codes: Iterable<string>): string => [...codes].map((code) => `\`${code}\``).join(' ');

/** A Markdown table with its columns in line, as the formatter writes it. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((_, column) => Math.max(...[heads, ...rows].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[], pad = ' ') =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width, pad)).join(' | ')} |`;
  return [line(heads), line([], '-'), ...rows.map((cells) => line(cells))].join('\n');
}

/** The reference page of measures, docs/measures.md, as Markdown. */
export const measuresPage = (): string => `# Measures

What every figure about attendance counts. This page is written by \`npx firstbell measures --write\` from the definitions in
\`policy/register/measures\`; a test fails when it is out of date.

A figure is worked out from one pupil's register as it is known on a day. Every figure names the sessions that make it up, with
the code of each and how it was counted, so that it can be counted again by hand. Attendance is a fraction of whole numbers and
is compared as one: 95 of 99 is below 96%, however it is rounded; what is shown is cut off after one decimal. Days before a pupil
joined and after they left count in nothing, and neither do marks that are missing: those are a figure of their own.

Where a measure has a minimum and the span has fewer possible sessions, the figure is shown with a caution, or is not said at all.

## What each code counts as

${table(
  ['Class', 'Codes', 'Counts as'],
  classes.map(([of, means]) => [of, listed(codeTable.filter((meaning) => meaning.class === of).map(({ code }) => code)), means]),
)}

\`H\`, \`F\`, \`J\` and \`Y\` ended on 18 August 2024 and stand only on sessions before; \`C1\`, \`C2\`, \`J1\`, \`K\`, \`Q\` and \`Y1\` to \`Y7\` began the day
after. A blank mark or \`-\` is a missing mark.

## Sets of codes

The law counts four sets. They are kept apart, even where two have the same members.

${table(
  ['For', 'Codes'],
  [
    ['the penalty-notice threshold', listed(penaltyNoticeCodes)],
    ['the attendance return, ten school days', listed(tenDayReturnCodes)],
    ['deletion by ground I, twenty school days', listed(groundICodes)],
    ['the sickness return', listed(sicknessCodes)],
  ],
)}

A measure of codes is asked for one of these by name, or for a list:

${table(
  ['Name', 'Codes'],
  Object.entries(namedCodes).map(([name, codes]) => [name, listed(codes)]),
)}

## Spans

${table(
  ['Written', 'Means'],
  spans.map(([text, means]) => [`\`${text}\``, means]),
)}

No span begins before the pupil joined or goes on after today.

## Asking for a measure

A policy asks for a measure by its name, with what is asked of it:

\`\`\`yaml
- { measure: attendance, over: last 10 school days }
- { measure: coded-sessions, codes: ["U"], over: half-term }
- { measure: adjusted-attendance, leaving out: { codes: ["C2"] } }
\`\`\`

${table(
  ['Asked', 'Written'],
  Object.entries(asking).map(([name, how]) => [`\`${name}\``, how]),
)}

## Measures of a pupil

${measures.map(section).join('\n\n')}

## ${groupMeasure.label}

${groupMeasure.counts}

${facts([
  ['Unit', groupMeasure.unit],
  ['Minimum', minimum(groupMeasure.minimum, 'shown with a caution')],
  ['Source', groupMeasure.source],
])}
`;

function section({ name, label, unit, counts, source, minimum: least, below, params }: Measure): string {
  const asked = Object.entries(params.shape).map(([key, shape]) => `\`${key}\`${withoutIt(shape)}`);
  return `### ${label}

\`${name}\`. ${counts}

${facts([
  ['Unit', unit],
  ...(asked.length > 0 ? [['Asked', asked.join(', ')] as const] : []),
  ['Minimum', minimum(least, below)],
  ['Source', source],
])}`;
}

/** " (without it: school year)", where something is taken to be asked. */
function withoutIt(shape: z.core.$ZodType): string {
  const { data } = z.safeParse(shape, undefined);
  return data === undefined ? '' : ` (without it: ${data})`;
}

const facts = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([head, text]) => `- **${head}**: ${text}.`).join('\n');

const minimum = (sessions: number, below: string): string =>
  sessions === 0 ? 'none' : `${sessions} possible sessions; with fewer it is ${below}`;
