import { randomUUID } from 'node:crypto';
import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { mayWriteTo } from '../../policy/letters/may-write.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import type { ReferralProposal } from '../../policy/referral/proposal.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import type { ReferralFound } from '../../prisma/referrals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx, View } from '../web/route.ts';
import { choicesFor } from './choices.ts';
import { whoIn } from './evidence.ts';
import { referralAt } from './referral-view.ts';
import { referralAsks } from './words.ts';

export type ProposalParams = { id: string; key: string };

/** What a proposal's own page prints: what is asked and why, and the form with what was typed before. */
export async function proposalView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  { id, key }: ProposalParams,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const found = await referralAt(ctx, id);
  const proposal = found.state.proposals[key];
  if (!proposal) throw new Refusal('NotFound', 'This has been decided or withdrawn. The referral shows what happened');
  return {
    template: 'referrals/proposal.njk',
    model: {
      href: `/referrals/${id}/proposals/${key}`,
      referralHref: `/referrals/${id}`,
      title: referralAsks(proposal.action),
      pupil: { name: found.pupil.chosenName, className: found.pupil.className },
      sentence: proposal.sentence,
      changed: proposal.changed,
      open: proposal.status === 'open' && ctx.user.role === proposal.role,
      state: proposal.heldUntil ? `Held until ${longDay(proposal.heldUntil)}` : 'Waits for a decision',
      decidedBy: roleTitles[proposal.role],
      rows: [...about(found, proposal), ['Due', longDay(proposal.due)]],
      sessions: proposal.action.what === 'authorise penalty notice' ? proposal.action.sessions.map(sessionWords) : [],
      choices: choicesFor(proposal.action, parentsToChoose(found, todayAt(found.school, ctx.at))),
      typed,
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

const sessionWords = (id: string): string => `${shortDay(id.slice(0, 10))}, ${id.endsWith('AM') ? 'morning' : 'afternoon'}`;

/** What this one thing is about, beside what the referral's page says of all. */
function about(found: ReferralFound, { action, evidence }: ReferralProposal): string[][] {
  const year = [
    'Attendance this year',
    `${evidence.attendance.attended} of ${evidence.attendance.possible} sessions (${shown(evidence.attendance)})`,
  ];
  if ('contactId' in action) return [['Parent', whoIn(found)(action.contactId)], year];
  if (action.what === 'judge notice to improve') {
    const { attended, possible } = action.window;
    return [
      ['Attended in the period', `${attended} of ${possible} sessions (${shown(action.window)})`],
      ['Wanted', `${action.target / 100}%`],
    ];
  }
  return [year];
}

function parentsToChoose({ pupil }: ReferralFound, today: string) {
  return pupil.contacts.flatMap((link) => {
    const from = dayOrNull(link.restrictionFrom);
    const until = dayOrNull(link.restrictionUntil);
    const may = mayWriteTo({ ...link, restrictionFrom: from, restrictionUntil: until }, today).may;
    return may ? [{ value: link.contactId, text: `${link.contact.fullName}, ${link.relationship}` }] : [];
  });
}
