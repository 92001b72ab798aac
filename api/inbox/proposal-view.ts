import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import { type PupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { sayCase } from '../cases/timeline.ts';
import { story } from '../ledger/story.ts';
import type { Ctx, View } from '../web/route.ts';
import { sessionWords } from '../web/shapes.ts';
import { type Proposal, type ProposalParams, proposalFacts } from './facts.ts';

/** Everything the proposal page prints: what is asked and why, the evidence, and the form with what was typed before. */
export async function proposalView(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  params: ProposalParams,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const facts = await proposalFacts(ctx, params);
  const { evidence } = facts;
  const lately = (await eventsOf(ctx.deps.db, params.matterId)).slice(-6);
  return {
    template: 'inbox/proposal.njk',
    model: {
      ...{ what: facts.what, sentence: facts.sentence, changed: facts.changed, clause: evidence.clause },
      ...{ sessions: facts.sessions, question: facts.question, script: facts.script, choices: facts.choices },
      href: `/proposals/${params.matterId}/${params.key}`,
      caseHref: `/cases/${params.matterId}`,
      open: facts.mine,
      state: stateWords(facts),
      decidedBy: roleTitles[facts.role],
      title: facts.asked,
      pupil: facts.pupil,
      cautions: facts.cautions.map((flag) => pupilFlags[flag as PupilFlag] ?? flag),
      due: facts.dueOn && longDay(facts.dueOn),
      evidence: [
        ['Sessions attended', `${evidence.attendance.attended} of ${evidence.attendance.possible}`],
        ['Attendance', evidence.attendance.percent],
        ['Days missed', String(evidence.daysMissed)],
        ['Counted up to', evidence.upTo ? sessionWords(evidence.upTo) : 'no marks yet'],
        ['Policy', `${evidence.pack}, ${evidence.clause}`],
      ],
      meeting: facts.template === 'meeting-invitation',
      supportKinds: Object.entries(supportKinds).map(([kind, text]) => ({ kind, text, value: typed[`offer-${kind}`] ?? '' })),
      askRoles: askable(facts),
      typed: { ...blank, ...typed },
      version: typed.version ?? facts.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
      story: await story(ctx.deps.db, lately, sayCase),
    },
  };
}

const blank = {
  ...{ choice: '', note: '', reason: '', until: '', of: '', question: '', reached: '' },
  ...{ happened: '', meetingOn: '', meetingAt: '', metOn: '', record: '' },
};

const askable = ({ role }: Proposal) =>
  (['class-teacher', 'attendance-officer', 'dsl', 'headteacher', 'sal'] as const)
    .filter((one) => one !== role)
    .map((one) => ({ value: one, text: roleTitles[one] }));

function stateWords({ status, heldUntil }: Proposal): string {
  if (status === 'held' && heldUntil) return `Held until ${longDay(heldUntil)}`;
  const words = {
    ...{ open: 'Waits for a decision', held: 'Held', asked: 'A question is waiting for its answer' },
    ...{ decided: 'Decided', withdrawn: 'Withdrawn' },
  };
  return words[status];
}
