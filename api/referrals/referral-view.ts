import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { namesOf } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { type ReferralFound, referralFor } from '../../prisma/referrals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { planRows } from '../cases/plan.ts';
import { timeline } from '../cases/timeline.ts';
import { letterTitles } from '../inbox/words.ts';
import { capital } from '../layout/capital.ts';
import { delicateFlags, flagTags } from '../layout/flags.ts';
import { letterStatus, readerOf } from '../letters/words.ts';
import { contactsOf } from '../register/contacts.ts';
import type { Ctx, View } from '../web/route.ts';
import { referralActions } from './choices.ts';
import { attendance, noticeRow, thresholdOf, toolsOf, whoIn } from './evidence.ts';
import { referralTimeline } from './timeline.ts';
import { referralAsks } from './words.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/**
 * The referral that an address names, if this person may see it.
 * @throws Refusal('NotFound') if there is none within reach.
 */
export async function referralAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<ReferralFound> {
  const found = await referralFor(deps.db, user, id);
  if (!found) throw new Refusal('NotFound', 'There is no such referral here');
  return found;
}

/** Everything the referral's page prints: what waits, what was decided, and the school's evidence. */
export async function referralView(ctx: Asking, id: string, typed: Record<string, unknown> = {}): Promise<View> {
  const found = await referralAt(ctx, id);
  const { state, pupil, school, case: of } = found;
  const today = todayAt(school, ctx.at);
  const stories = await storiesOf(ctx, found);
  return {
    template: 'referrals/referral.njk',
    model: {
      href: `/referrals/${id}`,
      caseHref: ctx.user.schoolId ? `/cases/${found.caseId}` : null,
      pupil: { name: pupil.chosenName, className: pupil.className },
      flags: flagTags(pupil.flags, delicateFlags(pupil.flags)),
      delicate: delicateFlags(pupil.flags),
      headline: found.headline,
      mayAct: ctx.user.role === 'ewo' && state.status === 'open',
      actions: referralActions(state.improvement?.status === 'running' ? state.improvement.earlyGrounds : []),
      waiting: Object.values(state.proposals).map(({ key, action, sentence, role, status }) => ({
        text: referralAsks(action),
        href: `/referrals/${id}/proposals/${key}`,
        sentence,
        mine: role === ctx.user.role && status === 'open',
        tag: status !== 'open' ? 'Held' : role === ctx.user.role ? 'For you' : `For the ${titleOf(role)}`,
      })),
      rows: [
        ['School', school.name],
        ['Referred', longDay(dayOf(found.madeOn))],
        ['Stage', capital(state.stage)],
        [
          'What happens next',
          found.nextOn ? `${found.nextWhy ?? ''}, on ${longDay(dayOf(found.nextOn))}` : 'Nothing: it is closed',
        ],
      ],
      pupilFacts: [
        ['Legal name', pupil.legalName],
        ['Born', longDay(dayOf(pupil.born))],
        ['Unique pupil number', pupil.upn],
        ['Year group and class', `${pupil.yearGroup === 0 ? 'Reception' : `Year ${pupil.yearGroup}`}, ${pupil.className}`],
        ['On roll since', longDay(dayOf(pupil.onRollFrom))],
        ['Attendance this year', attendance(of.state.attendance)],
        ["The school's case", `${capital(of.stage)}, opened on ${longDay(dayOf(of.openedOn))}`],
      ],
      parents: contactsOf(pupil.contacts, today),
      tools: toolsOf(found),
      notices: Object.entries(state.notices).map(([noticeId, notice]) => noticeRow(found, noticeId, notice)),
      threshold: await thresholdOf(ctx, found, today),
      plan: planRows(of.state.offers),
      letters: of.letters.map((letter) => ({
        href: `/letters/${letter.id}`,
        title: letterTitles[letter.template] ?? letter.template,
        to: readerOf(letter),
        status: letterStatus(letter),
      })),
      ...stories,
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed: { do: '', text: '', ground: '', ...typed },
    },
  };
}

async function storiesOf({ deps }: Asking, found: ReferralFound) {
  const ours = await eventsOf(deps.db, found.id);
  const schools = await eventsOf(deps.db, found.caseId);
  const names = await namesOf(
    deps.db,
    [...ours, ...schools].map(({ byUser }) => byUser),
  );
  const readers = new Map(found.case.letters.map((letter) => [letter.id, readerOf(letter)]));
  return {
    story: referralTimeline(ours, names, whoIn(found)).reverse(),
    schoolStory: timeline(schools, names, (letterId) => readers.get(letterId) ?? null).reverse(),
  };
}
