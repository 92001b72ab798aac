import { longDay } from '../../policy/calendar/day.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { CaseFound } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { planSaid } from '../cases/plan.ts';

type Asked = Pick<Proposal, 'action'>;

const asksForNotice = ({ action }: Asked): boolean => 'task' in action && action.task === 'penalty notice request';

/**
 * The support that was offered, and what came of it: who lets the authority take its part, or be asked for a penalty notice, decides
 * on whether support has been tried or is not appropriate (Working together to improve school attendance, 2024, chapter 6).
 */
export const supportRow = (asked: Asked, { state }: Pick<CaseFound, 'state'>): string[][] =>
  asksForNotice(asked) || ['referral', 'referral request'].includes(asked.action.what)
    ? [['Support', planSaid(state.offers)]]
    : [];

/** What Firstbell does not do about a request for a penalty notice, and where it is done; null for all else. */
export function noticeRequested(asked: Asked, { id, referrals }: Pick<CaseFound, 'id' | 'referrals'>, role: Role) {
  if (!asksForNotice(asked)) return null;
  const led = role === 'sal' || role === 'headteacher' ? referrals : [];
  return {
    says: 'Firstbell sends nothing for this itself, neither to a parent nor to the authority: the request is made in the authority’s own way, and only the authority issues a notice',
    links: [
      { href: '/authority', text: 'How the authority wants to be asked' },
      ...led.map((one) => ({
        href: `/referrals/${one.id}`,
        text: `The referral of ${longDay(dayOf(one.madeOn))}, with its evidence`,
      })),
      { href: `/cases/${id}#support-plan`, text: 'The support plan' },
    ],
  };
}
