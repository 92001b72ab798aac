import type { z } from 'zod';
import { schoolYearOf } from '../../policy/calendar/school-calendar.ts';
import { counted } from '../../policy/counted.ts';
import { Refusal } from '../../policy/refusal.ts';
import { assumed, saidOf } from '../../policy/simulate/assumptions-file.ts';
import type { ReportShown } from '../../policy/simulate/report.ts';
import { newestPack } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import {
  askSimulation,
  forgetSimulation,
  type Simulation as Kept,
  type SimulationListed,
  simulationOf,
  simulationsUnderWay,
} from '../../prisma/simulations.ts';
import type { Ctx } from '../web/route.ts';
import { reportFacts } from './report-json.ts';
import { type Simulation, type SimulationOrder, type SimulationRow, statusOf } from './shapes.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;
type Acting = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;
type Reading = Pick<Ctx, 'deps' | 'user'>;

/** As many simulations of a school as may wait or run at a time: more of them only keep other schools waiting. */
const mostUnderWay = 3;

/** The school years that can be tried: those of the calendar's terms that have begun, the newest first. */
export async function yearsOf({ deps, user, at }: Asking): Promise<string[]> {
  const school = await schoolOf(deps.db, user);
  const { terms } = await calendarOf(deps.db, school.id);
  const today = todayAt(school, at);
  return [...new Set(terms.filter(({ from }) => from <= today).map(({ from }) => schoolYearOf(from)))].reverse();
}

/**
 * Has a year simulated, and gives its id. It waits until whoever runs simulations comes to it.
 * @throws Refusal('BadInput') for a policy or a year that is not here, or ('Busy') if too many are under way
 */
export async function startSimulation(ctx: Acting, order: SimulationOrder): Promise<string> {
  const { deps, user, key: id } = ctx;
  const { id: schoolId } = await schoolOf(deps.db, user);
  if (!(await yearsOf(ctx)).includes(order.year))
    throw new Refusal('BadInput', `The calendar has no term of ${order.year} that has begun: choose another year`);
  const named = [order.policy, ...(order.against ? [order.against] : [])];
  const policies = await Promise.all(
    named.map(async (id) => {
      const { version, pack } = await newestPack(deps.db, id);
      return { id, version, title: pack.title };
    }),
  );
  if ((await simulationsUnderWay(deps.db, schoolId)) >= mostUnderWay)
    throw new Refusal(
      'Busy',
      `${counted(mostUnderWay, 'simulation')} of this school are under way: wait until one has ended, or delete one`,
    );
  const { year, asKnown, assumptions = {} } = order;
  const asked = { policies, year, asKnown, assumptions: assumed(assumptions) };
  await askSimulation(deps.db, { id, schoolId, byUser: user.id, asked });
  deps.simulate();
  return id;
}

/** @throws Refusal('NotFound') if the user's school has none of that id */
export async function simulationAt({ deps, user }: Reading, id: string): Promise<Kept> {
  const { id: schoolId } = await schoolOf(deps.db, user);
  const found = await simulationOf(deps.db, schoolId, id);
  if (!found) throw new Refusal('NotFound', 'Your school has no such simulation. It may have been deleted');
  return found;
}

/** What a simulation came to. @throws Refusal('Closed') if it has not ended well */
export async function reportAt(ctx: Reading, id: string): Promise<ReportShown> {
  const { report } = await simulationAt(ctx, id);
  if (!report) throw new Refusal('Closed', 'This simulation has no report: it has not ended, or it failed');
  return report;
}

/** Deletes it, and stops it if it runs. */
export async function deleteSimulation({ deps, user }: Reading, id: string): Promise<void> {
  const { id: schoolId } = await schoolOf(deps.db, user);
  if (!(await forgetSimulation(deps.db, schoolId, id)))
    throw new Refusal('NotFound', 'Your school has no such simulation. It may have been deleted');
}

export const simulationRow = ({ id, asked, status, done, of, why, ...at }: SimulationListed): z.input<typeof SimulationRow> => ({
  ...{ id, policies: asked.policies, year: asked.year, asKnown: asked.asKnown, status: statusOf(status), done, of, why },
  ...{ startedAt: at.startedAt.toISOString(), finishedAt: at.finishedAt?.toISOString() ?? null },
});

export const simulationFacts = (kept: Kept): z.input<typeof Simulation> => ({
  ...simulationRow(kept),
  assumptions: saidOf(kept.asked.assumptions),
  report: kept.report && reportFacts(kept.report),
});
