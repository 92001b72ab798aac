import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { Logger } from 'pino';
import { makeChange } from '../activities/calendar/make-change.ts';
import { showChange, showFile } from '../activities/calendar/show-change.ts';
import { policyPdf } from '../activities/letters/pdf.ts';
import { movedUnder, timeMovedUnder } from '../activities/letters/write-anew.ts';
import { matterActivities } from '../activities/matter/activities.ts';
import { openForConcern } from '../activities/matter/open-for-concern.ts';
import { previewDecision } from '../activities/matter/preview.ts';
import { reopenCase } from '../activities/matter/reopen-case.ts';
import { tryMove } from '../activities/matter/try-move.ts';
import { cancelImport } from '../activities/register/cancel-import.ts';
import { correctMark } from '../activities/register/correct-mark.ts';
import type { ImportResult } from '../activities/register/import-result.ts';
import { presets } from '../activities/register/reading/presets.ts';
import { settleUnexplained } from '../activities/register/settle-unexplained.ts';
import { takeImport } from '../activities/register/take-import.ts';
import { createApp } from '../api/app.ts';
import type { Deps } from '../api/deps.ts';
import { mattersThrough } from '../api/engine/matters.ts';
import { assetUrls } from '../api/web/assets.ts';
import { connect, type Db } from '../prisma/client.ts';
import { letterById } from '../prisma/letters.ts';
import { todayAt } from '../prisma/school-clock.ts';
import { taskQueue } from '../workflows/messages.ts';
import { arrivals } from './arrivals.ts';
import { proofs, simulations } from './asked-on-pages.ts';
import { casesOpener } from './cases-opener.ts';
import type { Config } from './config.ts';
import { engineClient } from './engine/engine.ts';
import { polledLately } from './engine/polled-lately.ts';
import type { Running } from './serve.ts';

export type RunningApi = Running & { url: string };

/** Serves pages and the API until it is stopped. Requests under way are finished first. */
export async function startApi(config: Config, log: Logger): Promise<RunningApi> {
  const db = connect(config.DATABASE_URL);
  const connections = (max: number) =>
    new pg.Pool({ connectionString: config.DATABASE_URL, max }).on('error', (err) =>
      log.warn({ err }, 'A connection to the database was lost'),
    );
  const pool = connections(10);
  // An import holds a connection as long as it runs: no page waits for one.
  const importPool = connections(10);
  const into = importing({ db, pool: importPool });
  const { client, connection } = await engineClient(config);
  const now = Date.now;
  const matters = mattersThrough({ client, connection, db, advanceClosed: matterActivities({ db, now }).advance });
  const arriving = arrivals({ ...into, lockWaitMs: turnWaitMs }, log);
  const simulating = simulations({ db, databaseUrl: config.DATABASE_URL, log });
  const proving = proofs({ db, databaseUrl: config.DATABASE_URL, log });
  const deps: Deps = {
    db,
    log,
    matters,
    now,
    policyPdf,
    movedUnder: async (letterId) => movedUnder(db, await letterById(db, letterId), now()),
    timeMovedUnder: async (letterId) => timeMovedUnder(db, await letterById(db, letterId), now()),
    preview: ({ words, ...asked }) => previewDecision(db, now(), asked, words),
    tryMove: (asked) => tryMove(db, now(), asked),
    reopenCase: (asked) => reopenCase({ db, pool: importPool, now: now(), lockWaitMs }, asked),
    openForConcern: (asked) => openForConcern({ db, pool: importPool, now: now(), lockWaitMs }, asked),
    layouts: presets(),
    importFile: arriving.take,
    lookAtFile: arriving.look,
    takeImport: async (asked) =>
      takeImport({ ...into, lockWaitMs: turnWaitMs }, { ...asked, on: await todayOf(db, asked.schoolId) }),
    cancelImport: (asked) => cancelImport(db, asked),
    correctMark: async (asked) => changedBy(await correctMark(into, asked)),
    settleUnexplained: async (asked) => changedBy(await settleUnexplained(into, asked)),
    calendar: calendarIn(db),
    simulate: simulating.begin,
    prove: proving.begin,
    checks: {
      database: async () => void (await db.$queryRaw`SELECT 1`),
      engine: () =>
        connection.withDeadline(Date.now() + 2_000, async () => void (await connection.workflowService.getSystemInfo({}))),
      worker: () => connection.withDeadline(Date.now() + 2_000, () => someonePolls(connection, config.TEMPORAL_NAMESPACE)),
    },
    settings: { baseUrl: config.BASE_URL, sessionSecret: config.SESSION_SECRET, mailInboxUrl: config.MAIL_INBOX_URL ?? null },
  };
  const server = createServer(createApp(deps, pool));
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  // Made while the worker bundles its workflows, not for the first reader to wait for.
  assetUrls();
  await arriving.takeUp();
  return {
    url: `http://${config.HOST}:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const insist = setTimeout(() => server.closeAllConnections(), 3_000);
      await closed;
      clearTimeout(insist);
      await Promise.all([arriving.stop(), simulating.stop(), proving.stop()]);
      await Promise.all([db.$disconnect(), pool.end(), importPool.end(), connection.close()]);
    },
  };
}

/** How a school's calendar is changed. */
const calendarIn = (db: Db): Deps['calendar'] => ({
  show: (asked) => showChange(db, asked),
  showFile: (asked) => showFile(db, asked),
  make: (asked) => makeChange(db, asked),
});

async function someonePolls(
  connection: Awaited<ReturnType<typeof engineClient>>['connection'],
  namespace: string,
): Promise<void> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  if (!polledLately(pollers ?? [], Date.now())) throw new Error('No worker polls the queue');
}

const todayOf = async (db: Db, id: string) => todayAt(await db.school.findUniqueOrThrow({ where: { id } }), Date.now());

const changedBy = ({ added, changed, casesOpened, casesTakenUp, casesTold }: ImportResult) => ({
  ...{ changed: added + changed, casesOpened, casesTakenUp, casesTold },
});

/** A file, and what was looked at and is to be taken, waits long for its turn: nobody has to stand beside it. In ms. */
const turnWaitMs = 30 * 60_000;
/** Who corrects a mark waits at the page: most imports end in this time, and after it they hear that one runs. In ms. */
const lockWaitMs = 20_000;
const importing = (parts: { db: Db; pool: pg.Pool }) => ({ ...parts, openCases: casesOpener(), lockWaitMs });
