import { addDays, type Day, longDay } from '../calendar/day.ts';
import { pounds } from '../law/pounds.ts';
import { Refusal } from '../refusal.ts';
import { proceedingsRun } from './before-the-court.ts';
import type { ReferralDecision } from './decision.ts';
import type { IssuedNotice } from './event.ts';
import type { ReferralInput } from './input.ts';
import { noticeOf } from './penalty-notice.ts';
import type { ReferralProposal } from './proposal.ts';
import { propose } from './propose.ts';
import type { Notice, ReferralState } from './state.ts';
import type { ReferralTelling } from './telling.ts';
import type { WithdrawalGround } from './words.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;

/** What discharges a notice on a day, in pence. Null once the time to pay is over. */
export const dueOn = ({ discountUntil, discountPence, fullPence, fullUntil }: IssuedNotice, on: Day): number | null =>
  discountUntil !== null && discountPence !== null && on <= discountUntil ? discountPence : on <= fullUntil ? fullPence : null;

/** Records a payment. There are no instalments and no part payment; one paid in time and told late still counts. */
export function pay(t: ReferralTelling, { noticeId, paidOn, pence }: Extract<ReferralInput, { kind: 'payment' }>): void {
  const notice = noticeOf(t, noticeId);
  const { issued, status, contactId } = notice;
  if (!issued || (status !== 'issued' && status !== 'unpaid')) {
    throw new Refusal('NotAllowed', `This penalty notice is ${status}: no payment can be recorded`);
  }
  if (paidOn > t.c.on)
    throw new Refusal('NotAllowed', 'That day has not come: record a payment on or after its day', { concerns: 'paidOn' });
  if (paidOn < issued.issuedOn) throw new Refusal('NotAllowed', 'It was not issued yet on that day', { concerns: 'paidOn' });
  const due = dueOn(issued, paidOn);
  if (due === null) {
    throw new Refusal('NotAllowed', `The time to pay ended on ${longDay(issued.fullUntil)}: ${whatFollows(notice)}`);
  }
  if (pence !== due && pence !== issued.fullPence) {
    throw new Refusal('NotAllowed', `${pounds(due)} was due on ${longDay(paidOn)}; a notice cannot be paid in part`, {
      concerns: 'pence',
    });
  }
  drop(t, noticeId, 'The penalty notice is paid');
  t.add({ type: 'penalty notice paid', noticeId, contactId, paidOn, pence });
}

/**
 * True of an issued notice that stands and whose offence is not before the court, nor was. An older ledger leaves one as prosecuted
 * whatever came of it: whether that can be withdrawn the officer knows.
 */
export const mayBeWithdrawn = ({ status, heardOn }: Notice, state: ReferralState): boolean =>
  ['issued', 'unpaid', 'paid'].includes(status) || (status === 'prosecuted' && heardOn === undefined && !proceedingsRun(state));

/** Withdraws an issued notice on a ground the law knows. What was paid is to be given back. */
export function withdrawNotice(t: ReferralTelling, noticeId: string, ground: WithdrawalGround): void {
  const notice = noticeOf(t, noticeId);
  const { issued, status, contactId, paidPence } = notice;
  if (!issued || !mayBeWithdrawn(notice, t.state)) {
    throw new Refusal('NotAllowed', `This penalty notice is ${status}: it cannot be withdrawn`);
  }
  if (ground === 'not-prosecuting' && t.c.on <= issued.fullUntil) {
    throw new Refusal('NotAllowed', `It can be paid until ${longDay(issued.fullUntil)}: choose another ground`, {
      concerns: 'ground',
    });
  }
  if (ground === 'not-prosecuting' && status === 'paid')
    throw new Refusal('NotAllowed', 'It is paid: choose another ground', { concerns: 'ground' });
  drop(t, noticeId, 'The penalty notice was withdrawn');
  t.add({ type: 'penalty notice withdrawn', noticeId, contactId, ground, refundPence: paidPence, words: t.c.words });
}

/** The unpaid notice's own question: the original offence is prosecuted, or the notice withdrawn. It is no debt. */
export function answerUnpaid(
  t: ReferralTelling,
  { key, action }: ReferralProposal,
  said: Said<'prosecute'> | Said<'withdraw'>,
): void {
  if (action.what !== 'unpaid notice') return;
  const { noticeId, contactId } = action;
  if (said.choice === 'withdraw') return withdrawNotice(t, noticeId, said.ground);
  t.add({ type: 'decided', key, choice: 'prosecute', until: null, words: t.c.words });
  t.add({ type: 'penalty notice prosecuted', noticeId, contactId, words: t.c.words });
}

/** The authority does not prosecute after all: the notice is unpaid as before, and its question is asked again. */
export function notProsecuted(t: ReferralTelling, noticeId: string, contactId: string): void {
  t.add({ type: 'penalty notice not prosecuted', noticeId, contactId });
  const notice = noticeOf(t, noticeId);
  const now = standsAgainst(notice) === null ? 'withdraw it, or prosecute the original offence after all' : whatFollows(notice);
  ask(t, noticeId, `Proceedings for an unpaid penalty notice were not pursued: ${now}`);
}

/** From the day after the last day to pay, an unpaid notice is put before a person by itself. */
export function unpaidNotices(t: ReferralTelling): void {
  for (const [noticeId, notice] of Object.entries(t.state.notices)) {
    const { status, issued, contactId } = notice;
    if (status !== 'issued' || !issued || t.c.on < addDays(issued.fullUntil, 1)) continue;
    t.add({ type: 'penalty notice unpaid', noticeId, contactId });
    ask(t, noticeId, unpaidSaid(notice, issued));
  }
}

const unpaidSaid = (notice: Notice, { fullUntil }: IssuedNotice): string =>
  `A penalty notice was not paid by ${longDay(fullUntil)}: ${whatFollows(notice)}`;

/** Asks again what is asked of an unpaid notice, for what follows is another than before. Of no other is anything asked. */
export function askUnpaidAnew(t: ReferralTelling, noticeId: string): void {
  const notice = noticeOf(t, noticeId);
  if (!notice.issued || !drop(t, noticeId, 'What follows is another than before')) return;
  ask(t, noticeId, unpaidSaid(notice, notice.issued));
}

function ask(t: ReferralTelling, noticeId: string, why: string): void {
  const notice = noticeOf(t, noticeId);
  const { contactId } = notice;
  propose(t, { what: 'unpaid notice', noticeId, contactId, ...(standsAgainst(notice) !== null && { against: true }) }, why);
}

/** Why it should not have been issued; null of one of which nothing says so. */
export const standsAgainst = ({ issued, third }: Pick<Notice, 'issued' | 'third'>): string | null =>
  issued?.against ?? (third === undefined ? null : 'It is a third in three years: earlier ones became known since');

/**
 * What the law has follow where nobody pays in time. One that should not have been issued, such as a third in three years, is
 * withdrawn in writing (Education (Penalty Notices) Regulations 2007 reg 8): that it was not paid is held against nobody.
 */
const whatFollows = (notice: Notice): string =>
  standsAgainst(notice) === null
    ? 'prosecute the original offence, or withdraw it'
    : `it should not have been issued. ${standsAgainst(notice)}. Withdraw it in writing: that it was not paid is no reason to prosecute`;

/** @returns true if something was asked of it */
function drop(t: ReferralTelling, noticeId: string, why: string): boolean {
  const asked = Object.values(t.state.proposals).filter(
    ({ action }) => action.what === 'unpaid notice' && action.noticeId === noticeId,
  );
  for (const { key } of asked) t.add({ type: 'withdrawn', key, why });
  return asked.length > 0;
}
