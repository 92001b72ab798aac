import { z } from 'zod';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { askedLate, contradictions, decidersOfLeave } from '../../policy/leave/leave.ts';
import { Refusal } from '../../policy/refusal.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { decideLeave, type KeptLeave, keepLeave, leaveOfPupil, leaveOfSchool } from '../../prisma/leave.ts';
import { packInForce } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf, marksOf, marksOfAll } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { namesOf } from '../../prisma/users.ts';
import { day } from '../calendar/shapes.ts';
import { pupilAt } from '../register/facts.ts';
import { gapReaders } from '../register/reach.ts';
import type { Ctx } from '../web/route.ts';
import { Person } from '../web/shapes.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** A request as the office has it from a parent. */
export const LeaveAsked = z
  .strictObject({
    from: day('Enter the first day of leave'),
    to: day('Enter the last day of leave'),
    reason: z.string().trim().min(1, 'Enter the reason that the parent gives').max(1_000, 'Write at most 1,000 characters'),
    askedBy: z.string().trim().min(1, 'Enter who asked').max(200, 'Write at most 200 characters'),
    receivedOn: day('Enter the day on which the school had it'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'The last day is before the first: mend one of the two' })
  .meta({ id: 'LeaveAsked', description: 'A parent’s request that a pupil may be away in term time' });

export const LeaveDecision = z
  .strictObject({
    granted: z.boolean(),
    reason: z.string().trim().min(1, 'Say why').max(1_000, 'Write at most 1,000 characters'),
  })
  .meta({ id: 'LeaveDecision', description: 'Leave is granted, or refused. No letter goes: the school answers by its own' });

export const LeaveRequest = z
  .object({
    id: z.uuid(),
    ...{ from: z.iso.date(), to: z.iso.date(), reason: z.string(), askedBy: z.string(), receivedOn: z.iso.date() },
    late: z.string().nullable().describe('What is so where the policy wants it asked for sooner'),
    decision: z.object({ granted: z.boolean(), by: Person.nullable(), on: z.iso.date(), why: z.string() }).nullable(),
    contradicted: z.array(z.string()).describe('Sessions whose mark says otherwise than the decision, as “2027-03-02 AM G”'),
    mine: z.boolean().describe('The token’s user may decide it'),
  })
  .meta({ id: 'LeaveRequest' });

/** A pupil's requests for leave, and what the policy says of leave. */
export async function pupilLeave(ctx: Asking, pupilId: string) {
  const { found, year } = await pupilAt(ctx, pupilId);
  const { db } = ctx.deps;
  const pack = (await packInForce(db, found.school.packId, year.to))?.pack ?? null;
  const kept = await leaveOfPupil(db, pupilId);
  const calendar = await calendarOf(db, found.schoolId);
  const earliest = kept.map(({ from }) => from).sort()[0];
  const marks = earliest === undefined ? [] : await marksOf(db, pupilId, { from: earliest, to: year.to });
  const names = await namesOf(
    db,
    kept.flatMap(({ decided }) => (decided ? [decided.by] : [])),
  );
  const deciders = decidersOfLeave(pack ?? { leave: undefined, people: {} });
  const requests = kept.map((one) => ({
    ...{ id: one.id, from: one.from, to: one.to, reason: one.reason, askedBy: one.askedBy, receivedOn: one.receivedOn },
    late: askedLate(pack?.leave, calendar, one),
    decision: decisionOf(one, names),
    contradicted: contradictions(one, marks).map((mark) => `${sessionId(mark)} ${mark.code}`),
    mine: one.granted === null && deciders.includes(ctx.user.role),
  }));
  return { found, today: year.to, pack, requests };
}

const decisionOf = ({ granted, decided }: KeptLeave, names: Awaited<ReturnType<typeof namesOf>>) =>
  granted === null || !decided ? null : { granted, by: names.get(decided.by) ?? null, on: decided.on, why: decided.why };

/** Keeps a request. `id` makes it once. @throws Refusal('BadInput') if it is said to have come on a day that has not come. */
export async function recordLeave(ctx: Asking & Pick<Ctx, 'key'>, pupilId: string, asked: z.infer<typeof LeaveAsked>) {
  const { found, year } = await pupilAt(ctx, pupilId);
  if (asked.receivedOn > year.to) throw new Refusal('BadInput', 'The day on which the school had it has not come yet');
  await keepLeave(ctx.deps.db, ctx.key, found.schoolId, { pupilId, ...asked }, ctx.user.id);
}

/**
 * Keeps that leave is granted or refused.
 * @throws Refusal('NotFound') if the pupil has no such request, ('Stale') if it is decided, ('Forbidden') if it is not theirs
 */
export async function sayLeave(
  ctx: Asking,
  { id: pupilId, requestId }: { id: string; requestId: string },
  { granted, reason }: z.infer<typeof LeaveDecision>,
): Promise<void> {
  const { requests, today } = await pupilLeave(ctx, pupilId);
  const one = requests.find(({ id }) => id === requestId);
  if (!one) throw new Refusal('NotFound', 'There is no such request for leave');
  if (!one.decision && !one.mine) throw new Refusal('Forbidden', 'The policy names somebody else who decides on leave');
  const decided = { granted, by: ctx.user.id, on: today, why: reason, at: new Date(ctx.at) };
  const kept = !one.decision && (await decideLeave(ctx.deps.db, { id: requestId, pupilId }, decided));
  if (!kept) throw new Refusal('Stale', 'This request is decided already: look at it again. Another decision is a request anew');
}

/** The school's requests that wait for a decision, and those whose marks say otherwise than it; for a class teacher, of the class. */
export async function leaveToSee({ deps, user, at }: Asking) {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const className = user.role === 'class-teacher' ? (user.className ?? 'none') : null;
  const kept = await leaveOfSchool(deps.db, school.id, { from: schoolYearStart(today), to: today }, className);
  if (kept.length === 0) return { waiting: [], contradicted: [] };
  const pack = (await packInForce(deps.db, school.packId, today))?.pack ?? { leave: undefined, people: {} };
  const from = kept.map((one) => one.from).sort()[0] ?? today;
  const ids = [...new Set(kept.map(({ pupilId }) => pupilId))];
  const marks = await marksOfAll(deps.db, ids, { from, to: today });
  const sees = gapReaders.some((role) => role === user.role);
  return {
    waiting: decidersOfLeave(pack).includes(user.role) ? kept.filter(({ granted }) => granted === null) : [],
    contradicted: (sees ? kept : []).flatMap((one) => {
      const found = contradictions(one, marks.get(one.pupilId) ?? []);
      return found.length > 0 ? [{ ...one, marks: found }] : [];
    }),
  };
}
