import { Refusal } from '../../policy/refusal.ts';
import { type Report, reporting, reportShown } from '../../policy/simulate/report.ts';
import type { Db } from '../../prisma/client.ts';
import { packOf } from '../../prisma/packs.ts';
import { simulatedSchool } from '../../prisma/simulated-pupils.ts';
import { endSimulation, noteSimulation, type SimulationAsked, simulationToRun } from '../../prisma/simulations.ts';
import { yearNamed } from './year-named.ts';

/** How often a running simulation says how far it is, in ms. */
const noteEvery = 1_000;

/**
 * Runs a simulation that the pages were asked for, and keeps what it came to. It does nothing if somebody has forgotten it, and
 * stops when somebody does.
 */
export async function runKept(db: Db, id: string): Promise<void> {
  const row = await simulationToRun(db, id);
  if (!row) return;
  try {
    const report = await reportOf(db, id, row.school, row.asked);
    if (report) await endSimulation(db, id, { status: 'done', report: reportShown(report) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await endSimulation(db, id, { status: 'failed', why: error.message });
  }
}

async function reportOf(
  db: Db,
  id: string,
  { id: schoolId, name }: { id: string; name: string },
  { policies, year, asKnown, assumptions }: SimulationAsked,
): Promise<Report | null> {
  const packs = await Promise.all(policies.map((policy) => packOf(db, policy.id, policy.version)));
  const span = yearNamed(year);
  const school = await simulatedSchool(db, schoolId, { ...span, asKnown });
  const run = reporting(packs, school, { ...span, assumptions }, { school: name, year });
  let noted = Number.NEGATIVE_INFINITY;
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
    if (performance.now() - noted < noteEvery) continue;
    noted = performance.now();
    if (!(await noteSimulation(db, id, next.value))) return null;
  }
}
