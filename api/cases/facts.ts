import { z } from 'zod';
import type { Day } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { stagesToReopen } from '../../policy/case/reopen.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type CaseFound, type CaseListed, caseFor, hasLaterCase } from '../../prisma/cases.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { type eventsOf, firstBreak } from '../../prisma/ledger.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { line } from '../charts/attendance-line.ts';
import { asked } from '../inbox/words.ts';
import { LetterRow, letterRow } from '../letters/letter-row.ts';
import { knownAt } from '../register/known-on.ts';
import type { Ctx } from '../web/route.ts';
import { Attendance, attendance, PupilName, pupilName, RoleName } from '../web/shapes.ts';
import { attendanceNow } from './attendance-now.ts';
import { SupportPlan } from './plan.ts';
import { stepsOf } from './steps.ts';

/** What a policy left out of an attendance. */
export const Adjusted = z
  .string()
  .nullable()
  .describe('What the policy left out of the attendance, in words; null if it is as marked, which is what the school reports');

/** A case in a list. */
export const CaseRow = z
  .object({
    id: z.uuid(),
    pupil: PupilName,
    status: z.enum(['open', 'closed']),
    stage: z.string(),
    headline: z.string(),
    attendance: Attendance.describe('As the policy counts it'),
    adjusted: Adjusted,
    openedOn: z.iso.date(),
    nextOn: z.iso.date().nullable(),
    nextWhy: z.string().nullable(),
  })
  .meta({ id: 'CaseRow' });

export const caseRow = (row: CaseListed): z.infer<typeof CaseRow> => ({
  adjusted: (row.state as unknown as CaseState).how ?? null,
  ...{ id: row.id, status: row.status as 'open' | 'closed', stage: row.stage, headline: row.headline },
  pupil: pupilName(row.pupil),
  attendance: attendance((row.state as unknown as CaseState).attendance),
  openedOn: dayOf(row.openedOn),
  nextOn: dayOrNull(row.nextOn),
  nextWhy: row.nextWhy,
});

const Waiting = z.object({
  ...{ key: z.string(), version: z.int(), asked: z.string(), sentence: z.string(), role: RoleName },
  ...{ dueOn: z.iso.date(), status: z.enum(['open', 'held', 'asked']), heldUntil: z.iso.date().nullable() },
});

/** One case, as far as its page and a machine say the same. */
export const Case = z
  .object({
    ...CaseRow.shape,
    flags: z.array(z.string()).describe('What makes a person look twice, as in the pupils file'),
    closedOn: z.iso.date().nullable(),
    heldUntil: z.iso.date().nullable(),
    policy: z.object({ pack: z.string(), version: z.string() }),
    waiting: z.array(Waiting).describe('Proposals that wait for a decision'),
    letters: z.array(LetterRow),
    plan: SupportPlan.describe('The support plan'),
    referrals: z.array(z.object({ id: z.uuid(), headline: z.string(), madeOn: z.iso.date() })),
  })
  .meta({ id: 'Case' });

/** What both say of a case. */
export const caseFacts = (found: CaseFound, at: number): z.infer<typeof Case> => ({
  ...caseRow(found),
  flags: found.pupil.flags,
  closedOn: dayOrNull(found.closedOn),
  heldUntil: found.state.heldUntil,
  policy: { pack: found.packId, version: found.packVersion },
  waiting: Object.values(found.state.proposals).map((proposal) => ({
    ...{ key: proposal.key, version: proposal.version, asked: asked(proposal), sentence: proposal.sentence },
    ...{ role: proposal.role, dueOn: proposal.due, status: proposal.status, heldUntil: proposal.heldUntil },
  })),
  letters: found.letters.map(letterRow(at)),
  plan: found.state.offers,
  referrals: found.referrals.map(({ id, headline, madeOn }) => ({ id, headline, madeOn: dayOf(madeOn) })),
});

/** How much the ledger holds, and whether its chain is whole. */
export const Ledger = z.object({ events: z.int(), whole: z.boolean() }).meta({ id: 'Ledger' });
export const ledgerFacts = async ({ deps }: Pick<Ctx, 'deps'>, { id, events }: { id: string; events: number }) => ({
  events,
  whole: (await firstBreak(deps.db, id)) === null,
});

/**
 * The case that an address names, if this person may see it.
 * @throws Refusal('NotFound') if there is none within reach.
 */
export async function caseAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<CaseFound> {
  const found = await caseFor(deps.db, user, id);
  if (!found) throw new Refusal('NotFound', 'There is no such case at your school');
  return found;
}

/** The stages at which a case can be opened again: none of one that is open, or that is not the pupil's last. */
export const stagesToReopenOf = async ({ deps }: Pick<Ctx, 'deps'>, found: CaseFound, pack: Pack): Promise<string[]> =>
  found.status === 'open' || (await hasLaterCase(deps.db, found)) ? [] : stagesToReopen(pack, found.state);

/** The chart of a case: attendance at the end of each day of the school year, and the steps of the case; as they were known at the end of a day. */
export async function chartOf(
  { deps, at }: Pick<Ctx, 'deps' | 'at'>,
  { pupil, school }: CaseFound,
  events: Awaited<ReturnType<typeof eventsOf>>,
  knownOn?: Day,
) {
  const today = todayAt(school, at);
  const then = knownAt(knownOn, today);
  const to = knownOn ?? today;
  const { marks } = await attendanceNow(deps.db, pupil, to, then);
  return { points: line(marks), steps: stepsOf(events, schoolYearStart(to)).filter(({ on }) => on <= to) };
}
