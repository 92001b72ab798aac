import { randomUUID } from 'node:crypto';
import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import type { SchoolCalendar } from '../../policy/calendar/school-calendar.ts';
import { letterTitles } from '../../policy/case/action-words.ts';
import { timeForTarget } from '../../policy/case/agreed-target.ts';
import { askedForBy } from '../../policy/case/asked-for-by.ts';
import { onClosed } from '../../policy/case/decide.ts';
import type { Choice } from '../../policy/case/decision.ts';
import type { Proposal as Proposed } from '../../policy/case/proposal.ts';
import { referredAs } from '../../policy/case/referred.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { counted } from '../../policy/counted.ts';
import { adviceFor } from '../../policy/pack/clauses-in-words.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { decider } from '../../policy/pack/step.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { isSame } from '../../policy/register/fraction.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { pupilFor } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { colleaguesAt, namesOf as staffNamed } from '../../prisma/users.ts';
import { awayWords } from '../away/away-view.ts';
import { provisional } from '../calendar/provisional.ts';
import { type Acting, type AttendanceNow, actingOn, attendanceNow, attendanceRows } from '../cases/attendance-now.ts';
import { siblingLinks } from '../cases/family.ts';
import { sayCase } from '../cases/timeline.ts';
import { delicateFlags } from '../layout/flags.ts';
import { type Kept, story, wordsOf } from '../ledger/story.ts';
import { referredRows } from '../referrals/evidence.ts';
import { contactsOf } from '../register/contacts.ts';
import { countedRows } from '../register/figures-view.ts';
import type { Ctx, View } from '../web/route.ts';
import { personWords, sessionsOf } from '../web/shapes.ts';
import { changedSince } from './changed-since.ts';
import { choicesFor } from './choices.ts';
import { previewed } from './decide.ts';
import { soFar } from './decision-form.ts';
import { dueSaid } from './due-said.ts';
import { type Proposal, type ProposalParams, proposalAt, proposalFacts } from './facts.ts';
import { invitedTo } from './invited.ts';
import { reachFor } from './reach-family.ts';
import { meetingArranged, meetingsBeside } from './together.ts';
import { noticeRequested, supportRow } from './tried-first.ts';

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
  const acting = actingOn(pack, found.pupil, now, today);
  const events = await eventsOf(db, params.matterId);
  const colleagues = await colleaguesAt(db, found.schoolId);
  const calendar = await calendarOf(db, found.schoolId);
  const { what, mine: open, sentence, toDo } = facts;
  const beside = open ? await meetingsBeside(ctx, at) : [];
  const arranged = open && facts.template === 'meeting-invitation' ? await meetingArranged(ctx, at) : null;
  const given = { ...(arranged && { meetingOn: arranged.on, meetingAt: arranged.at }), ...typed };
  return {
    template: 'inbox/proposal.njk',
    model: {
      ...{ open, what, sentence, changed: facts.changed, title: facts.asked, pupil: facts.pupil },
      ...{ sessions: facts.sessions.map(sessionWords), question: facts.question, script: facts.script },
      href: `/proposals/${params.matterId}/${params.key}`,
      letterHref: facts.letterId === null ? null : `/letters/${facts.letterId}`,
      caseHref: `/cases/${params.matterId}`,
      pupilHref: `/register/${found.pupil.id}`,
      since: open ? changedSince(proposal, { state: found.state, events, now: acting.acting, today }) : null,
      waits: facts.status === 'open' || facts.status === 'held',
      state: stateWords(facts),
      decidedBy: titleOf(facts.role),
      askedForIt: askedForBy(proposal, at.decider),
      inPlaceOf: await awayWords(ctx, at.decider),
      flags: delicateFlags(found.pupil.flags),
      evidence: [
        ...(await agreedRows(ctx, proposal, events)),
        ...evidenceRows(at, events, pack, { ...now, ...acting }),
        ...dueRow(at, calendar),
      ],
      advice: adviceFor(
        pack,
        'case page',
        ...(what === 'letter' ? ['letters' as const] : what === 'call' ? ['call script' as const] : []),
      ),
      rests: (proposal.evidence.figures ?? []).map(({ says, sessions }) => ({ says, sessions: countedRows(sessions) })),
      missed: now.missed,
      toDo: sentence.includes(toDo ?? '') ? null : toDo,
      outside: noticeRequested(proposal, found, ctx.user.role),
      family: open ? await familyOf(ctx, at, today) : null,
      preview: open && what === 'letter' ? await lettersSoFar(ctx, params, { version: proposal.version, ...given }) : null,
      showed: typed.show === 'letter',
      siblings: await siblingLinks(ctx, found),
      choices: choicesFor(proposal, {
        ...{ ...settingsOf(at, pack), colleagues: colleagues(found.pupil) },
        ...{ beside, arranged: arranged?.says ?? null },
      }).filter(({ value }) => found.state.status === 'open' || onClosed.includes(value as Choice)),
      typed: { metOn: found.state.meeting?.on ?? '', target: targetFor(pack, at), ...given },
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
      story: (await story(db, events, sayCase(found.letters, found.pupil.contacts))).slice(-6).reverse(),
    },
  };
}

async function lettersSoFar(ctx: Asking, params: ProposalParams, typed: Record<string, unknown>) {
  const said = soFar(typed);
  return said && previewed(ctx, params, said);
}

/** Whom to ring, to meet or to visit, where it is done with the family: each with the way there, or why not to go it. */
async function familyOf({ deps, user, at }: Asking, { proposal, found }: At, today: string) {
  const reach = reachFor(proposal.action);
  const pupil = reach && (await pupilFor(deps.db, user, found.pupil.id));
  if (!pupil) return null;
  const meeting = proposal.action.what === 'meeting' ? found.state.meeting : null;
  const invited = meeting && invitedTo(found.letters, { since: found.state.stageSince, meetsOn: meeting.on }, at);
  const people = contactsOf(pupil, today, user.role).map((one, i) => {
    const { stop, ways } = reach.by(one);
    const said = invited?.(pupil.contacts[i]?.contactId ?? '');
    return { name: one.name, how: one.how, stop, ways: said === undefined ? ways : [said, ...ways] };
  });
  return { title: reach.title, people };
}

function evidenceRows(at: At, events: readonly Kept[], pack: Pack, now: AttendanceNow & Acting) {
  const { proposal, found } = at;
  const { totals, daysMissed, acting, how } = now;
  const { evidence, madeOn } = proposal;
  const then = evidence.attendance;
  const last = found.letters.findLast(({ status }) => status !== 'recalled' && status !== 'stopped');
  return [
    ...attendanceRows(now, now),
    ...(isSame(then, acting)
      ? []
      : [['When it was proposed', `${sessionsOf(then)}${evidence.how === undefined ? '' : `, adjusted: ${evidence.how}`}`]]),
    [
      how === null ? 'Days missed' : 'Days missed, as marked',
      `${counted(daysMissed, 'day')}: ${totals.authorised / 2} authorised, ${totals.unauthorised / 2} unauthorised`,
    ],
    [
      'Last letter',
      last ? `${letterTitles[last.template] ?? last.template}, approved on ${shortDay(dayOf(last.approvedOn))}` : 'None yet',
    ],
    ...(proposal.action.what === 'meeting' && found.state.meeting ? [['Invited for', meetingWords(found.state.meeting)]] : []),
    ...supportRow(proposal, found),
    ...concernOf(events),
    ...waitsForIt(proposal, pack),
    ...returnedBefore(at, events),
    ['Policy', `${pack.title}: ${evidence.clause}`],
    ['Proposed', longDay(madeOn)],
  ];
}

/** What the person wrote who opened the case for a concern: whoever rings the family has to know why. */
function concernOf(events: readonly Kept[]): string[][] {
  const opened = events.find(({ event }) => event.type === 'opened');
  const words = opened ? wordsOf(opened.event) : null;
  return words === null ? [] : [['The concern', `“${words}”`]];
}

const dueRow = ({ row, proposal }: At, calendar: SchoolCalendar): string[][] =>
  row.dueOn === null
    ? []
    : [['Due', `${dueSaid(proposal, longDay(dayOf(row.dueOn)))}${provisional(calendar, dayOf(row.dueOn))}`]];

const meetingWords = ({ on, at }: { on: Day; at: string }): string => `${longDay(on)} at ${at}`;

/** Who asked for it, or agreed to it, before it came to this person, and in which words. */
async function agreedRows({ deps }: Asking, { action, notBy }: Proposed, events: readonly Kept[]): Promise<string[][]> {
  const agreed = events.findLast(
    ({ event, byUser }) => byUser === notBy && event.type === 'decided' && event.choice === 'approve',
  );
  const who = notBy === undefined || !agreed ? undefined : (await staffNamed(deps.db, [notBy])).get(notBy);
  if (!agreed || !who) return [];
  const words = wordsOf(agreed.event);
  return [[action.what === 'referral' ? 'Asked for by' : 'Approved by', `${personWords(who)}${words ? `: “${words}”` : ''}`]];
}

/** The letter that a person looks at first, and who approves it then. */
function waitsForIt({ action, stage, step }: Proposed, pack: Pack): string[][] {
  if (action.what !== 'review') return [];
  const next = step === null ? undefined : pack.stages[stage]?.do[step];
  const { letter, by } =
    action.waits ?? (next && 'letter' in next ? { letter: next.letter, by: decider(next) } : { letter: null });
  return letter ? [['Waits for this', `${letterTitles[letter.template]}, then for the ${by} to approve`]] : [];
}

/** What the authority has returned, where the case is to be referred again. */
const returnedBefore = ({ proposal, found }: At, events: readonly Kept[]): string[][] =>
  ['referral', 'referral request'].includes(proposal.action.what)
    ? referredRows({ words: null, before: referredAs(events).before.filter(({ on }) => on >= found.state.stageSince) })
    : [];

const settingsOf = ({ found, proposal }: At, pack: Pack) => ({
  askAgainAfter: pack.waiting['ask again after'],
  recallMinutes: found.school.recallMinutes ?? pack.letters['recall window'],
  targetPercent: targetPercent(pack, { proposal, found }),
  targetRuns: runningTarget(found.state),
  targetCounts: timeForTarget(found.state, proposal, pack.stages[found.state.stage]) !== null,
});

/** The target that the policy has for the time after this stage's meeting. One beside the ladder is not that meeting. */
function targetPercent(pack: Pack, { proposal, found }: Pick<At, 'proposal' | 'found'>): string | null {
  const wait = pack.stages[found.state.stage]?.wait;
  return proposal.step !== null && wait?.from === 'meeting' && wait.target !== undefined ? `${wait.target / 100}%` : null;
}

/** What the field of the target holds at first: nothing where a time runs, whose target another would silently take the place of. */
const targetFor = (pack: Pack, at: At): string =>
  runningTarget(at.found.state) === null ? (targetPercent(pack, at)?.replace('%', '') ?? '') : '';

/** The target of the time that is monitored now, if one is. */
const runningTarget = ({ monitoring }: CaseState): string | null =>
  monitoring && monitoring.target !== null ? `${monitoring.target / 100}%` : null;

function stateWords({ status, heldUntil }: Proposal): string {
  if (status === 'held' && heldUntil) return `Held until ${longDay(heldUntil)}`;
  const words = {
    ...{ open: 'Waits for a decision', held: 'Held', asked: 'A question is waiting for its answer' },
    ...{ decided: 'Decided', withdrawn: 'Withdrawn' },
  };
  return words[status];
}
