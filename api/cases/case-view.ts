import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { type PupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { caseFor, namesOf } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { marksOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { asked, letterTitles } from '../inbox/words.ts';
import { letterStatus } from '../letters/words.ts';
import type { Ctx, View } from '../web/route.ts';
import { attendanceChart, line, type Step } from './chart.ts';
import { timeline } from './timeline.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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
  const today = todayAt(school, at);
  const points = line(await marksOf(deps.db, pupil.id, { from: schoolYearStart(today), to: today }));
  const steps = stepsOf(events);
  return {
    template: 'cases/case.njk',
    model: {
      id,
      href: `/cases/${id}`,
      pupil: { name: pupil.chosenName, className: pupil.className, href: `/register/${pupil.id}` },
      flags: pupil.flags.map((flag) => pupilFlags[flag as PupilFlag] ?? flag),
      headline: found.headline,
      open: found.status === 'open',
      held: state.heldUntil !== null,
      mayLead: user.role === 'sal' || user.role === 'headteacher',
      summary: [
        ['Stage', capital(found.stage)],
        ['Attendance', `${state.attendance.attended} of ${state.attendance.possible} sessions (${shown(state.attendance)})`],
        ['Opened', longDay(dayOf(found.openedOn))],
        ['Policy', `${found.packId}, version ${found.packVersion}`],
        [
          'What happens next',
          found.nextOn ? `${found.nextWhy ?? ''}, ${longDay(dayOf(found.nextOn))}` : 'Nothing: the case is closed',
        ],
      ],
      waiting: Object.values(state.proposals).map((proposal) => ({
        text: asked(proposal),
        href: `/proposals/${id}/${proposal.key}`,
        sentence: proposal.sentence,
      })),
      referrals: found.referrals.map(({ headline, madeOn }) => ({ text: `Referred on ${longDay(dayOf(madeOn))}: ${headline}` })),
      letters: found.letters.map((letter) => ({
        href: `/letters/${letter.id}`,
        title: letterTitles[letter.template] ?? letter.template,
        to: (letter.fields as { recipient: { name: string } }).recipient.name,
        status: letterStatus(letter),
      })),
      chart: points.length > 1 ? await attendanceChart(points, steps) : null,
      points: points.map(({ on, attended, possible }) => ({
        on: shortDay(on),
        counted: `${attended} of ${possible}`,
        percent: shown({ attended, possible }),
      })),
      steps: steps.map(({ on, label }) => ({ on: shortDay(on), label })),
      story: timeline(
        events,
        await namesOf(
          deps.db,
          events.map(({ byUser }) => byUser),
        ),
      ).reverse(),
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed: { text: '', until: '', do: 'note', ...typed },
    },
  };
}

const stepsOf = (events: Awaited<ReturnType<typeof eventsOf>>): Step[] =>
  events.flatMap(({ on, event }) => {
    const { type, ...rest } = event as unknown as CaseEvent;
    return type === 'stage entered' && 'stage' in rest ? [{ on, label: capital(rest.stage as string) }] : [];
  });
