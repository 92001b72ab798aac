import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { importRegisterFile } from '../activities/register/import-register-file.ts';
import type { ImportDeps } from '../activities/register/import-result.ts';
import { started, waitedInVain } from '../activities/register/import-row.ts';
import { mappingFor } from '../activities/register/known-mappings.ts';
import { saySuccess } from '../activities/register/say-result.ts';
import type { Deps, ImportDone } from '../api/deps.ts';
import { asTheFileSays } from '../policy/register/correction.ts';
import { importAsked } from '../prisma/imports.ts';
import { todayAt } from '../prisma/school-clock.ts';

/** How long one that is just being written is waited for when the process ends, in ms. */
const patience = 2_500;

type Asked = Parameters<Deps['importFile']>[0];

/**
 * Takes files into the register beside the requests that brought them: each is listed while it waits for its turn, and goes on though
 * whoever sent it hangs up. Asked again under the same key, it is the same import, unless that came to nothing.
 */
export function takings(deps: ImportDeps) {
  const { db } = deps;
  const going = new Map<string, Promise<ImportDone>>();

  async function begin(asked: Asked): Promise<ImportDone> {
    const { last, next } = await importAsked(db, asked.schoolId, asked.key);
    const same = last && going.get(last.id);
    if (same) return same;
    if (last?.status === 'done') return { id: last.id, says: await saySuccess(db, { importId: last.id, ...last }), done: true };
    // A process that was killed left it waiting for nothing.
    if (last) await waitedInVain(db, last.id, 'The import was interrupted and nothing was changed: import the file again');
    const taking = take(asked, next).finally(() => going.delete(next));
    going.set(next, taking);
    return taking;
  }

  async function take(asked: Asked, importId: string): Promise<ImportDone> {
    const { kind, schoolId, fileName, by, path, mapping: named, reason = asTheFileSays(fileName) } = asked;
    // The request's own file goes with its answer, or with whoever hangs up.
    const kept = `${path}.taken`;
    await rename(path, kept);
    try {
      const mapping = named === undefined ? undefined : await mappingFor(db, schoolId, named, kind);
      const of = { schoolId, fileName, by, reason };
      await started(db, importId, kind, 'waiting', of);
      const on = todayAt(await db.school.findUniqueOrThrow({ where: { id: schoolId } }), Date.now());
      const { says, status } = await importRegisterFile(kind, deps, () => createReadStream(kept), {
        ...of,
        importId,
        on,
        mapping,
      });
      return { id: importId, says, done: status === 'done' };
    } catch (error) {
      await waitedInVain(db, importId, 'Its turn did not come and nothing was changed: import the file again').catch(
        () => undefined,
      );
      throw error;
    } finally {
      await rm(kept, { force: true });
    }
  }

  return { begin, ended: () => Promise.race([Promise.allSettled(going.values()), pause(patience, undefined, { ref: false })]) };
}
