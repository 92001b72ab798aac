import { parseArgs } from 'node:util';
import { cancelImport } from '../activities/register/cancel-import.ts';
import { takeImport } from '../activities/register/take-import.ts';
import { counted } from '../policy/counted.ts';
import { Refusal } from '../policy/refusal.ts';
import { changedRows, correctedWithoutReason } from '../prisma/changed-rows.ts';
import { fingerprint, importOf } from '../prisma/imports.ts';
import { toldApart } from '../prisma/told-apart.ts';
import { type Command, WrongUse } from './command.ts';
import { changeLine, lookLines } from './import/lines.ts';
import { runBy } from './import/run-by.ts';
import { type Into, importingInto } from './importing.ts';
import { databaseNamed } from './running-database.ts';

export const command: Command = {
  summary: 'take into the register what "import --preview" has shown, or cancel it, or say what it would change',
  usage:
    'take-import IMPORT --school SCHOOL [--leave-out-rejected] [--reason TEXT] [--data DIR], or: take-import IMPORT --school SCHOOL --changes|--cancel [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        school: { type: 'string' },
        'leave-out-rejected': { type: 'boolean', default: false },
        changes: { type: 'boolean', default: false },
        reason: { type: 'string' },
        cancel: { type: 'boolean', default: false },
        data: { type: 'string' },
      },
    });
    const [importId] = positionals;
    if (!importId || positionals.length > 1) throw new WrongUse('Name one import, as "import --preview" printed it.');
    if (!values.school) throw new WrongUse('Name the school with --school.');
    const url = databaseNamed(values.data);
    return importingInto({ url, schoolId: values.school, lockWaitMs: 30_000 }, (into) => {
      if (values.changes) return sayChanges(importId, into);
      return values.cancel
        ? cancel(importId, into)
        : take(importId, { leaveOutRejected: values['leave-out-rejected'], reason: values.reason }, into);
    });
  },
};

async function cancel(importId: string, { deps, schoolId }: Into): Promise<number> {
  await cancelImport(deps.db, { schoolId, importId });
  console.log('The import was cancelled. Nothing was taken in.');
  return 0;
}

/** Prints what would change, as it is read: a year of marks is never held. */
async function sayChanges(importId: string, { deps, schoolId }: Into): Promise<number> {
  const looked = await waiting(importId, { deps, schoolId });
  let next: string | null = '0';
  while (next !== null) {
    const page: Awaited<ReturnType<typeof changedRows>> = await changedRows(deps.db, looked, Number(next));
    const called = await toldApart(
      deps.db,
      page.rows.map(({ pupil }) => pupil.id),
    );
    for (const row of page.rows) console.log(changeLine(row, called));
    next = page.next;
  }
  return 0;
}

/** @throws Refusal('Closed') if there is none that waits for a yes */
async function waiting(importId: string, { deps, schoolId }: Pick<Into, 'deps' | 'schoolId'>) {
  const looked = await importOf(deps.db, schoolId, importId);
  if (looked?.status !== 'looked') throw new Refusal('Closed', 'There is no such import that waits to be taken.');
  return looked;
}

type How = { leaveOutRejected: boolean; reason: string | undefined };

async function take(importId: string, { leaveOutRejected, reason }: How, { deps, schoolId, today }: Into): Promise<number> {
  const seen = fingerprint((await waiting(importId, { deps, schoolId })).effects);
  const unsaid = reason?.trim() ? 0 : await correctedWithoutReason(deps.db, importId);
  if (unsaid > 0)
    throw new Refusal(
      'NotAllowed',
      `${counted(unsaid, 'known mark')} would be corrected without a reason. Say why with --reason`,
    );
  const yes = { schoolId, importId, on: await today(), by: null, via: runBy('firstbell take-import') };
  try {
    console.log(`${await takeImport(deps, { ...yes, seen, reason, leaveOutRejected })}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'Stale')) throw error;
    const now = await importOf(deps.db, schoolId, importId);
    console.error(
      [`${error.message}:`, ...(now ? lookLines(now, await correctedWithoutReason(deps.db, importId)) : [])].join('\n'),
    );
    return 1;
  }
}
