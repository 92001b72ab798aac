import { randomUUID } from 'node:crypto';
import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { type SchoolCalendar, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { letterTitles } from '../../policy/case/action-words.ts';
import { askedForBy } from '../../policy/case/asked-for-by.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { earlierStages, lettersToLeave } from '../../policy/case/step-back.ts';
import { mayKeepPlan } from '../../policy/case/support-plan.ts';
import { adviceFor } from '../../policy/pack/clauses-in-words.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { isSame } from '../../policy/register/fraction.ts';
import type { CaseFound } from '../../prisma/cases.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { decidesAs } from '../away/decides-for.ts';
import { nextProvisional, provisional } from '../calendar/provisional.ts';
import { line, type Step } from '../charts/attendance-line.ts';
import { type Chart, charted, lineInWords, lineSheet, stepsInWords } from '../charts/chart.ts';
import { address } from '../figures/words.ts';
import { flagTags } from '../layout/flags.ts';
import { story } from '../ledger/story.ts';
import { letterLink } from '../letters/letter-row.ts';
import { namedSpan, readerOf } from '../letters/words.ts';
import { asKnownOn, knownInput } from '../register/known-on.ts';
import type { Ctx, View } from '../web/route.ts';
import { sessionsOf } from '../web/shapes.ts';
import { type Acting, type AttendanceNow, actingOn, attendanceNow, attendanceRows } from './attendance-now.ts';
import { changesFor, reopening } from './change.ts';
import { caseAt, caseFacts, stagesToReopenOf } from './facts.ts';
import { siblingLinks } from './family.ts';
import { ladder } from './ladder.ts';
import { planFields, planRows } from './plan.ts';
import { stepsOf } from './steps.ts';
import { sayCase } from './timeline.ts';

/** Everything the case page prints: where on the ladder, what waits, what happens next and when, the chart, the letters, the story. */
export async function caseView(
  { deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const found = await caseAt({ deps, user }, id);
  const facts = caseFacts(found, at);
  const { pupil, state, school } = found;
  const today = todayAt(school, at);
  const events = await eventsOf(deps.db, id);
  const pack = await packOf(deps.db, found.packId, found.packVersion);
  const now = await attendanceNow(deps.db, pupil, today);
  const acting = actingOn(pack, pupil, now, today);
  const isOpen = open(found);
  const back = earlierStages(pack, state);
  const toLeave = lettersToLeave(state);
  const leaving = facts.letters.filter((letter) => toLeave.includes(letter.id)).map(letterLink);
  const told = await story(deps.db, events, sayCase(found.letters, pupil.contacts));
  const reopens = await stagesToReopenOf({ deps }, found, pack);
  const mayLead = user.role === 'sal' || user.role === 'headteacher';
  return {
    template: 'cases/case.njk',
    model: {
      href: `/cases/${id}`,
      pupil: { name: pupil.chosenName, className: pupil.className, href: `/register/${pupil.id}` },
      flags: flagTags(pupil.flags),
      headline: facts.headline,
      open: isOpen,
      advice: adviceFor(pack, 'case page'),
      rows: summaryOf(found, pack.title, attendanceRows(now, acting), await calendarOf(deps.db, found.schoolId), told[0]),
      waiting: await Promise.all(facts.waiting.map((one) => waitingRow({ deps, user, at }, found, one))),
      siblings: await siblingLinks({ deps, user, at }, found),
      ladder: ladder(pack, state, events),
      referrals: facts.referrals.map((referral) => ({
        href: mayLead ? `/referrals/${referral.id}` : null,
        text: `Referred on ${longDay(referral.madeOn)}`,
        headline: referral.headline,
      })),
      letters: facts.letters.map(letterLink),
      plan: planRows(state.offers),
      planFields: isOpen && mayKeepPlan.includes(user.role) ? planFields : [],
      chart: pictured(id, now, acting, stepsOf(events, schoolYearStart(today))),
      story: [...told].reverse(),
      changes: isOpen ? changesFor({ mayLead, held: state.heldUntil !== null, back: leaving.length > 0 ? [] : back }) : [],
      reopening: mayLead && reopens.length > 0 ? [reopening(reopens)] : [],
      leaving: isOpen && mayLead && back.length > 0 ? leaving : [],
      knownInput,
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed,
    },
  };
}

type Waiting = ReturnType<typeof caseFacts>['waiting'][number];

/** What waits for a decision: for the reader, in their own name or for somebody who is away, or for whom. */
async function waitingRow(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  found: CaseFound,
  { key, asked, sentence, status, role }: Waiting,
) {
  const proposal = found.state.proposals[key] as Proposal;
  const { alsoRole } = proposal;
  const { className } = found.pupil;
  const decider = await decidesAs(ctx, { row: { role, alsoRole }, proposal, className });
  const mine = status === 'open' && [role, alsoRole].includes(decider.role) && !askedForBy(proposal, decider);
  const whose = mine ? 'For you' : `For the ${titleOf(role)}`;
  return {
    ...{ text: asked, href: `/proposals/${found.id}/${key}`, sentence },
    tag: { text: { held: 'Held', asked: 'A question is open', open: whose }[status], colour: mine ? 'blue' : 'grey' },
  };
}

/** The chart, the table that says the same, and what its numbers stand for; null before there is a line to draw. */
export function pictured(id: string, { marks }: AttendanceNow, { how }: Acting, steps: Step[], knownOn?: Day): Chart | null {
  const points = line(marks);
  if (points.length < 2) return null;
  const of = `Attendance this year${how === null ? '' : ' as marked, with nothing left out'}`;
  return charted({
    ...{ src: `/cases/${id}/attendance.svg`, more: asKnownOn(knownOn) },
    alt: `${of}, day by day. ${lineInWords(points)}`,
    caption: `${of}, day by day. Lines across: 96% and 90%.${stepsInWords(steps)}`,
    sheet: lineSheet('attendance', `${of}, at the end of each day`, points),
    csv: address(`/cases/${id}/attendance.csv`, { 'as-known-on': knownOn }),
  });
}

/** Letters of this stage that told the parents other days than those that are monitored. They stay as they were written. */
function saidOtherwise({ state, letters }: CaseFound): string[][] {
  const { monitoring, stageSince } = state;
  const gone = ['recalled', 'stopped', 'refused'];
  if (!monitoring) return [];
  return letters.flatMap((letter) => {
    const named = namedSpan(letter.fields);
    const counts = dayOf(letter.approvedOn) >= stageSince && !gone.includes(letter.status);
    if (!named || !counts || named.until === monitoring.until) return [];
    return [
      [
        'A letter says otherwise',
        `${letterTitles[letter.template] ?? letter.template} to ${readerOf(letter)}: ${longDay(named.from)} to ${longDay(named.until)}. Tell the parents`,
      ],
    ];
  });
}

const open = ({ status }: CaseFound): boolean => status === 'open';

const targetWords = (target: number | null): string => (target === null ? '' : `, target ${target / 100}%`);

type Entry = Awaited<ReturnType<typeof story>>[number];

/** When the case was opened; and by whom and why, if that was a person. */
const openedSaid = ({ openedOn }: CaseFound, first: Entry | undefined): string =>
  [
    longDay(dayOf(openedOn)),
    ...(typeof first?.words === 'string' ? [`for a concern, by ${first.by ?? 'somebody'}: “${first.words}”`] : []),
  ].join(', ');

function summaryOf(found: CaseFound, policy: string, attendance: string[][], calendar: SchoolCalendar, first: Entry | undefined) {
  const { state, pupil, closedOn, nextOn, nextWhy } = found;
  const { monitoring, judged, heldUntil, proposals } = state;
  const sure = { heldUntil, proposals, onRollTo: dayOrNull(pupil.onRollTo) };
  return [
    ...attendance,
    ...(monitoring
      ? [
          [
            'Monitored',
            `${longDay(monitoring.from)} to ${longDay(monitoring.until)}${provisional(calendar, monitoring.until)}${targetWords(monitoring.target)}`,
          ],
        ]
      : []),
    ...saidOtherwise(found),
    ...(state.backUntil !== undefined && open(found)
      ? [
          [
            'Put back',
            `It stays in this stage until ${longDay(state.backUntil)}${provisional(calendar, state.backUntil)}, unless what is done in it moves it on`,
          ],
        ]
      : []),
    ...(judged
      ? [
          [
            'Last monitored',
            `${shortDay(judged.from)} to ${shortDay(judged.until)}: ${sessionsOf(judged.window)}${judged.how === undefined ? '' : `, adjusted: ${judged.how}`}${judgedOtherwise(judged)}`,
          ],
        ]
      : []),
    ['Opened', openedSaid(found, first)],
    ...(closedOn ? [['Closed', longDay(dayOf(closedOn))]] : []),
    [
      'What happens next',
      nextOn
        ? `${nextWhy ?? ''}, on ${longDay(dayOf(nextOn))}${nextProvisional(calendar, sure, dayOf(nextOn))}`
        : 'Nothing: the case is closed',
    ],
    ['Policy', policy],
  ];
}

/** What the register says of the monitored days by now, if that was noted to differ from what was judged. */
const judgedOtherwise = ({ window, now }: NonNullable<CaseState['judged']>): string =>
  now && !isSame(now, window) ? `. The data has changed since: the register now says ${sessionsOf(now)}` : '';
