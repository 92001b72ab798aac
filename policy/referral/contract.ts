import { Refusal } from '../refusal.ts';
import type { ReferralDecision } from './decision.ts';
import type { ReferralProposal } from './proposal.ts';
import { propose } from './propose.ts';
import type { ReferralTelling } from './telling.ts';
import { withdrawAsked } from './withdraw.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;

/**
 * Records a contract that parents agreed to in person (ASBA 2003 s19: voluntary, never agreed in their absence). What was asked about
 * one before it is asked no more.
 */
export function agreeContract(t: ReferralTelling, { key }: ReferralProposal, said: Said<'agreed'>): void {
  const { on, parties, until, requirements, support } = said;
  for (const contactId of parties) parentOf(t, contactId);
  if (on > t.c.on)
    throw new Refusal('NotAllowed', 'That day has not come: record a contract on or after the day it was agreed', {
      concerns: 'on',
    });
  if (on < t.state.openedOn)
    throw new Refusal('NotAllowed', 'The contract cannot be older than the referral', { concerns: 'on' });
  if (until <= t.c.on) throw new Refusal('NotAllowed', 'Choose an end of the contract after today', { concerns: 'until' });
  if (said.reviews.some((review) => review <= t.c.on || review > until)) {
    throw new Refusal('NotAllowed', 'Choose review dates after today and no later than the end of the contract', {
      concerns: 'reviews',
    });
  }
  const reviews = [...new Set([...said.reviews, until])].sort();
  const agreed = { agreedOn: on, parties: [...new Set(parties)], until, requirements, support, reviews };
  withdrawAsked(t, 'review contract', 'Another attendance contract was agreed');
  t.add({ type: 'contract agreed', key, ...agreed, words: t.c.words });
}

/** Records a meeting that led to no contract. It is no offence, and it is evidence later. */
export function contractNotAgreed(t: ReferralTelling, { key }: ReferralProposal, { on, why }: Said<'not agreed'>): void {
  if (on > t.c.on)
    throw new Refusal('NotAllowed', 'That day has not come: record a meeting on or after its day', { concerns: 'on' });
  if (on < t.state.openedOn) throw new Refusal('NotAllowed', 'The meeting cannot be older than the referral', { concerns: 'on' });
  t.add({ type: 'contract not agreed', key, on, why, words: t.c.words });
  if (why === 'not attended') propose(t, { what: 'agree contract' }, 'Nobody came to agree the contract: try again');
}

export function contractReviewed(t: ReferralTelling, { key, action }: ReferralProposal, { met }: Said<'reviewed'>): void {
  if (action.what !== 'review contract') return;
  if (!met && t.c.words === null)
    throw new Refusal('NotAllowed', 'Write why the contract is not kept: the reason is evidence later', { concerns: 'text' });
  t.add({ type: 'contract reviewed', key, met, last: action.last, words: t.c.words });
}

/** Asks for the next review when its day has come. */
export function contractReviewDue(t: ReferralTelling): void {
  const { contract, proposals } = t.state;
  if (contract?.status !== 'running') return;
  const review = contract.reviewed.length;
  const due = contract.reviews[review];
  if (due === undefined || t.c.on < due) return;
  if (Object.values(proposals).some(({ action }) => action.what === 'review contract')) return;
  const last = review === contract.reviews.length - 1;
  propose(
    t,
    { what: 'review contract', review, last },
    last ? 'The attendance contract ends: was it kept?' : 'Review the attendance contract: is it kept?',
  );
}

/**
 * A parent of this pupil by contact id.
 * @throws Refusal('NotAllowed') if nobody of that id is a parent of the pupil now.
 */
export function parentOf({ c }: ReferralTelling, contactId: string) {
  const parent = c.parents.find((one) => one.contactId === contactId);
  if (!parent) throw new Refusal('NotAllowed', 'One of the people named is not a parent of this pupil now. Look at the contacts');
  return parent;
}
