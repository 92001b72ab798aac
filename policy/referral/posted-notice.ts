import type { Day } from '../calendar/day.ts';
import { paymentDates, servedOn } from '../law/penalty-notices.ts';
import type { Amounts } from '../law/rule-set.ts';
import { lawOn } from '../law/rule-sets.ts';
import { Refusal } from '../refusal.ts';
import { parentOf } from './contract.ts';
import type { ReferralDecision } from './decision.ts';
import type { IssuedNotice } from './event.ts';
import { type Answered, groundAsPosted, groundOn, issuedAgainst, yes } from './notice-ground.ts';
import { noticeOf } from './penalty-notice.ts';
import type { ReferralProposal } from './proposal.ts';
import { propose } from './propose.ts';
import { stillBorne } from './relied-on.ts';
import type { Notice } from './state.ts';
import type { ReferralTelling } from './telling.ts';

type Said = Extract<ReferralDecision, { choice: 'issue' }>;

/**
 * Records the notice as posted: its order in the three years, its amounts and dates, and the sessions it rests on. What was posted
 * against the rules is a fact too: whoever says so records it as that, and is asked to withdraw it.
 * @throws Refusal('NotAllowed') with the rule that stands against it, unless it was posted all the same
 */
export function issueNoticeTo(t: ReferralTelling, { key, action }: ReferralProposal, { postedOn, allTheSame }: Said): void {
  if (action.what !== 'issue penalty notice' && action.what !== 'posted or not') return;
  const { noticeId, contactId } = action;
  const notice = noticeOf(t, noticeId);
  parentOf(t, contactId);
  checkDay(t, notice, postedOn);
  const [today, then] = wasPosted(t, notice, postedOn)
    ? [groundAsPosted(t, notice, t.c.on, postedOn), groundAsPosted(t, notice, postedOn, postedOn)]
    : [groundOn(t, contactId, t.c.on, noticeId), groundOn(t, contactId, postedOn, noticeId)];
  const posted = { key, noticeId, contactId, postedOn };
  if (allTheSame && action.what === 'posted or not' && !(today.allowed && then.allowed))
    return againstTheRules(t, posted, today.allowed ? then : today, notice);
  const [now, onTheDay] = [yes(today), yes(then)];
  const ground = now.order > onTheDay.order ? now : onTheDay;
  const since = whatIsSince(t, contactId, noticeId, postedOn, ground.sessions);
  record(t, posted, ground);
  if (since !== null) lookAgain(t, `${since}: withdraw it, or say why it stands`);
}

type Posted = { key: string; noticeId: string; contactId: string; postedOn: Day };
type Ground = Pick<IssuedNotice, 'order' | 'sessions' | 'weeks' | 'against'> & { amounts: Amounts };

function record(t: ReferralTelling, posted: Posted, { order, amounts, sessions, weeks, against }: Ground): void {
  const served = servedOn(posted.postedOn);
  t.add({
    ...{ type: 'penalty notice issued', ...posted, issuedOn: posted.postedOn, servedOn: served, order },
    ...{ discountPence: amounts.discountPence, fullPence: amounts.fullPence },
    ...paymentDates(served, amounts),
    ...{ sessions, weeks },
    ...(against !== undefined && { against }),
  });
}

/** It keeps the sessions that it was asked for on: they are what it says itself, whatever it may rest on. */
function againstTheRules(t: ReferralTelling, posted: Posted, answer: Answered, { sessions, weeks }: Notice): void {
  const against = answer.allowed ? '' : answer.because;
  record(t, posted, { ...issuedAgainst(t, posted.contactId, posted.postedOn), sessions, weeks, against });
  lookAgain(
    t,
    `the rules were against it: ${against}. It should not have been issued: withdraw it, give back what is paid on it,`,
  );
}

function checkDay({ c }: ReferralTelling, { authorisedOn }: Notice, postedOn: Day): void {
  if (authorisedOn === null) throw new Refusal('NotAllowed', 'The headteacher has not authorised it');
  if (postedOn < authorisedOn)
    throw new Refusal('NotAllowed', 'It cannot have been posted before the headteacher authorised it', { concerns: 'postedOn' });
  if (postedOn > c.on)
    throw new Refusal('NotAllowed', 'That day has not come: record the notice on or after the day it is posted', {
      concerns: 'postedOn',
    });
}

/** True of a notice that went while it had its ground: on a day before this one, or no later than that on which it was heard to be gone. */
const wasPosted = ({ c }: ReferralTelling, { groundGone }: Notice, postedOn: Day): boolean =>
  groundGone === undefined ? postedOn < c.on : postedOn <= groundGone;

/** What stands against it now that did not when it was posted; null if nothing does. */
function whatIsSince(t: ReferralTelling, contactId: string, noticeId: string, postedOn: Day, sessions: string[]): string | null {
  const borne = stillBorne(t.c, sessions).length;
  if (borne < (lawOn(postedOn).threshold.value?.sessions ?? 0)) {
    return `the register now bears ${borne} of the sessions that it rests on`;
  }
  const answer = groundOn(t, contactId, postedOn, noticeId);
  return answer.allowed ? null : `this became known: ${answer.because}`;
}

/** Things moved on between the post and its record: whether the notice stands is for the officer to say. */
export function lookAgain(t: ReferralTelling, since: string): void {
  const why = `A penalty notice was posted, and ${since} and decide what is done next`;
  const asked = Object.values(t.state.proposals).find(({ action }) => action.what === 'decide tool');
  if (asked) t.add({ type: 'reopened', key: asked.key, why });
  else propose(t, { what: 'decide tool' }, why);
}
