import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { mayWriteTo } from '../../policy/letters/may-write.ts';
import type { Preview } from '../../policy/letters/printed.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { ReferralDecision } from '../../policy/referral/decision.ts';
import type { ReferralProposal } from '../../policy/referral/proposal.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import type { ReferralFound } from '../../prisma/referrals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { sessionWords } from '../cases/attendance-now.ts';
import { counted } from '../layout/counted.ts';
import { delicateFlags } from '../layout/flags.ts';
import type { Ctx, View } from '../web/route.ts';
import { choicesFor } from './choices.ts';
import { DecisionForm, decisionOf, wordsOf } from './decision-form.ts';
import { toolsOf, whoIn } from './evidence.ts';
import { decisionSaid, textIdFor } from './inputs.ts';
import { referralAt } from './referral-view.ts';
import { referralAsks } from './words.ts';

export type ProposalParams = { id: string; key: string };
type Asking = Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>;

/** What a proposal's own page prints: what is asked and why, and the form with what was typed before. */
export async function proposalView(ctx: Asking, { id, key }: ProposalParams, typed: Record<string, unknown> = {}): Promise<View> {
  const found = await referralAt(ctx, id);
  const proposal = found.state.proposals[key];
  if (!proposal) throw new Refusal('NotFound', 'This has been decided or withdrawn. The referral shows what happened');
  const open = proposal.status === 'open' && ctx.user.role === proposal.role;
  const notice = open && proposal.action.what === 'issue notice to improve';
  return {
    template: 'referrals/proposal.njk',
    model: {
      href: `/referrals/${id}/proposals/${key}`,
      referralHref: `/referrals/${id}`,
      title: referralAsks(proposal.action),
      pupil: { name: found.pupil.chosenName, className: found.pupil.className, school: found.school.name },
      flags: delicateFlags(found.pupil.flags),
      sentence: proposal.sentence,
      changed: proposal.changed,
      open,
      state: proposal.heldUntil ? `Held until ${longDay(proposal.heldUntil)}` : 'Waits for a decision',
      decidedBy: titleOf(proposal.role),
      rows: [...about(found, proposal), ...toolsOf(found), ['Due', longDay(proposal.due)]],
      sessions: proposal.action.what === 'authorise penalty notice' ? proposal.action.sessions.map(sessionWords) : [],
      sessionsCounted:
        proposal.action.what === 'authorise penalty notice' ? counted(proposal.action.sessions.length, 'session') : '',
      notice,
      preview: notice && typed.show === 'letter' ? await noticePreview(ctx, { id, key }, typed) : null,
      showed: typed.show === 'letter',
      choices: choicesFor(proposal.action, parentsToChoose(found, todayAt(found.school, ctx.at))),
      typed,
      version: typed.version ?? proposal.version,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}

/** Each parent's notice to improve as it would go out with what was typed; null while the form is not right. */
export async function noticePreview(ctx: Asking, { id, key }: ProposalParams, typed: unknown): Promise<Preview | null> {
  const parsed = DecisionForm.safeParse(typed);
  if (!parsed.success) return null;
  const form = { ...parsed.data, choice: 'issue notice' };
  const decision = ReferralDecision.parse(decisionOf(form, textIdFor(ctx)));
  return ctx.deps.preview({ ...decisionSaid(ctx, id, { proposal: key, version: form.version, decision }), words: wordsOf(form) });
}

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
