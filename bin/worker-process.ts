import { DefaultLogger, type LogEntry, Runtime, Worker } from '@temporalio/worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { letterActivities } from '../activities/letters/activities.ts';
import { mailer } from '../activities/mail/sender.ts';
import { matterActivities } from '../activities/matter/activities.ts';
import { pupilLooker } from '../activities/matter/look-at-pupil.ts';
import { relay } from '../activities/outbox/relay.ts';
import { relayLoop } from '../activities/outbox/relay-loop.ts';
import { restingMatters } from '../activities/outbox/resting.ts';
import { registerActivities } from '../activities/register/activities.ts';
import { reminderActivities } from '../activities/reminders/activities.ts';
import { trainingActivities } from '../activities/training/activities.ts';
import { connect } from '../prisma/client.ts';
import { taskQueue } from '../workflows/messages.ts';
import { casesOpener } from './cases-opener.ts';
import type { Config } from './config.ts';
import { dataConverter, engineClient, engineConnection } from './engine/engine.ts';
import { morningSchedules } from './engine/morning-schedule.ts';
import { searchAttributes } from './engine/search-attributes.ts';
import { workflowBundle } from './engine/workflow-bundle.ts';
import type { Running } from './serve.ts';

/** Where a training school's days come from: the generator, unless something else is given. */
export type Register = NonNullable<Parameters<typeof trainingActivities>[0]['register']>;

type Given = {
  register?: Register;
  /** Epoch ms, by the clock that the engine's timers go by. */
  now?: () => number;
};

/** How much a worker takes on at once, and how long it may take to end. */
export const workerSettings = {
  shutdownGraceTime: '4 s',
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentLocalActivityExecutions: 20,
  /** A third of the shortest silence that the engine takes for a death. */
  maxHeartbeatThrottleInterval: '7 s',
} as const;

/** Runs cases, letters and the outbox until it is stopped. What it has begun it finishes first. */
export async function startWorker(config: Config, log: Logger, { register, now = Date.now }: Given = {}): Promise<Running> {
  quietRuntime(log);
  const db = connect(config.DATABASE_URL);
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 5 });
  pool.on('error', (err) => log.warn({ err }, 'A connection to the database was lost'));
  const { client, connection } = await engineClient(config);
  await searchAttributes(connection, config.TEMPORAL_NAMESPACE);
  await morningSchedules(client, log);
  const mail = mailer({ smtpUrl: config.SMTP_URL, catcherUrl: config.MAIL_CATCHER_URL ?? null });
  const matters = matterActivities({ db, now });
  const activities = {
    ...matters,
    ...letterActivities({ db, mail, mailFrom: addressIn(config.MAIL_FROM), now, advance: matters.advance }),
    ...reminderActivities({ db, mail, mailFrom: addressIn(config.MAIL_FROM), baseUrl: config.BASE_URL, now }),
    ...registerActivities({ db, pool, openCases: casesOpener(now), now }),
    ...trainingActivities({ db, pool, openCases: casesOpener(now), now, ...(register ? { register } : {}) }),
  };
  const native = await engineConnection(config);
  const worker = await Worker.create({
    connection: native,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue,
    workflowBundle,
    activities,
    dataConverter: await dataConverter(config),
    ...workerSettings,
  });
  const stopping = new AbortController();
  const failed = (err: unknown) => log.error({ err }, 'The outbox waits: the engine or the database does not answer');
  const resting = restingMatters();
  const lookAtPupil = pupilLooker({ db, pool, now });
  const relaying = relayLoop({
    once: () => relay({ db, client, resting, advanceClosed: matters.advance, lookAtPupil, told: stopping.signal }),
    failed,
    signal: stopping.signal,
  });
  const running = worker.run();
  return {
    async stop() {
      stopping.abort();
      await relaying;
      worker.shutdown();
      await running;
      mail.close();
      await Promise.all([native.close(), connection.close(), db.$disconnect(), pool.end()]);
    },
  };
}

/** "Firstbell <a@b>" or "a@b": the address. */
const addressIn = (from: string): string => /<([^>]+)>/.exec(from)?.[1] ?? from;

/** The SDK's own log lines become lines of ours, from warnings up. When to stop is ours to say: it handles no signals. */
export function quietRuntime(log: Logger): void {
  const hear = ({ level, message, meta }: LogEntry): void => {
    const about = { err: meta?.error, activity: meta?.activityType, workflow: meta?.workflowId };
    log[level === 'ERROR' ? 'error' : 'warn'](about, message);
  };
  try {
    Runtime.install({
      logger: new DefaultLogger('WARN', hear),
      telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
      shutdownSignals: [],
    });
  } catch {
    // Another worker of this process has set it up.
  }
}
