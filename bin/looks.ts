import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type LookOrder, lookAtRegisterFile } from '../activities/register/import-register-file.ts';
import type { ImportDeps } from '../activities/register/import-result.ts';
import { started } from '../activities/register/import-row.ts';
import { mappingFor } from '../activities/register/known-mappings.ts';
import type { ImportAsked } from '../api/deps.ts';
import { guess } from '../policy/register/file-how.ts';
import { todayAt } from '../prisma/school-clock.ts';

/** How long somebody waits at the page for a look before they are shown how far it is, in ms. */
const patience = 2_500;
/** A look that waits for another import of the school waits long: nobody stands beside it. In ms. */
const lockWaitMs = 30 * 60_000;

/** Looks at files beside the requests that brought them. */
export function looks(deps: ImportDeps, log: Logger) {
  const going = new Set<Promise<void>>();

  async function begin({ kind, schoolId, fileName, by, path, mapping: asked, reason }: ImportAsked): Promise<{ id: string }> {
    const mapping: LookOrder['mapping'] =
      asked === undefined || asked === guess ? guess : await mappingFor(deps.db, schoolId, asked, kind);
    const school = await deps.db.school.findUniqueOrThrow({ where: { id: schoolId } });
    const importId = randomUUID();
    // The request's own file goes with its answer.
    const kept = `${path}.looked-at`;
    await rename(path, kept);
    await started(deps.db, importId, kind, 'waiting', { schoolId, fileName, by, reason });
    const order = { schoolId, fileName, by, on: todayAt(school, Date.now()), importId, mapping };
    const look = lookAtRegisterFile(kind, { ...deps, lockWaitMs }, () => createReadStream(kept), order)
      .catch((err) => log.error({ err, importId }, 'An import could not be looked at'))
      .finally(() => rm(kept, { force: true }));
    going.add(look);
    void look.finally(() => going.delete(look));
    await Promise.race([look, pause(patience)]);
    return { id: importId };
  }

  return { begin, ended: () => Promise.race([Promise.all(going), pause(patience)]) };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());
