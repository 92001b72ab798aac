import { randomUUID } from 'node:crypto';
import { longDay } from '../../policy/calendar/day.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { Refusal } from '../../policy/refusal.ts';
import { sessionWords } from '../cases/attendance-now.ts';
import { capital } from '../layout/capital.ts';
import { counted } from '../layout/counted.ts';
import type { Ctx, View } from '../web/route.ts';
import { noticeChoices } from './choices.ts';
import { whoIn } from './evidence.ts';
import { referralAt } from './referral-view.ts';

/** One penalty notice: its dates and amounts, the sessions it rests on, and the form for payment and withdrawal. */
export async function noticeView(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  { id, noticeId }: { id: string; noticeId: string },
  typed: Record<string, unknown> = {},
): Promise<View> {
  const found = await referralAt(ctx, id);
  const notice = found.state.notices[noticeId];
  const issued = notice?.issued;
  if (!notice || !issued) throw new Refusal('NotFound', 'There is no such penalty notice');
  return {
    template: 'referrals/notice.njk',
    model: {
      href: `/referrals/${id}/notices/${noticeId}`,
      referralHref: `/referrals/${id}`,
      pupil: { name: found.pupil.chosenName, className: found.pupil.className },
      mayAct: ctx.user.role === 'ewo' && found.status === 'open' && ['issued', 'unpaid', 'paid'].includes(notice.status),
      rows: [
        ['Parent', whoIn(found)(notice.contactId)],
        ['Status', `${capital(notice.status)}, ${longDay(notice.statusOn)}`],
        ['Posted', longDay(issued.postedOn)],
        ['Presumed received', longDay(issued.servedOn)],
        ['In the three years', issued.order === 1 ? 'First notice' : 'Second notice'],
        ...(issued.discountUntil && issued.discountPence !== null
          ? [['Reduced amount', `${pounds(issued.discountPence)} until ${longDay(issued.discountUntil)}`]]
          : []),
        ['Full amount', `${pounds(issued.fullPence)} until ${longDay(issued.fullUntil)}`],
      ],
      sessions: issued.sessions.map(sessionWords),
      sessionsCounted: counted(issued.sessions.length, 'session'),
      choices: noticeChoices,
      typed,
      decisionKey: typed.decisionKey ?? randomUUID(),
    },
  };
}
