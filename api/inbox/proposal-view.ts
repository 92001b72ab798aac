import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { counted } from '../../policy/counted.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { pupilFor } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { colleaguesAt, namesOf as staffNamed } from '../../prisma/users.ts';
import { type AttendanceNow, attendanceNow } from '../cases/attendance-now.ts';
import { siblingLinks, siblingsOf } from '../cases/family.ts';
import { sayCase } from '../cases/timeline.ts';
import { delicateFlags } from '../layout/flags.ts';
import { story } from '../ledger/story.ts';
import { contactsOf } from '../register/contacts.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords, sessionsOf, sessionWords } from '../web/shapes.ts';
import type { SignedIn } from '../web/signed-in.ts';
import { choicesFor } from './choices.ts';
import { previewed } from './decide.ts';
import { soFar } from './decision-form.ts';
import { type Proposal, type ProposalParams, proposalAt, proposalFacts } from './facts.ts';
import { meetingArranged, meetingsBeside } from './together.ts';
import { letterTitles } from './words.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;
type At = Awaited<ReturnType<typeof proposalAt>>;

/** Everything the proposal page prints: what is asked and why, the evidence, the letters, and the form with what was typed before. */
export async function proposalView(ctx: Asking, params: ProposalParams, typed: Record<string, unknown> = {}): Promise<View> {
  const at = await proposalAt(ctx, params);
  const facts = proposalFacts(params, at);
  const { found, proposal } = at;
  const { db } = ctx.deps;
  const today = todayAt(found.school, ctx.at);
  const pack = await packOf(db, found.packId, found.packVersion);
  const now = await attendanceNow(db, found.pupil, today);
  const events = await eventsOf(db, params.matterId);
  const colleagues = await colleaguesAt(db, found.schoolId);
  const { what, mine: open } = facts;
  const beside = open ? await meetingsBeside(ctx, at) : [];
  const arranged = open && facts.template === 'meeting-invitation' ? await meetingArranged(ctx, at) : null;
  const given = { ...(arranged && { meetingOn: arranged.on, meetingAt: arranged.at }), ...typed };
  return {
    template: 'inbox/proposal.njk',
    model: {
      ...{ open, what, sentence: facts.sentence, changed: facts.changed, title: facts.asked, pupil: facts.pupil },
      ...{ sessions: facts.sessions.map(sessionWords), question: facts.question, script: facts.script },
      href: `/proposals/${params.matterId}/${params.key}`,
      letterHref: facts.letterId === null ? null : `/letters/${facts.letterId}`,
      caseHref: `/cases/${params.matterId}`,
      pupilHref: `/register/${found.pupil.id}`,
      waits: facts.status === 'open' || facts.status === 'held',
      state: stateWords(facts),
      decidedBy: titleOf(facts.role),
      inPlaceOf: await awayWords(ctx, at.decider),
      flags: delicateFlags(found.pupil.flags),
      evidence: evidenceRows(at, facts, pack, now),
      missed: now.missed,
      people: open && (what === 'call' || what === 'meeting') ? await peopleOf(ctx, found.pupil.id, today) : [],
      preview: open && what === 'letter' ? await lettersSoFar(ctx, params, { version: proposal.version, ...given }) : null,
      showed: typed.show === 'letter',
      siblings: siblingLinks(await siblingsOf(ctx, found)),
      choices: choicesFor(proposal, {
        ...{ ...settingsOf(at, pack), colleagues: colleagues(found.pupil) },
        ...{ beside, arranged: arranged?.says ?? null },
      }),
      typed: { target: targetPercent(pack, found.state)?.replace('%', '') ?? '', ...given },
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
      story: (await story(db, events, sayCase(found.letters))).slice(-6).reverse(),
    },
  };
}

async function lettersSoFar(ctx: Asking, params: ProposalParams, typed: Record<string, unknown>) {
  const said = soFar(typed);
  return said && previewed(ctx, params, said);
}

/** In whose place this person decides, if they do. */
async function awayWords({ deps }: Asking, { for: away }: SignedIn): Promise<string | null> {
  const person = away === undefined ? undefined : (await staffNamed(deps.db, [away])).get(away);
  return person ? personWords(person) : null;
}

/** Whom to ring or to meet. */
async function peopleOf({ deps, user }: Asking, pupilId: string, today: string) {
  const pupil = await pupilFor(deps.db, user, pupilId);
  return pupil ? contactsOf(pupil, today) : [];
}

function evidenceRows({ proposal, found }: At, facts: Proposal, pack: Pack, now: AttendanceNow) {
  const { totals, daysMissed, upTo } = now;
  const { evidence, madeOn } = proposal;
  const then = evidence.attendance;
  const moved = then.attended !== totals.attended || then.possible !== totals.possible;
  const last = found.letters.at(-1);
  return [
    ['Attendance', `${sessionsOf(totals)}${upTo ? `, counted up to ${upTo}` : ''}`],
    ...(moved ? [['When it was proposed', sessionsOf(then)]] : []),
    [
      'Days missed',
      `${counted(daysMissed, 'day')}: ${totals.authorised / 2} authorised, ${totals.unauthorised / 2} unauthorised`,
    ],
    [
      'Last letter',
      last ? `${letterTitles[last.template] ?? last.template}, approved on ${shortDay(dayOf(last.approvedOn))}` : 'None yet',
    ],
    ['Policy', `${pack.title}: ${evidence.clause}`],
    ['Proposed', longDay(madeOn)],
    ...(facts.dueOn ? [['Due', longDay(facts.dueOn)]] : []),
  ];
}

const settingsOf = ({ found }: At, pack: Pack) => ({
  recallMinutes: found.school.recallMinutes ?? pack.letters['recall window'],
  targetPercent: targetPercent(pack, found.state),
});

/** The target that the policy has for the time after this stage's meeting. */
function targetPercent(pack: Pack, { stage }: CaseState): string | null {
  const wait = pack.stages[stage]?.wait;
  return wait?.from === 'meeting' && wait.target !== undefined ? `${wait.target / 100}%` : null;
}

function stateWords({ status, heldUntil }: Proposal): string {
  if (status === 'held' && heldUntil) return `Held until ${longDay(heldUntil)}`;
  const words = {
    ...{ open: 'Waits for a decision', held: 'Held', asked: 'A question is waiting for its answer' },
    ...{ decided: 'Decided', withdrawn: 'Withdrawn' },
  };
  return words[status];
}
