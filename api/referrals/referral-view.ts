import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import { type PupilFlag, pupilFlags } from '../../policy/people/flags.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { sayCase } from '../cases/timeline.ts';
import { story } from '../ledger/story.ts';
import { letterLink, letterRow } from '../letters/letter-row.ts';
import type { Ctx, View } from '../web/route.ts';
import { capital, sessionsOf } from '../web/shapes.ts';
import { referralActions } from './choices.ts';
import { noticeWords, parentWords, thresholdWords, toolRows } from './evidence.ts';
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
  return {
    template: 'referrals/referral.njk',
    model: {
      href: `/referrals/${id}`,
      caseHref: ctx.user.schoolId ? `/cases/${facts.caseId}` : null,
      pupil,
      flags: evidence.flags.map((flag) => pupilFlags[flag as PupilFlag] ?? flag),
      headline: facts.headline,
      mayAct: ctx.user.role === 'ewo' && facts.status === 'open',
      actions: referralActions(improvement?.status === 'running' ? improvement.earlyGrounds : []),
      waiting: facts.asks.map(({ key, asked, sentence, mine }) => ({
        ...{ text: asked, href: `/referrals/${id}/proposals/${key}`, sentence, mine },
      })),
      rows: [
        ['School', facts.school],
        ['Referred', longDay(facts.madeOn)],
        ['Stage', capital(facts.stage)],
        ['What happens next', facts.nextOn ? `${facts.nextWhy ?? ''}, ${longDay(facts.nextOn)}` : 'Nothing: it is closed'],
      ],
      pupilFacts: [
        ['Legal name', evidence.legalName],
        ['Born', longDay(evidence.born)],
        ['Unique pupil number', evidence.upn],
        ['Year and class', `${evidence.yearGroup}, ${pupil.className}`],
        ['On roll since', longDay(evidence.onRollFrom)],
        ['Attendance this year', sessionsOf(evidence.attendance)],
        ["The school's case", `${capital(evidence.case.stage)}, opened on ${longDay(evidence.case.openedOn)}`],
      ],
      parents: evidence.parents.map(parentWords),
      tools: toolRows(facts),
      notices: facts.notices.map((notice) => noticeWords(id, notice)),
      threshold: thresholdWords(evidence.threshold),
      offers: evidence.offers.map(({ kind, response }) => `${supportKinds[kind]}: ${response}`),
      letters: found.case.letters.map((letter) => letterLink(letterRow(letter))),
      story: (await story(db, await eventsOf(db, id), sayReferral(whoIn(found)))).reverse(),
      schoolStory: (await story(db, await eventsOf(db, facts.caseId), sayCase)).reverse(),
      decisionKey: typed.decisionKey ?? randomUUID(),
      typed: { do: '', text: '', ground: '', ...typed },
    },
  };
}
