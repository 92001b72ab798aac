import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, longDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { changesInWords } from '../../policy/pack/changes-in-words.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { newestPack, packInForce, packShown } from '../../prisma/packs.ts';
import { followPolicy } from '../../prisma/policies-followed.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx, View } from '../web/route.ts';
import { changeFacts } from './facts.ts';
import { whyNotToFollow } from './theirs.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** What it would mean for the user's school to follow another policy. */
type Following = {
  school: { id: string; name: string };
  on: Day;
  /** The policy that it follows now, as it is in force or else was kept last. */
  was: Pack;
  now: Pack;
  version: string;
  seen: string;
  /** Cases that run under other policies and stay there. */
  running: number;
  /** Roles whom the policy asks, and that nobody has at the school. */
  nobody: string[];
};

/** @throws Refusal('NotFound') for a policy that is not kept, ('NotAllowed') for one that is followed already, not in force, or of others */
async function following({ deps, user, at }: Asking, id: string): Promise<Following> {
  const school = await schoolOf(deps.db, user);
  const on = todayAt(school, at);
  const { pack } = await newestPack(deps.db, id);
  if (school.packId === id) throw new Refusal('NotAllowed', `${school.name} follows “${pack.title}” already`);
  const not = await whyNotToFollow({ deps, user }, id);
  if (not !== null) throw new Refusal('NotAllowed', not);
  const inForce = await packInForce(deps.db, id, on);
  if (!inForce)
    throw new Refusal('NotAllowed', `No version of “${pack.title}” is in force on ${longDay(on)}: no case would open under it`);
  const was = await packShown(deps.db, school.packId, on);
  return {
    ...{ school, on, was: was.pack, now: inForce.pack, version: inForce.version },
    seen: `${was.version} to ${inForce.version}`,
    running: await deps.db.attendanceCase.count({ where: { schoolId: school.id, status: 'open', packId: { not: id } } }),
    nobody: await nobodyFor(deps, school, inForce.pack),
  };
}

async function nobodyFor(
  { db }: Ctx['deps'],
  { id: schoolId, authorityId }: { id: string; authorityId: string },
  { people }: Pack,
): Promise<string[]> {
  const users = await db.user.findMany({
    where: { active: true, OR: [{ schoolId }, { authorityId }] },
    ...{ select: { role: true }, distinct: ['role'] },
  });
  const asked = [...new Set(Object.values(people).map(({ role }) => role))];
  return asked.filter((role) => !users.some((user) => user.role === role)).map(titleOf);
}

export const PolicyFollowing = z
  .object({
    ...{ policy: z.string(), title: z.string(), version: z.string(), inPlaceOf: z.string() },
    seen: z.string().describe('To be said when it is followed: if it would mean something else by then, it is refused'),
    from: z.iso.date().describe('New cases begin under it from this day'),
    changes: z.array(z.object({ part: z.string(), kind: z.enum(['new', 'gone', 'changed']), says: z.array(z.string()) })),
    running: z.int().describe('Open cases under other policies: they stay there until they are moved, with moveCases'),
    nobody: z.array(z.string()).describe('Roles whom the policy asks and that nobody has'),
  })
  .meta({ id: 'PolicyFollowing', description: 'What following another policy would mean for the user’s school' });

/** The same for machines. */
export async function followingFacts(ctx: Asking, id: string): Promise<z.infer<typeof PolicyFollowing>> {
  const { was, now, version, seen, on, running, nobody } = await following(ctx, id);
  return {
    ...{ policy: now.pack, title: now.title, version, inPlaceOf: was.pack, seen, from: on },
    ...{ changes: changesInWords(was, now).map(changeFacts), running, nobody },
  };
}

export const Followed = z.object({ policy: z.string(), from: z.iso.date() });

/**
 * From now on the school's new cases begin under this policy.
 * @throws Refusal as `following` does, and ('Stale') if it would mean something else than what was seen
 */
export async function follow(ctx: Asking, id: string, seen: string | undefined): Promise<Following> {
  const found = await following(ctx, id);
  const { school, on, was, now } = found;
  const done =
    (seen === undefined || seen === found.seen) &&
    (await followPolicy(ctx.deps.db, { schoolId: school.id, was: was.pack, packId: now.pack, on, byUser: ctx.user.id }));
  if (!done)
    throw new Refusal(
      'Stale',
      'The school’s policy, or the version in force, is another by now: look again at what it would mean',
    );
  return found;
}

/** What it would mean, before anybody says so. */
export async function followView(ctx: Asking, id: string): Promise<View> {
  const { school, on, was, now, seen, running, nobody } = await following(ctx, id);
  return {
    template: 'policies/follow.njk',
    model: {
      ...{ id, title: now.title, school: school.name, seen, decisionKey: randomUUID(), changes: changesInWords(was, now) },
      rows: [
        ['In place of', was.title],
        ['From', `${longDay(on)}: new cases begin under it`],
        ['Version', `In force from ${longDay(now['in force'].from)}`],
        ['Running cases', runningSaid(running)],
        ...(nobody.length === 0
          ? []
          : [['Nobody has the role of', `${nobody.join(', ')}: the policy asks them, so give somebody the role first`]]),
      ],
    },
  };
}

const runningSaid = (n: number): string =>
  n === 0
    ? 'None is under another policy'
    : `${counted(n, 'case')} under another policy: each stays on the version that it began under, until somebody who leads on attendance moves it`;

export const followedSaid = ({ school, now }: Following): string =>
  `From now on new cases at ${school.name} begin under “${now.title}”. Running cases stay where they are until they are moved.`;
