import path from 'node:path';
import { makeChange } from '../activities/calendar/make-change.ts';
import { showFile } from '../activities/calendar/show-change.ts';
import { type FileMode, seen } from '../policy/calendar/calendar-change.ts';
import { daysWords, periodWords, wasWords } from '../policy/calendar/period.ts';
import { counted } from '../policy/counted.ts';
import { changeIn, changeOf, periodsOf, versionOf } from '../prisma/calendar.ts';
import { connect } from '../prisma/client.ts';
import { schoolNamed } from './school-named.ts';

type Asked = { schoolId: string; mode: FileMode; make: boolean; reason: string };

/**
 * Shows what a calendar file would do, and makes it so if that was asked for.
 * @returns the lines to print, and whether the file could be taken
 */
export async function importCalendar(url: string, file: string, { schoolId, mode, make, reason }: Asked) {
  const db = connect(url);
  try {
    await schoolNamed(db, schoolId);
    const fileName = path.basename(file);
    const shown = await showFile(db, { schoolId, path: file, fileName, mode, reason, by: null });
    if ('problems' in shown) {
      const lines = shown.problems.map(({ at, column, value, cure }) => {
        const where = [fileName, at, ...(column ? [column] : [])].join(', ');
        return `  ${where}${value ? `, "${value}"` : ''}: ${cure}.`;
      });
      return { taken: false, lines: ['Nothing was changed. To mend:', ...lines] };
    }
    const row = await changeOf(db, schoolId, shown.changeId);
    if (!row) throw new Error(`The change ${shown.changeId} is gone`);
    const before = await periodsOf(db, schoolId);
    const change = changeIn(row);
    const { fresh, gone, moved, gained, lost } = seen(before, change);
    const lines = [
      ...notTaken(row.rows),
      ...fresh.map((one) => `  new: ${periodWords(one)}`),
      ...moved.map(({ was, is }) => `  changed: ${periodWords(is)}; it was ${wasWords(was, is)}`),
      ...gone.map((one) => `  taken out: ${periodWords(one)}`),
      `School days gained: ${daysWords(gained)}. School days lost: ${daysWords(lost)}.`,
    ];
    if (!make) return { taken: true, lines: [...lines, 'Nothing is changed yet: the same command with --make makes it so.'] };
    const { told } = await makeChange(db, { schoolId, changeId: row.id, version: versionOf(before), by: null });
    const heard = `${counted(told, 'open case or referral', 'open cases and referrals')} told of it`;
    return { taken: true, lines: [...lines, `The calendar is changed, and ${heard}.`] };
  } finally {
    await db.$disconnect();
  }
}

const notTaken = (rows: unknown): string[] =>
  (rows as { at: string; says: string; why: string | null }[]).flatMap(({ at, says, why }) =>
    why === null ? [] : [`  not taken: ${at}, ${says}: ${why}`],
  );
