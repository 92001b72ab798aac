import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { homeAuthoritySaid } from '../../policy/people/home-authority.ts';
import { isOfficer, titleOf } from '../../policy/people/roles.ts';
import { yearName } from '../../policy/people/year-group.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { planRows } from '../cases/plan.ts';
import { sayCase } from '../cases/timeline.ts';
import { delicateFlags, flagTags } from '../layout/flags.ts';
import { type Kept, story } from '../ledger/story.ts';
import { letterLink, letterRow } from '../letters/letter-row.ts';
import { rollWords } from '../register/about.ts';
import { contactsOf } from '../register/contacts.ts';
import type { Ctx, View } from '../web/route.ts';
import { sessionsOf } from '../web/shapes.ts';
import { referralActions } from './choices.ts';
import { elsewhereRows } from './elsewhere-facts.ts';
import { noticeWords, referredRows, returnedWords, thresholdWords, toolRows } from './evidence.ts';
import { referralAt, referralFacts, whoIn } from './facts.ts';
import { sayReferral } from './timeline.ts';

/** Everything the referral's page prints: what waits, what was decided, and the school's evidence. */
export async function referralView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const { db } = ctx.deps;
  const found = await referralAt(ctx, id);
  const facts = await referralFacts(ctx, found);
  const { evidence, pupil, improvement } = facts;
  const { letters, state } = found.case;
  const today = todayAt(found.school, ctx.at);
  const events = await eventsOf(db, id);
  return {
    template: 'referrals/referral.njk',
    model: {
      href: `/referrals/${id}`,
      caseHref: ctx.user.schoolId ? `/cases/${facts.caseId}` : null,
      pupil,
      flags: flagTags(evidence.flags, delicateFlags(evidence.flags)),
      delicate: delicateFlags(evidence.flags),
      headline: facts.headline,
      mayAct: isOfficer(ctx.user.role) && facts.status === 'open',
      actions: referralActions({ ...facts, grounds: improvement?.status === 'running' ? improvement.earlyGrounds : [] }),
      waiting: facts.asks.map(({ key, asked, sentence, mine, status, role }) => ({
        ...{ text: asked, href: `/referrals/${id}/proposals/${key}`, sentence, mine },
        tag: status !== 'open' ? 'Held' : mine ? 'For you' : `For the ${titleOf(role)}`,
      })),
      rows: [
        ['School', facts.school],
        ['Referred', longDay(facts.madeOn)],
        ['Stage', capital(facts.stage)],
        ...ownReturn(events),
        ...referredRows(facts.referred),
        ['What happens next', facts.nextOn ? `${facts.nextWhy ?? ''}, on ${longDay(facts.nextOn)}` : 'Nothing: it is closed'],
      ],
      pupilFacts: [
        ['Legal name', evidence.legalName],
        ['Born', longDay(evidence.born)],
        ['Unique pupil number', evidence.upn],
        ['Year group and class', `${yearName(evidence.yearGroup)}, ${pupil.className}`],
        ['On the roll', rollWords(evidence)],
        ...(evidence.homeAuthority === null
          ? []
          : [['Lives in the area of', homeAuthoritySaid(evidence.homeAuthority, found.case.school.authority.name)]]),
        ['Attendance this year', sessionsOf(evidence.attendance)],
        ['The school’s case', `${capital(evidence.case.stage)}, opened on ${longDay(evidence.case.openedOn)}`],
      ],
      parents: contactsOf({ contacts: found.pupil.contacts, same: found.same }, today, ctx.user.role),
      tools: toolRows(facts),
      notices: facts.notices.map((notice) => noticeWords(id, notice)),
      elsewhereMay: isOfficer(ctx.user.role),
      elsewhere: elsewhereRows(facts.elsewhere),
      threshold: thresholdWords(facts, today),
      plan: planRows(state.offers),
      letters: letters.map((letter) => letterLink(letterRow(ctx.at)(letter))),
      story: (await story(db, events, sayReferral(whoIn(found)))).reverse(),
      schoolStory: (await story(db, await eventsOf(db, facts.caseId), sayCase(letters, found.pupil.contacts))).reverse(),
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed: { do: '', text: '', ground: '', ...typed },
    },
  };
}

/** What this referral itself was returned for. */
const ownReturn = (events: readonly Kept[]): string[][] =>
  events.flatMap(({ on, event }) => {
    const said = event as unknown as ReferralEvent;
    return said.type === 'returned' ? [[`Returned on ${shortDay(on)}`, returnedWords(said)]] : [];
  });
