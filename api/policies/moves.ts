import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import type { MoveTried } from '../../policy/case/move-policy.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type OpenCase, openCasesAt } from '../../prisma/calendar.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { type KeptPack, packInForce } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { saidBy } from '../engine/say.ts';
import { proposed } from '../inbox/words.ts';
import type { Ctx } from '../web/route.ts';
import { PupilName, pupilName } from '../web/shapes.ts';

type Acting = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

/** A running case under another version of the policy than the one in force, and what would become of it. */
export const OlderCase = z.object({
  id: z.uuid(),
  pupil: PupilName,
  policy: z.string(),
  version: z.string(),
  stage: z.string(),
  refused: z.string().nullable().describe('Why it cannot be moved so: its stage is none of the new version’s'),
  says: z.array(z.string()).describe('What would be otherwise, in words; nothing if all would stay as it is'),
});
export type OlderCase = z.infer<typeof OlderCase>;

/** Moving cases to the version in force: which, and where those go on whose stage the version has not. */
export const MoveCases = z
  .strictObject({
    version: z.string().describe('The version that was looked at: if another is in force by now, nothing moves'),
    cases: z.array(z.uuid()).min(1, 'Choose at least one case').max(500, 'Move at most 500 cases at once'),
    stage: z.string().min(1).optional().describe('A stage of the version in force'),
  })
  .meta({ id: 'MoveCases', description: 'Running cases to go on under the version of the policy that is in force' });

/** What came of it: the cases that were moved, and those that were not, each with why. */
export const Moved = z.object({ moved: z.array(z.uuid()), kept: z.array(z.object({ id: z.uuid(), why: z.string() })) });

/** Each is tried in a transaction of its own: so many stand on a page. */
const onAPage = 50;

/** What is asked for: the stage where cases go on whose own the version in force has not, and the case after which a page begins. */
export type OlderAsked = { stage?: string | undefined; after?: string | undefined };

/** The version in force at the user's school, and a page of the running cases that are under another. */
export async function olderCases(ctx: Acting, { stage, after }: OlderAsked) {
  const { packId, inForce, school } = await policyNow(ctx);
  const open = await openCasesAt(ctx.deps.db, school.id);
  const older = open.filter((one) => one.packVersion !== inForce.version);
  const begins = older.findIndex(({ id }) => id === after) + 1;
  const page = older.slice(begins, begins + onAPage);
  const cases: OlderCase[] = [];
  for (const one of page) {
    const tried = await ctx.deps.tryMove(moveOf(ctx, one, inForce, stage));
    const state = one.state as unknown as CaseState;
    cases.push({
      ...{ id: one.id, pupil: pupilName(one.pupil), policy: one.packId, version: one.packVersion, stage: state.stage },
      ...{ refused: tried.refused, says: tried.refused === null ? differences(one, state, tried) : [] },
    });
  }
  const next = older.length > begins + onAPage ? (page.at(-1)?.id ?? null) : null;
  return { policy: packId, version: inForce.version, stages: Object.keys(inForce.pack.stages), cases, next };
}

/**
 * Moves these cases, each by a decision of its own; one that cannot be moved stops no other. If the engine stops answering on the way,
 * what was moved is said all the same.
 * @throws Refusal('Stale') if another version is in force by now, ('BadInput') if none of them is an open case of the school
 */
export async function moveCases(
  ctx: Acting,
  { version, cases, stage }: z.infer<typeof MoveCases>,
): Promise<z.infer<typeof Moved>> {
  const { inForce, school } = await policyNow(ctx);
  if (inForce.version !== version)
    throw new Refusal('Stale', 'Another version of the policy is in force by now: look again at what would change');
  const open = await openCasesAt(ctx.deps.db, school.id);
  const asked = new Set(cases);
  const chosen = open.filter(({ id }) => asked.has(id));
  if (chosen.length === 0) throw new Refusal('BadInput', 'Take the cases from the list: none of these is open');
  const isOpen = new Set(chosen.map(({ id }) => id));
  const closed = [...asked].filter((id) => !isOpen.has(id));
  const { moved, kept } = await moveEach(chosen, (one) => ctx.deps.matters.decide(moveOf(ctx, one, inForce, stage)));
  return { moved, kept: [...closed.map((id) => ({ id, why: 'It is no open case of your school' })), ...kept] };
}

/** Nobody waits for each of hundreds when the engine answers none: those that are left then are not asked. */
async function moveEach(chosen: readonly OpenCase[], move: (one: OpenCase) => Promise<unknown>): Promise<z.infer<typeof Moved>> {
  const done: z.infer<typeof Moved> = { moved: [], kept: [] };
  for (const [i, one] of chosen.entries()) {
    try {
      await move(one);
      done.moved.push(one.id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const away = error.code === 'Unavailable';
      if (away && done.moved.length === 0) throw error;
      done.kept.push(...(away ? chosen.slice(i) : [one]).map(({ id }) => ({ id, why: error.message })));
      if (away) break;
    }
  }
  return done;
}

async function policyNow({ deps, user, at }: Acting) {
  const school = await schoolOf(deps.db, user);
  const inForce = await packInForce(deps.db, school.packId, todayAt(school, at));
  if (!inForce)
    throw new Refusal('NotFound', 'No version of your school’s policy is in force today: no case opens, and none moves');
  return { school, packId: school.packId, inForce };
}

/** A chosen stage is for cases whose own the new version has not. */
function moveOf(ctx: Acting, { id, state }: OpenCase, { pack, version }: KeptPack, stage: string | undefined) {
  const { stage: own } = state as unknown as CaseState;
  const asked = {
    ...{ kind: 'move policy' as const, to: { id: pack.pack, version } },
    ...(stage !== undefined && !pack.stages[own] && { stage }),
  };
  return saidBy({ user: ctx.user, key: stableId(`${ctx.key}:${id}`) }, 'case', id, asked);
}

type Tried = Extract<MoveTried, { refused: null }>;
type Open = { nextOn: Date | null; nextWhy: string | null };

function differences({ nextOn, nextWhy }: Open, { stage }: CaseState, tried: Tried): string[] {
  const was = nextOn && { on: dayOf(nextOn), why: nextWhy };
  const { next } = tried;
  const otherDay = next && (was?.on !== next.on || was.why !== next.why);
  return [
    ...(tried.closed ? ['The case would close'] : []),
    ...(tried.stage === stage ? [] : [`It would go on at the stage “${tried.stage}”, now “${stage}”`]),
    ...tried.gone.map((one) => `No longer asked of the ${titleOf(one.role)}: ${proposed(one)}`),
    ...tried.asked.map((one) => `Asked of the ${titleOf(one.role)} instead: ${proposed(one)}`),
    ...(otherDay ? [`Looked at next on ${shortDay(next.on)} (${next.why})${was ? `, now on ${shortDay(was.on)}` : ''}`] : []),
  ];
}
