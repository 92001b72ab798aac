import { z } from 'zod';
import { longDay } from '../../policy/calendar/day.ts';
import { Decision } from '../../policy/case/decision.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { oneTable } from '../../policy/people/family.ts';
import { Refusal } from '../../policy/refusal.ts';
import { hasTaken } from '../../prisma/cases.ts';
import { familyOf } from '../../prisma/family.ts';
import { packOf } from '../../prisma/packs.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { saidBy, textIdFor } from '../engine/say.ts';
import { unspoken } from '../engine/spoken.ts';
import type { Ctx } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';
import { Decided, decide } from './decide.ts';
import { type ProposalParams, proposalAt } from './facts.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;
type ProposalFound = Awaited<ReturnType<typeof proposalAt>>;

/** At how many other meetings one may be held at once. */
export const mostBeside = 6;

const { target, offers } = Decision.options[6].shape;

/** The same meeting as the case of a brother or sister records it: with what was agreed about that child alone. */
export const AlsoFor = z
  .strictObject({
    ...{ matterId: z.uuid(), key: z.string(), version: z.int().positive() },
    ...{ target, offers },
    text: z.string().trim().min(1, 'Enter the note or leave it out').max(2000, 'Write at most 2,000 characters').optional(),
  })
  .meta({ id: 'MeetingAlsoFor', description: 'One of the proposals that "together" names, and what is recorded for that child' });

/** A decision on a proposal, and for which brothers and sisters too, if it is a meeting that was one for them. */
export const DecidedTogether = Decided.extend({
  alsoFor: z.array(AlsoFor).max(mostBeside, `Record it for at most ${mostBeside} brothers and sisters at once`).default([]),
});
type DecidedTogether = z.infer<typeof DecidedTogether>;

/** The meetings of brothers and sisters that can be held as one with this one, and who may sit at its table. */
export const Together = z.array(
  z
    .object({
      ...{ matterId: z.uuid(), key: z.string(), version: z.int() },
      pupil: z.object({ id: z.uuid(), name: z.string(), className: z.string() }),
      both: z.array(z.string()).describe('Who may hear of both children'),
      onlyHere: z.array(z.string()).describe('Who may hear of this child alone'),
      onlyThere: z.array(z.string()).describe('Who may hear of the brother or sister alone'),
    })
    .meta({ id: 'MeetingBeside' }),
);
export type MeetingBeside = z.infer<typeof Together>[number];

/**
 * The meetings that can be held as one with that of a proposal: of brothers and sisters, waiting for the same person, with
 * somebody who may hear of both. None where the policy holds each for itself.
 */
export async function meetingsBeside(
  { deps, user, at }: Asking,
  { proposal, found, decider }: ProposalFound,
): Promise<MeetingBeside[]> {
  if (proposal.action.what !== 'meeting' || !meetTogether(await packOf(deps.db, found.packId, found.packVersion))) return [];
  const today = todayAt(found.school, at);
  const { relatives, siblings } = await familyOf(deps.db, user, found.pupil.id, today);
  return siblings
    .flatMap(({ pupil, relatives: theirs, case: open }) => {
      const table = oneTable(relatives, theirs, today);
      const meetings = Object.values(open?.state.proposals ?? {}).filter(
        ({ action, status, role, alsoRole }) =>
          action.what === 'meeting' && status === 'open' && [role, alsoRole].includes(decider.role),
      );
      // Of two, the one that the ladder waits for.
      const meeting = meetings.find(({ step }) => step !== null) ?? meetings[0];
      if (!open || !meeting || table.both.length === 0) return [];
      return [{ matterId: open.id, key: meeting.key, version: meeting.version, pupil: pupilName(pupil), ...table }];
    })
    .slice(0, mostBeside);
}

const meetTogether = ({ siblings }: Pack): boolean => siblings?.meetings !== 'each for itself';

/** The day and the time to which the parents of a brother or sister are asked already: with the same, it is one meeting. */
export async function meetingArranged({ deps, user, at }: Asking, { found }: ProposalFound) {
  if (!meetTogether(await packOf(deps.db, found.packId, found.packVersion))) return null;
  const today = todayAt(found.school, at);
  const { relatives, siblings } = await familyOf(deps.db, user, found.pupil.id, today);
  for (const { pupil, relatives: theirs, case: open } of siblings) {
    const { meeting = null, metOn = null } = open?.state ?? {};
    if (!meeting || metOn !== null || meeting.on <= today || oneTable(relatives, theirs, today).both.length === 0) continue;
    const says = `${pupil.chosenName}’s meeting is on ${longDay(meeting.on)} at ${meeting.at}. On the same day and at the same time it can be one meeting; the letters stay each child’s own.`;
    return { ...meeting, says };
  }
  return null;
}

/**
 * Takes a decision, and records a meeting on the case of each brother and sister that it was for: each its own event, with its
 * own words, so that no record of one child holds anything of the other. Each is tried before any is taken.
 * @throws Refusal as the rules refuse one of them, naming the child.
 */
export async function decideTogether(ctx: Asking, params: ProposalParams, { alsoFor, ...decided }: DecidedTogether) {
  if (alsoFor.length === 0) return decide(ctx, params, decided);
  const at = await proposalAt(ctx, params);
  const { name } = pupilName(at.found.pupil);
  const records = await recordsFor(ctx, at, alsoFor, decided.decision);
  for (const record of records) await tried(ctx, record);
  const standing = await decide(ctx, params, { ...decided, decision: { ...decided.decision, ...together } });
  for (const { pupil, asking, said } of records) {
    try {
      await decide(asking, said.params, said.decided);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const only = `The meeting is recorded for ${name}. For ${pupil} it is not: ${error.message}. Record it on ${pupil}’s own page`;
      throw new Refusal(error.code, only, { cause: error });
    }
  }
  return standing;
}

const together = { together: true } as const;
type Spoken = DecidedTogether['decision'] & { happened?: string; on?: string };
type Record = {
  pupil: string;
  asking: Asking;
  said: { params: ProposalParams; decided: z.infer<typeof Decided> };
};

/** What is said to each of the other cases. Its key follows from this decision's and the case: a repeat is the same. */
async function recordsFor(
  ctx: Asking,
  at: ProposalFound,
  alsoFor: DecidedTogether['alsoFor'],
  { choice, happened, on }: Spoken,
): Promise<Record[]> {
  if (choice !== 'met') throw new Refusal('NotAllowed', 'Only a meeting is recorded for brothers and sisters too');
  const beside = await meetingsBeside(ctx, at);
  const records: Record[] = [];
  for (const { matterId, key, version, text, ...agreed } of alsoFor) {
    const asking = { ...ctx, key: stableId(`${ctx.key} ${matterId}`) };
    const known = beside.find((one) => one.matterId === matterId && one.key === key);
    if (!known && !(await hasTaken(ctx.deps.db, matterId, inputKey(asking))))
      throw new Refusal(
        'Stale',
        'A meeting of a brother or sister no longer waits for you. Open this page again to see which do',
      );
    const decision = { choice, happened, on, ...agreed, ...(text === undefined ? {} : { text }), ...together };
    const decided = { version, decision };
    records.push({ pupil: known?.pupil.name ?? 'the other child', asking, said: { params: { matterId, key }, decided } });
  }
  return records;
}

/** What a decision is known by in its case's ledger. */
export const inputKey = ({ key }: Pick<Asking, 'key'>): string => `decision:${key}`;

/** Whether the rules would take it, without deciding anything. What was taken before is not tried again. */
async function tried(ctx: Asking, { pupil, asking, said: { params, decided } }: Record): Promise<void> {
  if (await hasTaken(ctx.deps.db, params.matterId, inputKey(asking))) return;
  const { text = null, ...said } = decided.decision;
  const decision = unspoken(Decision, text === null ? said : { ...said, text }, textIdFor(asking));
  const { decider: user } = await proposalAt(ctx, params);
  const asked = { kind: 'decision', proposal: params.key, version: decided.version, decision } as const;
  const { refused } = await ctx.deps.preview({ ...saidBy({ ...asking, user }, 'case', params.matterId, asked), words: text });
  if (refused !== null) throw new Refusal('NotAllowed', `Nothing is recorded yet. For ${pupil}: ${refused}`);
}
