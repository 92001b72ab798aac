import { randomUUID } from 'node:crypto';
import { capital } from '../../policy/capital.ts';
import { counted, inThousands } from '../../policy/counted.ts';
import { columnsOf, importKinds } from '../../policy/register/csv-forms.ts';
import { guess, ownForm } from '../../policy/register/file-how.ts';
import { largestFile } from '../../policy/register/largest-file.ts';
import { correctedWithoutReason } from '../../prisma/changed-rows.ts';
import { exportedRows, schoolYearsOf } from '../../prisma/exports.ts';
import { importsOf, sameFileBefore } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { mappingsOf } from '../../prisma/school-mappings.ts';
import { type Field, text } from '../layout/fields.ts';
import { instant } from '../letters/words.ts';
import { mapped } from '../web/paging.ts';
import type { Ctx, View } from '../web/route.ts';
import { type ImportStatus, importAt, importFacts, importRow } from './facts.ts';
import { lookView } from './look-view.ts';

const listed = ({ id, fileName, kind, startedAt, says }: ReturnType<typeof importRow>) => ({
  ...{ href: `/imports/${id}`, file: fileName, kind: capital(kind), at: instant(new Date(startedAt)), says },
});

/** The page of all imports, with the form for the next. */
export async function importsView(
  { deps, user }: Pick<Ctx, 'deps' | 'user'>,
  { after, typed = {} }: { after?: string | undefined; typed?: Record<string, unknown> } = {},
): Promise<View> {
  const { id: schoolId } = await schoolOf(deps.db, user);
  const found = await importsOf(deps.db, schoolId, after);
  const own = await mappingsOf(deps.db, schoolId);
  return {
    template: 'imports/imports.njk',
    model: {
      typed: { kind: 'marks', ...typed },
      decisionKey: randomUUID(),
      largest: largestFile / 1_000_000,
      layouts: [
        { value: guess, text: 'Find out from its columns' },
        { value: ownForm, text: 'Firstbell’s own form' },
        ...layoutsOf(deps, own),
      ],
      own: own.map(({ id, name, title, kind, keptAt }) => ({
        ...{ name, title, kind: capital(kind), at: instant(keptAt), href: `/imports/mappings/${id}` },
      })),
      kinds: importKinds.map((value) => ({ value, text: capital(value) })),
      exports: Object.keys(exportedRows),
      schoolYears: await schoolYearsOf(deps.db, schoolId),
      forms: importKinds.map((kind) => ({ text: capital(kind), columns: columnsOf(kind).all.join(', ') })),
      ...mapped(found, (row) => listed(importRow(row))),
    },
  };
}

/** The ways in which files of a school's are laid out, beside Firstbell's own. */
const layoutsOf = ({ layouts }: Pick<Ctx['deps'], 'layouts'>, own: readonly { name: string; title: string }[]) => [
  ...own.map(({ name, title }) => ({ value: name, text: title })),
  ...layouts.map(({ mapping, title }) => ({ value: mapping, text: title })),
];

const notDone: Record<Exclude<ImportStatus, 'done' | 'looked'>, string> = {
  waiting: 'Another import of the school has to end first.',
  running: 'Nothing is in the register yet.',
  refused: 'Nothing was taken in. Mend the file, then import it again.',
  cancelled: 'It was cancelled. Nothing was taken in.',
};

/** The page of one import: how far it is, what it would do, what it did, and each bad row with its cure. */
export async function importView(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const found = await importAt(ctx, id);
  const facts = importFacts(found);
  const { status, rejected } = facts;
  const looked = status === 'looked';
  const layouts = layoutsOf(ctx.deps, await mappingsOf(ctx.deps.db, found.schoolId));
  const before = looked || status === 'done' ? await sameFileBefore(ctx.deps.db, found) : null;
  return {
    template: 'imports/import.njk',
    model: {
      ...{ href: `/imports/${id}`, file: facts.fileName, kind: facts.kind, at: instant(new Date(facts.startedAt)), looked },
      says: status === 'done' ? `${facts.says}.` : looked ? null : notDone[status],
      going:
        status === 'waiting' || status === 'running'
          ? { doing: facts.doing ?? 'Waiting', rows: counted(facts.rows, 'row') }
          : null,
      figures: figures(facts),
      ...{ rejected: rejected > 0 ? counted(rejected, 'row') : null, refusals: facts.problems.slice(0, shown) },
      more: Math.max(0, facts.problems.length - shown),
      read: looked || status === 'refused' ? readWords(facts.read, layouts) : null,
      before: before && instant(before),
      look: looked ? await lookView(ctx, found) : null,
      ...{ reasonFor: looked ? reasonFor(await correctedWithoutReason(ctx.deps.db, id)) : null, typed },
      decisionKey: randomUUID(),
    },
  };
}

/** Asks why marks are corrected, if any would be without a reason (SI 2024/208 reg 6: the reason is kept with each amendment). */
const reasonFor = (marks: number): Field | null =>
  marks === 0
    ? null
    : text(
        'reason',
        `Why ${marks === 1 ? 'is a known mark' : `are ${inThousands(marks)} known marks`} corrected?`,
        'It is kept in the register with each correction for which the file gives no reason of its own, with your name and role.',
      );

const shown = 50;

/** How the file was read, and what to look at; null if nothing is known of it. */
function readWords(read: Facts['read'], layouts: ReturnType<typeof layoutsOf>) {
  if (read === null) return null;
  const { layout, guessed, format, encoding, headingRow, notes } = read;
  const as = `${formats[format] ?? format}${encoding === null ? '' : `, ${encodings[encoding] ?? encoding}`}`;
  const by = `by ${layout === ownForm ? 'Firstbell’s own form' : `the layout “${layouts.find(({ value }) => value === layout)?.text ?? layout}”`}${guessed && headingRow !== null ? ', which its columns suggest' : ''}`;
  return { says: `Read ${by}, as ${as}${headingRow === null ? '' : `. Row ${headingRow} names the columns`}`, notes };
}

const formats: Record<string, string> = {
  csv: 'text with commas',
  tsv: 'text with tabs',
  semicolons: 'text with semicolons',
  bars: 'text with bars',
  xlsx: 'an Excel workbook',
};

const encodings: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

function figures({ id, status, rows, added, changed, unchanged, rejected, casesOpened, casesTakenUp, casesTold }: Facts) {
  if (status === 'running' || status === 'waiting') return [];
  if (status === 'refused' || status === 'cancelled') return [['Rows read', rows]];
  return [
    ['Rows read', rows],
    ['New', added],
    ['Changed', changed, ...(status === 'looked' && changed > 0 ? [which(id)] : [])],
    ['As before', unchanged],
    ...(rejected > 0 ? [['Left out', rejected]] : []),
    ...(status === 'done'
      ? [
          ['Cases opened', casesOpened],
          ...(casesTakenUp > 0 ? [['Closed cases taken up again', casesTakenUp]] : []),
          ['Open cases brought up to date', casesTold],
        ]
      : []),
  ];
}

const which = (id: string) => ({ href: `/imports/${id}/changes`, text: 'See which', more: 'rows are changed' });

type Facts = ReturnType<typeof importFacts>;
