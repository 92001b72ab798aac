import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { mayKeepPlan } from '../../policy/case/support-plan.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { caseFor, namesOf } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { asked, letterTitles } from '../inbox/words.ts';
import { capital } from '../layout/capital.ts';
import { flagTags } from '../layout/flags.ts';
import { letterStatus, readerOf } from '../letters/words.ts';
import type { Ctx, View } from '../web/route.ts';
import { attendanceNow } from './attendance-now.ts';
import { changesFor } from './change.ts';
import { attendanceChart, line, type Step } from './chart.ts';
import { ladder } from './ladder.ts';
import { planFields, planRows } from './plan.ts';
import { timeline } from './timeline.ts';

/** Everything the case page prints: where on the ladder, what waits, what happens next and when, the chart, the letters, the story. */
export async function caseView(
  { deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const found = await caseFor(deps.db, user, id);
  if (!found) throw new Refusal('NotFound', 'There is no such case at your school');
  const { state, pupil, school } = found;
  const events = await eventsOf(deps.db, id);
  const pack = await packOf(deps.db, found.packId, found.packVersion);
  const now = await attendanceNow(deps.db, pupil, todayAt(school, at));
  const points = line(now.marks);
  const steps = stepsOf(events);
  const names = await namesOf(
    deps.db,
    events.map(({ byUser }) => byUser),
  );
  const readers = new Map(found.letters.map((letter) => [letter.id, readerOf(letter)]));
  const open = found.status === 'open';
  return {
    template: 'cases/case.njk',
    model: {
      href: `/cases/${id}`,
      pupil: { name: pupil.chosenName, className: pupil.className, href: `/register/${pupil.id}` },
      flags: flagTags(pupil.flags),
      headline: found.headline,
      open,
      rows: summaryOf(found, pack.title, now),
      waiting: Object.values(state.proposals).map((proposal) => ({
        text: asked(proposal),
        href: `/proposals/${id}/${proposal.key}`,
        sentence: proposal.sentence,
        tag: proposal.status === 'held' ? 'Held' : proposal.status === 'asked' ? 'A question is open' : null,
      })),
      ladder: ladder(pack, state, events),
      referrals: found.referrals.map((referral) => ({
        href: ['sal', 'headteacher'].includes(user.role) ? `/referrals/${referral.id}` : null,
        text: `Referred on ${longDay(dayOf(referral.madeOn))}`,
        headline: referral.headline,
      })),
      letters: found.letters.map((letter) => ({
        href: `/letters/${letter.id}`,
        title: letterTitles[letter.template] ?? letter.template,
        to: readerOf(letter),
        status: letterStatus(letter),
      })),
      plan: planRows(state.offers),
      planFields: open && mayKeepPlan.includes(user.role) ? planFields : [],
      charts:
        points.length > 1
          ? [
              { of: 'wide', svg: await attendanceChart(points, steps, 640) },
              { of: 'narrow', svg: await attendanceChart(points, steps, 280) },
            ]
          : [],
      points: points
        .map(({ on, attended, possible }) => ({
          on: shortDay(on),
          counted: `${attended} of ${possible}`,
          percent: shown({ attended, possible }),
        }))
        .reverse(),
      steps: steps.map(({ on, label }) => ({ on: shortDay(on), label })),
      story: timeline(events, names, (letterId) => readers.get(letterId) ?? null).reverse(),
      changes: open
        ? changesFor({ mayLead: user.role === 'sal' || user.role === 'headteacher', held: state.heldUntil !== null })
        : [],
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed,
    },
  };
}

type Found = NonNullable<Awaited<ReturnType<typeof caseFor>>>;

function summaryOf(
  { state, openedOn, closedOn, nextOn, nextWhy }: Found,
  policy: string,
  now: Awaited<ReturnType<typeof attendanceNow>>,
) {
  const { monitoring, judged } = state;
  const { attended, possible } = now.totals;
  return [
    ['Attendance', `${attended} of ${possible} sessions (${shown(now.totals)})${now.upTo ? `, counted up to ${now.upTo}` : ''}`],
    ...(monitoring
      ? [['Monitored', `${longDay(monitoring.from)} to ${longDay(monitoring.until)}, target ${monitoring.target / 100}%`]]
      : []),
    ...(judged
      ? [
          [
            'Last monitored',
            `${shortDay(judged.from)} to ${shortDay(judged.until)}: ${judged.window.attended} of ${judged.window.possible} sessions (${shown(judged.window)})`,
          ],
        ]
      : []),
    ['Opened', longDay(dayOf(openedOn))],
    ...(closedOn ? [['Closed', longDay(dayOf(closedOn))]] : []),
    ['What happens next', nextOn ? `${nextWhy ?? ''}, on ${longDay(dayOf(nextOn))}` : 'Nothing: the case is closed'],
    ['Policy', policy],
  ];
}

const stepsOf = (events: Awaited<ReturnType<typeof eventsOf>>): Step[] =>
  events.flatMap(({ on, event }) => {
    const { type, ...rest } = event as unknown as CaseEvent;
    return type === 'stage entered' && 'stage' in rest ? [{ on, label: capital(rest.stage as string) }] : [];
  });
