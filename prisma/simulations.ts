import type { Assumptions } from '../policy/simulate/assumptions.ts';
import { assumed, saidOf } from '../policy/simulate/assumptions-file.ts';
import { keptReport } from '../policy/simulate/kept-report.ts';
import type { Progress, ReportShown } from '../policy/simulate/report.ts';
import type { Db } from './client.ts';
import type { Prisma } from './generated/client.ts';
import { pageAfter } from './page-after.ts';

/** What somebody asked to be simulated: one policy, or two beside each other, as they were worded then. */
export type SimulationAsked = {
  policies: { id: string; version: string; title: string }[];
  /** "2026/27" */
  year: string;
  asKnown: boolean;
  assumptions: Assumptions;
};

const omit = { report: true } as const;
/** What was not assumed yet when it was asked is as usual. */
function withAsked<R extends { asked: unknown }>({ asked, ...row }: R) {
  const said = asked as SimulationAsked;
  return { ...row, asked: { ...said, assumptions: assumed(saidOf(said.assumptions)) } };
}

/** A page of a school's simulations, newest first. */
export async function simulationsOf(db: Db, schoolId: string, after: string | undefined) {
  const { rows, next } = await pageAfter(
    after,
    [
      ['startedAt', 'desc'],
      ['id', 'asc'],
    ],
    (id) => db.simulation.findFirst({ where: { id, schoolId }, omit }),
    ({ where, ...at }) => db.simulation.findMany({ where: { AND: [{ schoolId }, where] }, omit, ...at }),
  );
  return { rows: rows.map(withAsked), next };
}
export type SimulationListed = Awaited<ReturnType<typeof simulationsOf>>['rows'][number];

/** One simulation of a school, with what it came to; null if it has none of that id. */
export async function simulationOf(db: Db, schoolId: string, id: string) {
  const row = await db.simulation.findFirst({ where: { id, schoolId } });
  const report = row?.report as ReportShown | null | undefined;
  return row && { ...withAsked(row), report: report ? keptReport(report) : null };
}
export type Simulation = NonNullable<Awaited<ReturnType<typeof simulationOf>>>;

/** How many of a school's simulations have not ended. */
export const simulationsUnderWay = (db: Db, schoolId: string): Promise<number> =>
  db.simulation.count({ where: { schoolId, status: { in: ['waiting', 'running'] } } });

/** Keeps what was asked, once for its id: it waits for a process to run it. */
export async function askSimulation(
  db: Db,
  asked: { id: string; schoolId: string; byUser: string; asked: SimulationAsked },
): Promise<void> {
  await db.simulation.createMany({ data: [asked], skipDuplicates: true });
}

/** Forgets a simulation. Whoever runs it finds that it is gone, and stops. */
export const forgetSimulation = async (db: Db, schoolId: string, id: string): Promise<boolean> =>
  (await db.simulation.deleteMany({ where: { id, schoolId } })).count > 0;

/** Takes the simulation that waits longest, or whose process has not been heard of since `silentSince`; null if there is none. */
export async function takeSimulation(db: Db, silentSince: Date): Promise<string | null> {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    UPDATE simulation SET status = 'running', heard_at = now(), done = 0 WHERE id = (
      SELECT id FROM simulation WHERE status = 'waiting' OR (status = 'running' AND heard_at < ${silentSince}::timestamptz)
      ORDER BY started_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id`;
  return taken?.id ?? null;
}

/** What is to be run, for the process that runs it; null if it was forgotten meanwhile. */
export async function simulationToRun(db: Db, id: string) {
  const row = await db.simulation.findFirst({ where: { id, status: 'running' }, omit, include: { school: true } });
  return row && withAsked(row);
}

type Ending = { status: 'done'; report: ReportShown } | { status: 'failed'; why: string };

const running = (id: string) => ({ where: { id, status: 'running' } });

/** Notes how far it is. False if it is not to go on: it was forgotten. */
export const noteSimulation = async (db: Db, id: string, so: Progress): Promise<boolean> =>
  (await db.simulation.updateMany({ ...running(id), data: { ...so, heardAt: new Date() } })).count > 0;

/** Notes that the process which runs it is at it. */
export const heardOfSimulation = async (db: Db, id: string): Promise<void> =>
  void (await db.simulation.updateMany({ ...running(id), data: { heardAt: new Date() } }));

/** Keeps what it came to, or why it came to nothing. */
export async function endSimulation(db: Db, id: string, ending: Ending): Promise<void> {
  const finishedAt = new Date();
  if (ending.status === 'failed') {
    await db.simulation.updateMany({ ...running(id), data: { ...ending, finishedAt } });
    return;
  }
  const report = ending.report as unknown as Prisma.InputJsonValue;
  const pupils = ending.report.outcomes[0]?.pupils ?? 0;
  await db.simulation.updateMany({ ...running(id), data: { status: 'done', report, done: pupils, of: pupils, finishedAt } });
}

/** Lets it wait again: whoever ran it was told to stop. */
export async function handBackSimulation(db: Db, id: string): Promise<void> {
  await db.simulation.updateMany({ ...running(id), data: { status: 'waiting', done: 0 } });
}
