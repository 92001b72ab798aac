import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { isOfficer } from '../../policy/people/roles.ts';
import { mayBeWithdrawn } from '../../policy/referral/payment.ts';
import { Refusal } from '../../policy/refusal.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import type { Ctx, View } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';
import { noticeChoices } from './choices.ts';
import { penaltyNotice, referralAt } from './facts.ts';

type NoticeParams = { id: string; noticeId: string };

/**
 * A penalty notice of a referral within reach, asked for or issued.
 * @throws Refusal('NotFound') if there is none.
 */
export async function noticeAt(ctx: Pick<Ctx, 'deps' | 'user'>, { id, noticeId }: NoticeParams) {
  const found = await referralAt(ctx, id);
  const notice = found.state.notices[noticeId];
  if (!notice) throw new Refusal('NotFound', 'There is no such penalty notice');
  return { found, notice: penaltyNotice(found, noticeId, notice), stands: mayBeWithdrawn(notice, found.state) };
}

/** One issued penalty notice: its dates and amounts, the sessions it rests on, and the form for payment and withdrawal. */
export async function noticeView(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  params: NoticeParams,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const { found, notice, stands } = await noticeAt(ctx, params);
  const { issued, status } = notice;
  if (!issued) throw new Refusal('NotFound', 'The penalty notice is not issued');
  return {
    template: 'referrals/notice.njk',
    model: {
      href: `/referrals/${params.id}/notices/${params.noticeId}`,
      referralHref: `/referrals/${params.id}`,
      pupil: pupilName(found.pupil),
      mayAct: isOfficer(ctx.user.role) && found.status === 'open' && stands,
      rows: [
        ['Parent', notice.parent],
        ['Status', `${capital(status)}, ${longDay(notice.statusOn)}`],
        ['Posted', longDay(issued.postedOn)],
        ['Presumed received', longDay(issued.servedOn)],
        [
          'In the three years',
          { 1: 'First notice', 2: 'Second notice', 3: 'More than the two that may be issued' }[issued.order],
        ],
        ...(issued.against === null
          ? []
          : [
              [
                'Against the rules',
                `${issued.against}. It should not have been issued: withdraw it, and give back what is paid on it`,
              ],
            ]),
        ...(issued.discountUntil && issued.discountPence !== null
          ? [['Reduced amount', `${pounds(issued.discountPence)} until ${longDay(issued.discountUntil)}`]]
          : []),
        ['Full amount', `${pounds(issued.fullPence)} until ${longDay(issued.fullUntil)}`],
        ...(notice.paidPence > 0 ? [['Paid', pounds(notice.paidPence)]] : []),
      ],
      sessions: notice.sessions.map(sessionWords),
      sessionsCounted: counted(notice.sessions.length, 'session'),
      choices: noticeChoices(status),
      typed,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}
