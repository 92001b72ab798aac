import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { type PupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { shown } from '../../policy/register/fraction.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { story } from '../ledger/story.ts';
import { letterLink } from '../letters/letter-row.ts';
import type { Ctx, View } from '../web/route.ts';
import { capital, sessionsOf } from '../web/shapes.ts';
import { attendanceChart } from './chart.ts';
import { caseAt, caseFacts, chartOf } from './facts.ts';
import { sayCase } from './timeline.ts';

/** Everything the case page prints: where on the ladder, what waits, what happens next and when, the chart, the letters, the story. */
export async function caseView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const found = await caseAt(ctx, id);
  const facts = caseFacts(found);
  const { pupil } = facts;
  const events = await eventsOf(ctx.deps.db, id);
  const { points, steps } = await chartOf(ctx, found, events);
  return {
    template: 'cases/case.njk',
    model: {
      id,
      href: `/cases/${id}`,
      pupil: { name: pupil.name, className: pupil.className, href: `/register/${pupil.id}` },
      flags: facts.flags.map((flag) => pupilFlags[flag as PupilFlag] ?? flag),
      headline: facts.headline,
      open: facts.status === 'open',
      held: facts.heldUntil !== null,
      mayLead: ctx.user.role === 'sal' || ctx.user.role === 'headteacher',
      summary: [
        ['Stage', capital(facts.stage)],
        ['Attendance', sessionsOf(facts.attendance)],
        ['Opened', longDay(facts.openedOn)],
        ['Policy', `${facts.policy.pack}, version ${facts.policy.version}`],
        ['What happens next', facts.nextOn ? `${facts.nextWhy ?? ''}, ${longDay(facts.nextOn)}` : 'Nothing: the case is closed'],
      ],
      waiting: facts.waiting.map(({ asked, key, sentence }) => ({ text: asked, href: `/proposals/${id}/${key}`, sentence })),
      referrals: facts.referrals.map(({ headline, madeOn }) => ({ text: `Referred on ${longDay(madeOn)}: ${headline}` })),
      letters: facts.letters.map(letterLink),
      chart: points.length > 1 ? await attendanceChart(points, steps) : null,
      points: points.map(({ on, attended, possible }) => ({
        on: shortDay(on),
        counted: `${attended} of ${possible}`,
        percent: shown({ attended, possible }),
      })),
      steps: steps.map(({ on, label }) => ({ on: shortDay(on), label })),
      story: (await story(ctx.deps.db, events, sayCase)).reverse(),
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed: { text: '', until: '', do: 'note', ...typed },
    },
  };
}
