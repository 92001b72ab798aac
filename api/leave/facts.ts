import { z } from 'zod';
import { askedLate, contradictions, decidersOfLeave, isPart } from '../../policy/leave/leave.ts';
import { Refusal } from '../../policy/refusal.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { decideLeave, type KeptDecision, keepLeave, type LeaveDeed, leaveOfPupil, takeLeaveBack } from '../../prisma/leave.ts';
import { packInForce } from '../../prisma/packs.ts';
import { calendarOf, marksOf } from '../../prisma/register.ts';
import { namesOf } from '../../prisma/users.ts';
import { day } from '../calendar/shapes.ts';
import { pupilAt } from '../register/facts.ts';
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

const LeaveDays = z.strictObject({
  from: day('Enter the first day that is granted'),
  to: day('Enter the last day that is granted'),
});

export const LeaveDecision = z
  .strictObject({
    granted: z.boolean(),
    only: LeaveDays.optional().describe(
      'The days that are granted, where they are some of those asked for: the others are refused',
    ),
    reason: z.string().trim().min(1, 'Say why').max(1_000, 'Write at most 1,000 characters'),
  })
  .refine(({ granted, only }) => granted || !only, { path: ['only'], message: 'No day is granted where leave is refused' })
  .meta({
    id: 'LeaveDecision',
    description: 'Leave is granted, in whole or in part, or refused. No letter goes: the school answers by its own',
  });

/** A decision that was entered by mistake. */
export const LeaveMistake = z
  .strictObject({
    decision: z.uuid().describe('Which'),
    reason: z.string().trim().min(1, 'Say what was wrong').max(1_000, 'Write at most 1,000 characters'),
  })
  .meta({
    id: 'LeaveMistake',
    description: 'A decision on leave was entered by mistake: it stays on record, and waits to be decided',
  });

const Deed = z.object({
  by: Person.nullable().describe('With the role that they had then'),
  on: z.iso.date(),
  why: z.string(),
});
const Decided = Deed.extend({
  ...{ id: z.uuid(), granted: z.boolean() },
  only: z
    .object({ from: z.iso.date(), to: z.iso.date() })
    .nullable()
    .describe('The days that are granted, where they are some of those asked for'),
});

export const LeaveRequest = z
  .object({
    id: z.uuid(),
    ...{ from: z.iso.date(), to: z.iso.date(), reason: z.string(), askedBy: z.string(), receivedOn: z.iso.date() },
    late: z.string().nullable().describe('What is so where the policy wants it asked for sooner'),
    decision: Decided.nullable().describe('The one that stands'),
    takenBack: z.array(Decided.extend({ takenBack: Deed })).describe('What was decided by mistake, the oldest first'),
    contradicted: z.array(z.string()).describe('Sessions whose mark says otherwise than the decision, as “2027-03-02 AM G”'),
    mine: z.boolean().describe('It waits for the token’s user'),
    decides: z.boolean().describe('The token’s user may decide it, and take a decision back'),
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
  const said = deedsIn(await namesOf(db, kept.flatMap(whoDecided)));
  const decides = decidersOfLeave(pack ?? { leave: undefined, people: {} }).includes(ctx.user.role);
  const requests = kept.map((one) => ({
    ...{ id: one.id, from: one.from, to: one.to, reason: one.reason, askedBy: one.askedBy, receivedOn: one.receivedOn },
    late: askedLate(pack?.leave, calendar, one),
    decision: one.decided && said.decision(one.decided),
    takenBack: one.before.flatMap((was) =>
      was.takenBack ? [{ ...said.decision(was), takenBack: said.deed(was.takenBack) }] : [],
    ),
    contradicted: contradictions(one, kept, marks).map((mark) => `${sessionId(mark)} ${mark.code}`),
    ...{ decides, mine: decides && one.granted === null },
  }));
  return { found, today: year.to, pack, requests };
}

const whoDecided = ({ decided, before }: { decided: KeptDecision | null; before: KeptDecision[] }): string[] =>
  [...before, ...(decided ? [decided] : [])].flatMap(({ by, takenBack }) => [by, ...(takenBack ? [takenBack.by] : [])]);

function deedsIn(names: Awaited<ReturnType<typeof namesOf>>) {
  const deed = ({ by, role, on, why }: LeaveDeed): z.infer<typeof Deed> => {
    const person = names.get(by);
    return { by: person ? { name: person.name, role } : null, on, why };
  };
  return { deed, decision: (one: KeptDecision) => ({ id: one.id, granted: one.granted, only: one.only, ...deed(one) }) };
}

type Deciding = Asking & Pick<Ctx, 'key'>;
type Which = { id: string; requestId: string };

/**
 * Keeps a request. `key` makes it once.
 * @throws Refusal('BadInput') if it is said to have come on a day that has not come, ('Stale') if another was kept by that key
 */
export async function recordLeave(ctx: Deciding, pupilId: string, asked: z.infer<typeof LeaveAsked>) {
  const { found, year } = await pupilAt(ctx, pupilId);
  if (asked.receivedOn > year.to) throw new Refusal('BadInput', 'The day on which the school had it has not come yet');
  const kept = { id: ctx.key, schoolId: found.schoolId, recordedBy: ctx.user.id, waitsSince: year.to };
  await keepLeave(ctx.deps.db, kept, { pupilId, ...asked });
}

/**
 * Keeps that leave is granted or refused. `key` makes it once.
 * @throws Refusal('NotFound') if the pupil has no such request, ('Forbidden') if it is not theirs, ('Stale') if it is decided,
 * ('BadInput') if days are granted that are not a part of what was asked for
 */
export async function sayLeave(
  ctx: Deciding,
  which: Which,
  { granted, only, reason }: z.infer<typeof LeaveDecision>,
): Promise<void> {
  const { one, deed } = await deciding(ctx, which, reason);
  if (only && !isPart(only, one))
    throw new Refusal('BadInput', 'The days that are granted have to be some of those asked for, and not all of them', {
      concerns: 'only',
    });
  const kept = await decideLeave(ctx.deps.db, { id: ctx.key, requestId: which.requestId, granted, only: only ?? null }, deed);
  if (!kept)
    throw new Refusal(
      'Stale',
      'This request is decided already: look at it again. What was entered by mistake can be taken back',
    );
}

/**
 * Keeps that a decision was entered by mistake: it stays on record, and the request waits to be decided.
 * @throws Refusal('NotFound') if the pupil has no such request, ('Forbidden') if it is not theirs, ('Stale') if the decision does not stand
 */
export async function sayLeaveMistaken(
  ctx: Asking,
  which: Which,
  { decision, reason }: z.infer<typeof LeaveMistake>,
): Promise<void> {
  const { one, deed } = await deciding(ctx, which, reason);
  const kept = one.decision && (await takeLeaveBack(ctx.deps.db, { id: decision, requestId: which.requestId }, deed));
  if (!kept) throw new Refusal('Stale', 'This decision does not stand any more: look at the request again');
}

/** The request, and what is done to it by who may decide it. */
async function deciding(ctx: Asking, { id, requestId }: Which, why: string) {
  const { requests, today } = await pupilLeave(ctx, id);
  const one = requests.find((request) => request.id === requestId);
  if (!one) throw new Refusal('NotFound', 'There is no such request for leave');
  if (!one.decides) throw new Refusal('Forbidden', 'The policy names somebody else who decides on leave');
  return { one, deed: { by: ctx.user.id, role: ctx.user.role, on: today, why, at: new Date(ctx.at) } };
}
