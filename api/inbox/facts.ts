import { z } from 'zod';
import { askedForBy } from '../../policy/case/asked-for-by.ts';
import { type Choice, Decision } from '../../policy/case/decision.ts';
import { choices, type Proposal as Proposed } from '../../policy/case/proposal.ts';
import { scriptNamed } from '../../policy/pack/call-scripts.ts';
import { evidenceNames } from '../../policy/pack/evidence-needed.ts';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { daysMissed } from '../../policy/register/measures/totals.ts';
import { caseFor } from '../../prisma/cases.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { proposalFor, type Waiting } from '../../prisma/proposals.ts';
import { type asReader, decidesAs, inPlaceOf } from '../away/decides-for.ts';
import { Adjusted } from '../cases/facts.ts';
import { isDelicate } from '../layout/flags.ts';
import { CountedSession } from '../register/figure-shapes.ts';
import type { Ctx } from '../web/route.ts';
import { Attendance, attendance, Person, PupilName, pupilName, RoleName } from '../web/shapes.ts';
import { asked, whetherIn } from './words.ts';

const DueAt = z.string().nullable().describe('The time on that day in London, "09:30", where it is due by the hour or the clock');

/** A proposal in somebody's inbox, of a case or of a referral. */
export const ProposalRow = z
  .object({
    matterKind: z.enum(['case', 'referral']).describe('Whose proposal it is: a case’s is decided here, a referral’s there'),
    matterId: z.uuid(),
    key: z.string(),
    version: z.int(),
    pupil: PupilName,
    asked: z.string(),
    sentence: z.string(),
    ...{ dueOn: z.iso.date().nullable(), dueAt: DueAt },
    role: RoleName.describe('Who was asked first'),
    reminded: z.boolean(),
    escalated: z.boolean().describe('It waited too long for somebody else'),
    inPlaceOf: Person.nullable().describe('Who is away, if it waits for the token’s user in their place'),
  })
  .meta({ id: 'ProposalRow' });

type Decider = Awaited<ReturnType<typeof asReader>>;

export const proposalRow = (row: Waiting, { role, standsFor }: Decider): z.infer<typeof ProposalRow> => ({
  ...{ matterKind: row.matterKind as 'case' | 'referral', matterId: row.matterId, key: row.key, version: row.version },
  pupil: pupilName(row.pupil),
  asked: asked(row.body as unknown as Proposed, row.parent),
  sentence: row.sentence,
  ...{ dueOn: dayOrNull(row.dueOn), dueAt: (row.body as unknown as Proposed).dueAt ?? null, role: row.role as Role },
  reminded: (row.body as unknown as Proposed).reminded,
  escalated: row.alsoRole === role,
  inPlaceOf: [row.role, row.alsoRole].includes(role) ? null : nameOf(inPlaceOf(standsFor, row, row.pupil.className)),
});

const nameOf = (of: Decider['standsFor'][number] | null) => of && { name: of.name, role: of.role };

const kinds = Object.keys(choices) as [Proposed['action']['what'], ...Proposed['action']['what'][]];
const choiceNames = Decision.options.map(({ shape }) => shape.choice.value) as [Choice, ...Choice[]];

/** One proposal of a case with its evidence. */
export const Proposal = z
  .object({
    matterId: z.uuid(),
    key: z.string(),
    version: z.int().describe('To be named by the decision'),
    status: z.enum(['open', 'held', 'asked', 'decided', 'withdrawn']),
    heldUntil: z.iso.date().nullable(),
    pupil: PupilName,
    cautions: z.array(z.string()).describe('What makes a letter to this family delicate'),
    what: z.enum(kinds),
    asked: z.string(),
    sentence: z.string().describe('Why, in one sentence'),
    changed: z.string().nullable().describe('What made this version differ from the one before it'),
    ...{ dueOn: z.iso.date().nullable(), dueAt: DueAt },
    role: RoleName.describe('Who decides'),
    alsoRole: RoleName.nullable().describe('Who else may since it waited too long'),
    mine: z.boolean().describe('It waits for the token’s user'),
    choices: z.array(z.enum(choiceNames)),
    template: z.string().nullable().describe('Of a letter'),
    letterId: z.uuid().nullable().describe('Of a letter in question: whether it goes is said on it'),
    script: z.array(z.string()).describe('Of a call: what to say'),
    toDo: z.string().nullable().describe('Of a task, or of the permission for one: what is to be done'),
    needs: z.array(z.enum(evidenceNames)).describe('Of a task: what has to be there, to be stated as "has"; a note is its text'),
    thenBy: z.string().nullable().describe('Whom it goes to once it is approved, by the policy’s own name'),
    question: z.string().nullable().describe('Of a question; or what is to be said, whether it is so'),
    sessions: z.array(z.string()).describe('Of missing marks'),
    evidence: z.object({
      attendance: Attendance.describe('As the policy counted it when it was proposed, or last revised'),
      adjusted: Adjusted,
      daysMissed: z.number().describe('Half a day for each session of it that was missed'),
      upTo: z.string().nullable().describe('The last session counted'),
      pack: z.string(),
      clause: z.string().describe('Of the policy pack'),
      figures: z
        .array(z.object({ says: z.string(), sessions: z.array(CountedSession) }))
        .describe('What made it so beside that attendance, such as the ten sessions towards a penalty notice'),
    }),
  })
  .meta({ id: 'Proposal' });
export type Proposal = z.infer<typeof Proposal>;

export type ProposalParams = { matterId: string; key: string };
type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/**
 * The case's proposal that an address names, if this person may see it; and the person as they decide it, in their own name or
 * for somebody who is away.
 * @throws Refusal('NotFound') if there is none within reach.
 */
export async function proposalAt({ deps, user, at }: Asking, { matterId, key }: ProposalParams) {
  const row = await proposalFor(deps.db, user, matterId, key);
  const found = row && (await caseFor(deps.db, user, matterId));
  if (!row || !found) throw new Refusal('NotFound', 'There is no such proposal at your school');
  const proposal = row.body as unknown as Proposed;
  const { className } = found.pupil;
  return { row, proposal, found, decider: await decidesAs({ deps, user, at }, { row, proposal, className }) };
}

type ProposalFound = Awaited<ReturnType<typeof proposalAt>>;

/** What its page and a machine both say of it. */
export function proposalFacts(params: ProposalParams, at: ProposalFound): Proposal {
  const { row, proposal, found, decider } = at;
  const { action, evidence } = proposal;
  const mine = [row.role, row.alsoRole].includes(decider.role) && !askedForBy(proposal, decider);
  return {
    ...{ ...params, version: proposal.version, status: row.status as Proposal['status'], heldUntil: dayOrNull(row.heldUntil) },
    ...{ pupil: pupilName(found.pupil), cautions: found.pupil.flags.filter(isDelicate) },
    ...{ what: action.what, asked: asked(proposal), sentence: proposal.sentence, changed: proposal.changed },
    ...{ dueOn: dayOrNull(row.dueOn), dueAt: proposal.dueAt ?? null, role: proposal.role, alsoRole: row.alsoRole as Role | null },
    ...{ mine: row.status === 'open' && mine, choices: [...choices[action.what]] },
    template: 'template' in action ? action.template : null,
    letterId: action.what === 'letter in question' ? action.letterId : null,
    script: action.what === 'call' ? [...(scriptNamed(action.script)?.says ?? [])] : [],
    toDo: 'says' in action ? action.says : null,
    needs: action.what === 'task' ? [...(action.needs ?? [])] : [],
    thenBy: 'by' in action ? action.by : null,
    question: action.what === 'answer' ? action.question : (whetherIn(proposal) ?? null),
    sessions: action.what === 'missing marks' ? [...action.sessions] : [],
    evidence: {
      ...{ upTo: evidence.upTo, pack: found.packId, clause: evidence.clause },
      figures: (evidence.figures ?? []).map(({ says, sessions }) => ({ says, sessions: [...sessions] })),
      adjusted: evidence.how ?? null,
      ...{ attendance: attendance(evidence.attendance), daysMissed: daysMissed(evidence.attendance) },
    },
  };
}
