import { z } from 'zod';
import { checkDelegation } from '../../policy/people/delegation.ts';
import { Refusal } from '../../policy/refusal.ts';
import { colleaguesOf, endNaming, isNamed, keepNaming, namedBy, oneNamingAtATime } from '../../prisma/delegations.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Ctx } from '../web/route.ts';
import { Person } from '../web/shapes.ts';
import { decidesForToday, todayOf } from './decides-for.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

/** Who decides for whom, as far as it concerns one person. */
export const Away = z
  .object({
    named: z
      .array(z.object({ id: z.uuid(), ...Person.shape, from: z.iso.date(), until: z.iso.date() }))
      .describe('Whom the token’s user has named to decide for them, from today on'),
    decidesFor: z
      .array(z.object({ ...Person.shape, until: z.iso.date() }))
      .describe('For whom the token’s user decides today: those decisions are among the proposals that wait'),
    colleagues: z.array(z.object({ id: z.string(), ...Person.shape })).describe('Who can be named'),
  })
  .meta({ id: 'Away' });

/** What a person says of their being away. */
export const SayAway = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({
        do: z.literal('name'),
        to: z.string().min(1, 'Choose who decides for you').describe('The id of a colleague'),
        from: z.iso.date('Enter the first day, as a real date'),
        until: z.iso.date('Enter the last day, as a real date'),
      }),
      z.strictObject({ do: z.literal('end'), id: z.uuid('Choose which ends') }),
    ],
    'Choose what to do',
  )
  .meta({ id: 'SayAway', description: 'Name a colleague for some days, both included; or end that now' });

/** Who decides for this person, for whom this person decides today, and who could be named. */
export async function awayFacts(ctx: Omit<Asking, 'key'>): Promise<z.infer<typeof Away>> {
  const { deps, user } = ctx;
  const named = await namedBy(deps.db, user.id, await todayOf(ctx));
  const colleagues = await colleaguesOf(deps.db, user);
  return {
    named: named.map(({ to: { name, role }, ...days }) => ({ ...days, name, role })),
    decidesFor: (await decidesForToday(ctx)).map(({ of: { name, role }, until }) => ({ name, role, until })),
    colleagues: colleagues.flatMap(({ id, name, role }) => (role === 'class-teacher' ? [] : [{ id, name, role }])),
  };
}

/**
 * Names a colleague to decide for this person on some days, or ends that now.
 * @throws Refusal('NotAllowed') if there is no such colleague, or nothing of theirs to end, or as the rules refuse it.
 */
export async function sayAway(ctx: Asking, said: z.infer<typeof SayAway>): Promise<z.infer<typeof Away>> {
  const { deps, user, at } = ctx;
  if (said.do === 'end') {
    if (!(await endNaming(deps.db, { id: said.id, ofUser: user.id, at: new Date(at) })))
      throw new Refusal('NotAllowed', 'Nobody decides for you by that, or it has ended already');
  } else await name(ctx, said);
  return awayFacts(ctx);
}

type Naming = Extract<z.infer<typeof SayAway>, { do: 'name' }>;

async function name(ctx: Asking, { to, from, until }: Naming): Promise<void> {
  const { deps, user, at, key } = ctx;
  const today = await todayOf(ctx);
  const id = stableId(`away:${key}`);
  await deps.db.$transaction(async (tx) => {
    await oneNamingAtATime(tx, user);
    if (await isNamed(tx, id)) return;
    const colleague = (await colleaguesOf(tx, user)).find((one) => one.id === to);
    if (!colleague && to !== user.id) throw new Refusal('NotAllowed', 'There is no such colleague where you work');
    const named = await namedBy(tx, user.id, today);
    checkDelegation(
      user,
      colleague ?? user,
      { from, until },
      {
        today,
        named: named.map(({ to: { name: called }, ...days }) => ({ ...days, name: called })),
        colleagueAway: await namedBy(tx, to, today),
      },
    );
    await keepNaming(tx, {
      id,
      schoolId: user.schoolId,
      authorityId: user.authorityId,
      ofUser: user.id,
      toUser: to,
      from,
      until,
      at: new Date(at),
    });
  });
}
