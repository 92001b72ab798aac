import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { arrivedFile, arrivedFiles, keepArrived, readArrived } from '../activities/register/arrived-file.ts';
import { importRegisterFile, lookAtRegisterFile } from '../activities/register/import-register-file.ts';
import type { ImportDeps } from '../activities/register/import-result.ts';
import { Cancelled, dropFile, waitedInVain } from '../activities/register/import-row.ts';
import { mappingFor } from '../activities/register/known-mappings.ts';
import type { Problem } from '../activities/register/raw-row.ts';
import { sayResult } from '../activities/register/say-result.ts';
import type { Deps, ImportAsked, ImportDone } from '../api/deps.ts';
import { Refusal } from '../policy/refusal.ts';
import { whyCorrected } from '../policy/register/correction.ts';
import type { ImportKind } from '../policy/register/csv-forms.ts';
import { guess } from '../policy/register/file-how.ts';
import { importAsked } from '../prisma/imports.ts';
import { todayAt } from '../prisma/school-clock.ts';

/** How long somebody waits at the page for a look before they are shown how far it is, and a stop for what runs, in ms. */
const patience = 2_500;
/** Between two files of a school, in ms: whoever stands at a page, and corrects a mark, gets their turn there. */
const gap = 1_000;
/** How often it is looked for files that a process left which has ended, in ms. */
const lookEvery = 60_000;

type Taken = Parameters<Deps['importFile']>[0];
type Import = { id: string; schoolId: string };

/**
 * Looks at files, or takes them into the register, beside the requests that brought them. Each is kept and listed before anything else
 * is done: so neither who sent it nor this process has to last until its turn has come. Those of a school follow each other as they came.
 */
export function arrivals(deps: ImportDeps, log: Logger) {
  const { db } = deps;
  const going = new Map<string, Promise<void>>();
  const lastOf = new Map<string, Promise<void>>();
  let ending = false;
  const into = { ...deps, ending: () => ending };

  /** Answers when it is known what the file would do, or soon: the import's row says how far it is. */
  async function look({ mapping = guess, ...asked }: ImportAsked): Promise<{ id: string }> {
    const id = randomUUID();
    await arrive(id, 'look', { ...asked, mapping });
    const looked = run({ ...asked, id }).catch(tell(id));
    await Promise.race([looked, pause(patience, undefined, { ref: false })]);
    return { id };
  }

  /** Answers when it has ended. Asked again under the same key it is the same import, unless that came to nothing. */
  async function take({ key, ...asked }: Taken): Promise<ImportDone> {
    const { schoolId } = asked;
    const { last, next } = await importAsked(db, schoolId, key);
    const goesOn = last !== null && last.status !== 'refused' && last.status !== 'cancelled';
    const id = goesOn ? last.id : next;
    if (!goesOn) await arrive(id, 'take', asked);
    await run({ id, schoolId }).catch((error) => {
      // Another process may have done it meanwhile: what came of it is asked below.
      if (!(error instanceof Cancelled)) throw error;
    });
    return whatCameOf(id);
  }

  async function whatCameOf(importId: string): Promise<ImportDone> {
    const { kind, status, problems, ...counts } = await db.registerImport.findUniqueOrThrow({ where: { id: importId } });
    if (status !== 'done' && status !== 'refused') throw new Cancelled();
    const result = { ...counts, importId, kind: kind as ImportKind, problems: problems as Problem[] };
    const { says } = await sayResult(db, { ...result, status });
    return { id: importId, says, done: status === 'done' };
  }

  async function arrive(
    importId: string,
    aim: 'look' | 'take',
    { path, kind, mapping: layout, ...of }: ImportAsked,
  ): Promise<void> {
    // A layout that is not there is refused to who names it, not in a list.
    const mapping = await mappingNamed(of.schoolId, layout, kind);
    const reason = aim === 'take' ? whyCorrected({ ...of, mapping }) : of.reason;
    await keepArrived(db, path, { importId, kind, of: { ...of, reason }, aim, layout: layout ?? null });
  }

  const mappingNamed = (schoolId: string, name: string | undefined, kind: ImportKind) =>
    name === undefined || name === guess ? undefined : mappingFor(db, schoolId, name, kind);

  /** Does with a file that has arrived what it is for, once, when those of its school are done that came before. */
  function run({ id, schoolId }: Import): Promise<void> {
    const already = going.get(id);
    if (already) return already;
    const before = lastOf.get(schoolId)?.then(() => pause(gap, undefined, { ref: false }));
    const one = (before ?? Promise.resolve()).then(() => runNow(id)).finally(() => going.delete(id));
    going.set(id, one);
    const over = one.catch(() => undefined).finally(() => lastOf.get(schoolId) === over && lastOf.delete(schoolId));
    lastOf.set(schoolId, over);
    return one;
  }

  async function runNow(importId: string): Promise<void> {
    const found = await arrivedFile(db, importId);
    if (!found) return;
    const { import: of, layout, aim } = found;
    if (of.status !== 'waiting' && of.status !== 'running') return void (await dropFile(db, importId));
    const { schoolId, fileName, byUser: by, reason } = of;
    const kind = of.kind as ImportKind;
    const order = { importId, schoolId, fileName, by, reason: reason ?? undefined, on: todayAt(of.school, Date.now()) };
    const open = () => readArrived(db, importId);
    try {
      const mapping = await mappingNamed(schoolId, layout ?? undefined, kind);
      if (aim === 'take') await importRegisterFile(kind, into, open, { ...order, mapping });
      else await lookAtRegisterFile(kind, into, open, { ...order, mapping: layout === guess ? guess : mapping });
    } catch (error) {
      const cure =
        error instanceof Refusal ? error.message : 'Its turn did not come and nothing was changed: import the file again';
      if (!ending && !(error instanceof Cancelled)) await waitedInVain(db, importId, cure).catch(() => undefined);
      throw error;
    }
  }

  const tell = (importId: string) => (err: unknown) => {
    if (!ending && !(err instanceof Cancelled)) log.error({ err, importId }, 'A file that had arrived could not be taken up');
  };

  /** Goes on with what waited or ran when the process that had it ended. What another process has as well is done by whoever comes first. */
  async function takeUp(): Promise<void> {
    for (const one of await arrivedFiles(db)) if (!going.has(one.id)) run(one).catch(tell(one.id));
  }

  const looking = setInterval(
    () => void takeUp().catch((err) => log.warn({ err }, 'It is looked for files again soon')),
    lookEvery,
  );
  looking.unref();

  async function stop(): Promise<void> {
    ending = true;
    clearInterval(looking);
    await Promise.race([Promise.allSettled(going.values()), pause(patience, undefined, { ref: false })]);
  }

  return { look, take, takeUp, stop };
}
