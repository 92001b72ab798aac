import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import { choices, type Proposal } from '../../policy/case/proposal.ts';
import { type PupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { daysMissed } from '../../policy/register/measures.ts';
import { caseFor, namesOf } from '../../prisma/cases.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { proposalFor } from '../../prisma/proposals.ts';
import { timeline } from '../cases/timeline.ts';
import type { Ctx, View } from '../web/route.ts';
import { asked, callScripts } from './words.ts';

export type ProposalParams = { matterId: string; key: string };

/** The proposal that an address names, if this person may see it. */
export async function proposalAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, { matterId, key }: ProposalParams) {
  const row = await proposalFor(deps.db, user, matterId, key);
  const found = row && (await caseFor(deps.db, user, matterId));
  if (!row || !found) throw new Refusal('NotFound', 'There is no such proposal at your school');
  return { row, proposal: row.body as unknown as Proposal, found };
}

/** Everything the proposal page prints: what is asked and why, the evidence, and the form with what was typed before. */
export async function proposalView(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  params: ProposalParams,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const { row, proposal, found } = await proposalAt(ctx, params);
  const { action, evidence } = proposal;
  const mine = ctx.user.role === row.role || ctx.user.role === row.alsoRole;
  const events = await eventsOf(ctx.deps.db, params.matterId);
  return {
    template: 'inbox/proposal.njk',
    model: {
      href: `/proposals/${params.matterId}/${params.key}`,
      caseHref: `/cases/${params.matterId}`,
      open: row.status === 'open' && mine,
      state: stateWords(row.status, row.heldUntil),
      decidedBy: roleTitles[proposal.role],
      title: asked(proposal),
      what: action.what,
      pupil: { name: found.pupil.chosenName, className: found.pupil.className },
      cautions: found.pupil.flags.filter((flag) => delicate.has(flag)).map((flag) => pupilFlags[flag as PupilFlag] ?? flag),
      sentence: proposal.sentence,
      changed: proposal.changed,
      clause: evidence.clause,
      due: row.dueOn ? longDay(row.dueOn.toISOString().slice(0, 10)) : null,
      evidence: [
        ['Sessions attended', `${evidence.attendance.attended} of ${evidence.attendance.possible}`],
        ['Attendance', shown(evidence.attendance)],
        ['Days missed', String(daysMissed(evidence.attendance))],
        [
          'Counted up to',
          evidence.upTo
            ? `${shortDay(evidence.upTo.slice(0, 10))}, ${evidence.upTo.endsWith('AM') ? 'morning' : 'afternoon'}`
            : 'no marks yet',
        ],
        ['Policy', `${found.packId}, ${evidence.clause}`],
      ],
      sessions: action.what === 'missing marks' ? action.sessions : [],
      question: action.what === 'answer' ? action.question : null,
      script: action.what === 'call' ? (callScripts[action.script] ?? []) : [],
      meeting: action.what === 'letter' && action.template === 'meeting-invitation',
      choices: choices[action.what],
      supportKinds: Object.entries(supportKinds).map(([kind, text]) => ({ kind, text, value: typed[`offer-${kind}`] ?? '' })),
      askRoles: askable(proposal),
      typed: { ...blank, ...typed },
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
      story: timeline(
        events.slice(-6),
        await namesOf(
          ctx.deps.db,
          events.map(({ byUser }) => byUser),
        ),
      ),
    },
  };
}

/** What makes a letter delicate, whoever approves it. */
const delicate = new Set(['looked-after', 'social-worker', 'youth-justice', 'ehcp', 'medical', 'bereaved', 'young-carer']);

const blank = {
  choice: '',
  note: '',
  reason: '',
  until: '',
  of: '',
  question: '',
  reached: '',
  happened: '',
  meetingOn: '',
  meetingAt: '',
  metOn: '',
  record: '',
};

const askable = ({ role }: Proposal) =>
  (['class-teacher', 'attendance-officer', 'dsl', 'headteacher', 'sal'] as const)
    .filter((one) => one !== role)
    .map((one) => ({ value: one, text: roleTitles[one] }));

function stateWords(status: string, heldUntil: Date | null): string {
  if (status === 'held' && heldUntil) return `Held until ${longDay(heldUntil.toISOString().slice(0, 10))}`;
  return (
    { open: 'Waits for a decision', asked: 'A question is waiting for its answer', decided: 'Decided', withdrawn: 'Withdrawn' }[
      status
    ] ?? status
  );
}
