import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Client } from '@temporalio/client';
import { importRegisterFile } from '../../../activities/register/import-register-file.ts';
import { schoolBySchool } from '../../../activities/register/school-by-school.ts';
import type { Day } from '../../../policy/calendar/day.ts';
import { caseWorkflowId } from '../../../workflows/messages.ts';
import { latestOf } from '../cases/moments.ts';
import type { Authority, BenchPupil, School } from './authority.ts';
import { crossesOn } from './fill-register.ts';
import { rawCopy } from './raw-copy.ts';
import { today } from './school-days.ts';

type Looking = { client: Client; told: AbortSignal };

/** A day brought in: seconds for its files, seconds to COPY the same, and from the last mark to the last case running. */
export type DayIn = { day: Day; imported: number; copied: number; told: number; crossed: BenchPupil[] };

const seconds = async (act: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
};

/**
 * Brings in a school day, a file a school, by the way of any file and as many at once as `import --each-school` does; and copies the same rows, a
 * transaction a school, into a table that has nothing but their key.
 */
export async function aDayIn(authority: Authority, looking: Looking, n: number, day: Day): Promise<DayIn> {
  const { db, pool, importing, schools } = authority;
  const files = schools.map((school) => ({ schoolId: school.id, csv: csvOf(school, n, day), raw: rawOf(school, n, day) }));
  await pool.query('CHECKPOINT');
  const copied = await seconds(async () => {
    for (const { raw } of files) await rawCopy(pool, [raw]);
  });
  await pool.query('CHECKPOINT');
  const imported = await seconds(async () => {
    await schoolBySchool(files, async ({ schoolId, csv }) => {
      const order = { schoolId, fileName: `${day}.csv`, by: null, on: today };
      const { status, says } = await importRegisterFile('marks', importing, () => Readable.from([csv]), order);
      if (status !== 'done') throw new Error(`The day was refused: ${says}`);
    });
  });
  const committed = Date.now();
  const crossed = schools.flatMap(({ pupils }) => pupils.filter(({ no }) => crossesOn(no, n)));
  const cases = await db.attendanceCase.count({ where: { pupilId: { in: crossed.map(({ id }) => id) } } });
  if (cases !== crossed.length || cases === 0) throw new Error(`${crossed.length} pupils crossed and ${cases} have a case`);
  const ids = crossed.map(({ id }) => caseWorkflowId(id));
  const told = ((await latestOf(looking, ids, 'workflowTaskCompleted')) - committed) / 1000;
  return { day, imported, copied, told: Math.max(0, told), crossed };
}

const codes = (no: number, n: number) => (crossesOn(no, n) ? { AM: 'O', PM: 'O' } : { AM: '/', PM: '\\' });

const csvOf = ({ pupils }: School, n: number, day: Day): Buffer =>
  Buffer.from(
    [
      'admission_no,date,session,code',
      ...pupils.flatMap(({ no }) => [`${no},${day},AM,${codes(no, n).AM}`, `${no},${day},PM,${codes(no, n).PM}`]),
    ].join('\n'),
  );

function rawOf({ pupils }: School, n: number, day: Day): Buffer {
  const end = `${day} 10:00:00Z\t${randomUUID()}\n`;
  const row = (id: string, session: 'AM' | 'PM', code: string) =>
    `${id}\t${day}\t${session}\t${code.replace('\\', '\\\\')}\t${end}`;
  return Buffer.from(pupils.flatMap(({ id, no }) => [row(id, 'AM', codes(no, n).AM), row(id, 'PM', codes(no, n).PM)]).join(''));
}
