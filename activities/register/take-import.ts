import type { PoolClient } from 'pg';
import { counted } from '../../policy/counted.ts';
import { Refusal } from '../../policy/refusal.ts';
import { asTheFileSays } from '../../policy/register/correction.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { fingerprint } from '../../prisma/imports.ts';
import { effectsOf } from './effects.ts';
import type { Counts, ImportDeps, SchoolOnDay } from './import-result.ts';
import { clearInterrupted, finished, forget, whoBrought } from './import-row.ts';
import { countsOf, type Importer } from './importer.ts';
import { importers } from './importers.ts';
import { keepLook } from './look-at-import.ts';
import type { Problem } from './raw-row.ts';
import { mergeTimes } from './run-import.ts';
import { saySuccess } from './say-result.ts';
import { withSchoolLock } from './school-lock.ts';
import { nowBy, stagedRows, whatItWouldDo } from './try-import.ts';

/** A person's yes to an import they looked at. `seen` is the fingerprint of the effects that they were shown. */
export type Taking = SchoolOnDay & { importId: string; seen: string; leaveOutRejected: boolean } & {
  /** Whose yes it is: a user's id; or null and how it came. What it corrects is theirs from then on, not whose file it was. */
  by: string | null;
  via?: string;
  /** Why it corrects marks that are known, where its rows give no reason. Without one, what was said with the file stands, or asTheFileSays. */
  reason?: string | undefined;
};

/** The register, or the school's date, is another than when somebody looked: taking the file would do something else. */
class DoesOtherwise extends Error {}

/**
 * Takes into the register what somebody has looked at: exactly what they saw, or nothing.
 * @returns what it did, for people
 * @throws Refusal('Closed') if there is nothing (left) to take; 'NotAllowed' if rows were rejected and nobody said to leave
 * them out; 'Stale' if it would now do something else, after looking at it again; 'Busy' while another import runs.
 */
export async function takeImport(deps: ImportDeps, taking: Taking): Promise<string> {
  const { schoolId, importId } = taking;
  return withSchoolLock(deps.pool, schoolId, deps.lockWaitMs ?? 30_000, async (client) => {
    await clearInterrupted(deps.db, client, schoolId);
    const looked = await lookedAt(deps.db, taking);
    const importer = await importers[looked.kind as ImportKind](client, taking);
    let counts: Counts;
    try {
      counts = await deps.db.$transaction((tx) => takeNow(tx, deps, taking, importer), mergeTimes);
    } catch (error) {
      if (!(error instanceof DoesOtherwise)) throw error;
      await lookAgain(deps, taking, importer, client);
      throw new Refusal('Stale', 'The register has changed since you looked. This is what the file would do now');
    }
    await forget(deps.db, importId).catch(() => undefined);
    const said = await saySuccess(deps.db, { importId, ...counts });
    return looked.rejected > 0 ? `${said}. ${counted(looked.rejected, 'row')} left out` : said;
  });
}

async function lookedAt(db: Db, { schoolId, importId, leaveOutRejected }: Taking) {
  const looked = await db.registerImport.findFirst({ where: { id: importId, schoolId } });
  if (!looked) throw new Refusal('NotFound', 'There is no such import at your school');
  if (looked.status !== 'looked') throw new Refusal('Closed', 'This import does not wait for anybody’s decision any more');
  if (looked.rejected > 0 && !leaveOutRejected)
    throw new Refusal(
      'NotAllowed',
      `${counted(looked.rejected, 'row')} cannot be taken. Say that ${looked.rejected === 1 ? 'it is' : 'they are'} to be left out, or mend the file and import it again`,
    );
  return looked;
}

type Looked = { rows: number; rejected: number; sha256: string; fileName: string; reason: string | null };

async function takeNow(tx: Tx, deps: ImportDeps, taking: Taking, importer: Importer): Promise<Counts> {
  const { importId } = taking;
  const [row] = await tx.$queryRaw<Looked[]>`
    SELECT rows, rejected, sha256, file_name AS "fileName", reason FROM register_import
    WHERE id = ${importId}::uuid AND status = 'looked' FOR UPDATE`;
  if (!row) throw new Refusal('Closed', 'This import does not wait for anybody’s decision any more');
  const good = await stagedRows(tx, importer, importId);
  if (good !== row.rows - row.rejected)
    throw new Refusal('Closed', 'The rows that were looked at are lost, as the database was interrupted: import the file again');
  const found = [...(await importer.problems(tx, importId)), ...(await importer.outdated(tx, importId))];
  if (found.length > 0) throw new DoesOtherwise();
  const merged = await importer.merge({ tx, deps, order: taking, importId });
  const effects = await effectsOf(tx, merged, { good, now: nowBy(deps) });
  if (fingerprint(effects) !== taking.seen) throw new DoesOtherwise();
  const reason = importer.kind === 'marks' ? (taking.reason ?? row.reason ?? asTheFileSays(row.fileName)) : row.reason;
  await tx.registerImport.update({ where: { id: importId }, data: { ...(await whoBrought(tx, taking)), reason } });
  const counts = countsOf(merged, { rows: row.rows, good });
  await finished(tx, importId, counts, row.sha256);
  return counts;
}

/** Keeps what the import would do now, for the person to look at. */
async function lookAgain(deps: ImportDeps, taking: Taking, importer: Importer, client: PoolClient): Promise<void> {
  const { importId: id } = taking;
  const { effects, found } = await whatItWouldDo(deps, taking, importer, id, client);
  const { fileName, problems } = await deps.db.registerImport.findUniqueOrThrow({ where: { id } });
  const more = found.map((one) => ({ file: fileName, ...one }));
  await keepLook(deps.db, id, { effects, problems: [...(problems as Problem[]), ...more] });
}
