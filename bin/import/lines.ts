import type { Problem } from '../../activities/register/raw-row.ts';
import { changeWords, whatOf } from '../../api/imports/changes.ts';
import { counted } from '../../policy/counted.ts';
import { FileHow } from '../../policy/register/file-how.ts';
import { ImportEffects } from '../../policy/register/import-effects.ts';
import type { changedRows } from '../../prisma/changed-rows.ts';
import type { Called } from '../../prisma/told-apart.ts';

const shown = 50;

/** What is wrong with rows, a line each, the first of them. */
export function problemLines(problems: readonly Problem[]): string[] {
  const lines = problems.slice(0, shown).map(({ file, row, column, value, cure }) => {
    const where = [file, `row ${row}`, ...(column ? [column] : [])].join(', ');
    return `  ${where}${value ? `, "${value}"` : ''}: ${cure}.`;
  });
  const more = problems.length - shown;
  return more > 0 ? [...lines, `  … and ${more} more: the imports page lists them.`] : lines;
}

type Looked = {
  id: string;
  schoolId: string;
  status: string;
  rows: number;
  rejected: number;
  effects: unknown;
  problems: unknown;
  how: unknown;
};

/** What an import would do, and how to take it. `unreasoned` known marks would be corrected without a reason. */
export function lookLines(
  { id, schoolId, status, rows, rejected, effects, problems, how }: Looked,
  unreasoned: number,
): string[] {
  const wrong = problemLines(problems as Problem[]);
  if (status === 'refused') return ['It cannot be taken: mend the file, then look at it again.', ...wrong];
  if (status === 'cancelled') return ['It was cancelled. Nothing was taken in.'];
  if (status === 'done') return ['Nothing changed: all of this was known already.'];
  const { added, changed, unchanged, opened, told, letters, closed, referrals } = ImportEffects.parse(effects);
  const again = opened.filter((one) => one.again);
  const { notes, unsure } = FileHow.parse(how);
  return [
    `Nothing is in the register yet. ${counted(rows, 'row')} read: ${added} new, ${changed} changed, ${unchanged} as before, ${rejected} wrong.`,
    ...[...notes, ...unsure.map(({ column, says }) => (column ? `"${column}": ${says}` : says))].map((note) => `  ${note}.`),
    ...wrong,
    ...(changed > 0 ? [`See what is changed: firstbell take-import ${id} --school ${schoolId} --changes`] : []),
    `${counted(opened.length - again.length, 'case')} would open, ${again.length > 0 ? `${counted(again.length, 'closed case')} would be taken up again, ` : ''}${counted(told.length, 'open case')} would hear of it, ${counted(letters.length, 'letter')} of those wait to go, ${letters.filter(({ held }) => held !== null).length} of which would be held.`,
    ...(closed.length > 0 ? [`${counted(closed.length, 'closed case')} would ask for a correction of what a letter said.`] : []),
    ...(referrals.length > 0 ? [`${counted(referrals.length, 'referral')} would have no ground for a notice any more.`] : []),
    `Take it with: firstbell take-import ${id} --school ${schoolId}${rejected > 0 ? ' --leave-out-rejected' : ''}${unreasoned > 0 ? ' --reason "…"' : ''}`,
    `Or cancel it with: firstbell take-import ${id} --school ${schoolId} --cancel`,
  ];
}

type Changed = Awaited<ReturnType<typeof changedRows>>['rows'][number];

/** "row 5, Zoë Ashworth, 9A, 14 Sep 2026, morning, code: from / (Present in the morning) to I (Illness)" */
export function changeLine({ row, pupil, on, session, contact, changes }: Changed, called: Called): string {
  const of = whatOf({ on, session, contact });
  const about = [`row ${row}`, called({ id: pupil.id, name: pupil.chosenName }), pupil.className, ...(of === null ? [] : [of])];
  return `${about.join(', ')}, ${changes.map(changeWords).join('; ')}`;
}
