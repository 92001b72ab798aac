import { z } from 'zod';
import type { Day } from '../../policy/calendar/day.ts';
import { leading } from '../../policy/case/decide.ts';
import { type Duty, dutiesOf, type Entry, termOfDuties } from '../../policy/duties/duties.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type DutyDone, dutiesDone, keepDutyDone, keepDutyMistaken } from '../../prisma/duties.ts';
import { packInForce } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Ctx } from '../web/route.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** That something a policy asks for was done. */
export const DutyDeed = z
  .strictObject({
    duty: z.uuid(),
    due: z.iso.date().describe('Of the times that it is due, which'),
    note: z.string().trim().max(500, 'Write at most 500 characters').default(''),
  })
  .meta({ id: 'DutyDeed', description: 'Say that something the policy asks for again and again was done' });

/** That it was ticked off by mistake. */
export const DutyMistake = z
  .strictObject({
    duty: z.uuid(),
    due: z.iso.date().describe('Of the times that it was due, which'),
    reason: z.string().trim().min(1, 'Say why').max(500, 'Write at most 500 characters'),
  })
  .meta({ id: 'DutyMistake', description: 'Say that something was ticked off by mistake: it is to be done again' });

const idOf = ({ pack }: Pick<Pack, 'pack'>, { name }: Duty): string => stableId(`${pack}: ${name}`);

/** What the school's policy asks for in the term of today, or of the next if there is none; null if the calendar has no more, or no policy is in force. */
export async function dutiesNow({ deps, user, at }: Asking) {
  const { db } = deps;
  const school = await schoolOf(db, user);
  const on = todayAt(school, at);
  const kept = await packInForce(db, school.packId, on);
  const calendar = await calendarOf(db, school.id);
  const term = calendar.terms.find(({ to }) => to >= on);
  if (!term || !kept) return null;
  const ticked = await dutiesDone(db, school.id, term);
  const done = ticked.filter(({ mistake }) => mistake === null);
  const doneOf = (duty: Duty, due: Day): DutyDone | undefined =>
    done.find((one) => one.dutyId === idOf(kept.pack, duty) && one.due === due);
  const all = termOfDuties(
    dutiesOf(kept.pack),
    { calendar, term, on },
    (duty, due) => doneOf(duty, due) !== undefined,
    (duty, due) => ticked.some((one) => one.mistake !== null && one.dutyId === idOf(kept.pack, duty) && one.due === due),
  );
  const shown = ({ duty, due }: Entry) => ({
    ...{ id: idOf(kept.pack, duty), kind: duty.kind, every: duty.every, says: duty.says, source: duty.source },
    ...{
      by: duty.by,
      readers: [...duty.readers],
      due,
      mine: isTheirs(user.role, duty, kept.pack),
      done: doneOf(duty, due) ?? null,
    },
  });
  const { now, next, done: ended } = all;
  return {
    ...{ school, on, kept, term, mistaken: ticked.flatMap(({ mistake, ...one }) => (mistake ? [{ ...one, mistake }] : [])) },
    ...{ now: now.map(shown), next: next.map(shown), done: ended.map(shown) },
  };
}

/** Whom the policy names, who stands in for them, and who leads on attendance. */
function isTheirs(role: Role, { by }: Duty, { people }: Pick<Pack, 'people'>): boolean {
  if (leading.includes(role)) return true;
  const standIn = by && people[people[by.person]?.['stands in'] ?? '']?.role;
  return by !== null && (by.role === role || standIn === role);
}

/** How many things that are this person's to do are to be done now, by their own role: what the inbox says. */
export async function dutiesDueFor(ctx: Asking): Promise<number> {
  const found = await dutiesNow(ctx);
  return (
    found?.now.filter(({ by, due }) => due <= found.on && (by ? by.role === ctx.user.role : ctx.user.role === 'sal')).length ?? 0
  );
}

/**
 * Keeps that one of those which are to be done now was done.
 * @throws Refusal('Stale') if it is not to be done now, ('Forbidden') if it is not theirs to do
 */
export async function sayDone(ctx: Asking, { duty: id, due, note }: z.infer<typeof DutyDeed>): Promise<void> {
  const found = await dutiesNow(ctx);
  if (found?.done.some((one) => one.id === id && one.due === due)) return;
  const one = found?.now.find((entry) => entry.id === id && entry.due === due);
  if (!found || !one) throw new Refusal('Stale', 'This is not what is to be done now: look at the page again');
  if (!one.mine) throw new Refusal('Forbidden', 'The policy asks somebody else for this');
  const { school, on, kept } = found;
  const asked = { policy: kept.pack.pack, version: kept.version, says: one.says, source: one.source };
  const done = { dutyId: id, due, byUser: ctx.user.id, doneOn: on, note: note === '' ? null : note };
  await keepDutyDone(ctx.deps.db, school.id, asked, done);
}

/**
 * Keeps that one of those which were done was ticked off by mistake: it is to be done again, and both stay on record.
 * @throws Refusal('Stale') if it is not ticked off, ('Forbidden') if it is not theirs to do
 */
export async function sayMistaken(ctx: Asking, { duty: id, due, reason }: z.infer<typeof DutyMistake>): Promise<void> {
  const found = await dutiesNow(ctx);
  const one = found?.done.find((entry) => entry.id === id && entry.due === due);
  if (!found || !one) throw new Refusal('Stale', 'This is not ticked off: look at the page again');
  if (!one.mine) throw new Refusal('Forbidden', 'The policy asks somebody else for this');
  const mistake = { byUser: ctx.user.id, on: found.on, why: reason, at: new Date(ctx.at) };
  const kept = await keepDutyMistaken(ctx.deps.db, found.school.id, { dutyId: id, due }, mistake);
  if (!kept) throw new Refusal('Stale', 'Somebody else has just said so: look at the page again');
}
