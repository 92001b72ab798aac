import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { type Role, titleOf } from '../../policy/people/roles.ts';
import { beforeTheCourt } from '../../policy/referral/before-the-court.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import type { ReferralFound } from '../../prisma/referrals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { awayWords } from '../away/away-view.ts';
import { delicateFlags } from '../layout/flags.ts';
import type { Ctx, View } from '../web/route.ts';
import { pupilName, sessionsOf } from '../web/shapes.ts';
import { choicesFor } from './choices.ts';
import { soFar } from './decision-form.ts';
import { referredRows, toolRows } from './evidence.ts';
import { type ProposalParams, parentsOf, proposalAt, type referralProposal, referredOf, toolsOf, whoIn } from './facts.ts';
import { previewed } from './inputs.ts';
import { askedRows, lawWords } from './notice-law.ts';
import { isReader } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;
/** What a proposal's own page prints: what is asked and why, and the form with what was typed before. */
export async function proposalView(ctx: Asking, params: ProposalParams, typed: Record<string, unknown> = {}): Promise<View> {
  const { found, proposal, decider } = await proposalAt(ctx, params);
  const { what, sentence, changed, role, heldUntil, dueOn, sessions, mine: open } = proposal;
  const notice = open && what === 'issue notice to improve';
  const showed = typed.show === 'letter';
  const today = todayAt(found.school, ctx.at);
  return {
    template: 'referrals/proposal.njk',
    model: {
      href: `/referrals/${params.id}/proposals/${params.key}`,
      referralHref: isReader(ctx.user.role) ? `/referrals/${params.id}` : null,
      ...{ title: proposal.asked, sentence, changed, typed, open, notice, showed },
      pupil: { ...pupilName(found.pupil), school: found.school.name },
      flags: delicateFlags(found.pupil.flags),
      state: heldUntil ? `Held until ${longDay(heldUntil)}` : 'Waits for a decision',
      decidedBy: titleOf(role),
      inPlaceOf: await awayWords(ctx, decider),
      rows: [...(await about(ctx, found, proposal)), ...toolRows(toolsOf(found)), ['Due', longDay(dueOn)]],
      sessions: sessions.map(sessionWords),
      sessionsCounted: counted(sessions.length, 'session'),
      preview: notice && showed ? await noticeSoFar(ctx, params, typed) : null,
      choices: choicesFor(
        { what },
        what === 'record proceedings' ? prosecuted(found) : parentsToChoose(found, today, ctx.user.role),
      ),
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

async function noticeSoFar(ctx: Asking, params: ProposalParams, typed: Record<string, unknown>) {
  const said = soFar(typed);
  return said && previewed(ctx, params, said);
}

const parentsToChoose = (found: ReferralFound, today: string, reader: Role) =>
  parentsOf(found, today, reader).flatMap(({ mayWrite, contactId, name, relationship }) =>
    mayWrite ? [{ value: contactId, text: `${name}, ${relationship}` }] : [],
  );

/** The parents who are before the court for a penalty notice of this referral. */
const prosecuted = (found: ReferralFound) =>
  [...new Set(beforeTheCourt(found.state).map(([, { contactId }]) => contactId))].map((value) => ({
    value,
    text: whoIn(found)(value),
  }));

/** What this one thing is about, beside what the referral's page says of all. */
async function about(ctx: Asking, found: ReferralFound, proposal: ReturnType<typeof referralProposal>): Promise<string[][]> {
  const { what, attendance, contactId, noticeId, window, target } = proposal;
  if (window && target !== null) {
    return [
      ['Attended in the period', sessionsOf(window)],
      ['Wanted', `${target / 100}%`],
    ];
  }
  const year = ['Attendance this year', sessionsOf(attendance)];
  if (what === 'accept referral') return [year, ...referredRows(await referredOf(ctx.deps, found))];
  if (what === 'decide tool') return [year, ...(await noticeRows(ctx, found))];
  if (!contactId) return [year];
  const parent = ['Parent', whoIn(found)(contactId)];
  if (!noticeId || what === 'unpaid notice') return [parent, year];
  return [parent, year, ...(await askedRows(ctx, found, noticeId)), ['The law', await lawWords(ctx, found, contactId)]];
}

/** What the law says of a penalty notice to each parent, before one is asked for. */
const noticeRows = (ctx: Asking, found: ReferralFound): Promise<string[][]> =>
  Promise.all(
    parentsToChoose(found, todayAt(found.school, ctx.at), ctx.user.role).map(async ({ value, text }) => [
      `Penalty notice to ${text}`,
      await lawWords(ctx, found, value),
    ]),
  );
