import type { By } from '../case/input.ts';
import { Refusal } from '../refusal.ts';
import type { ReferralDecision } from './decision.ts';
import { comesFirst, grounded, groundOn, noticeComesFirst } from './notice-ground.ts';
import type { ReferralAction, ReferralProposal } from './proposal.ts';
import { propose } from './propose.ts';
import type { Notice } from './state.ts';
import type { ReferralTelling } from './telling.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;

/**
 * Asks the headteacher to authorise a notice to each parent named.
 * @throws Refusal('NotAllowed') with the rule that stands against it, for any one of them.
 */
export function requestNotices(t: ReferralTelling, by: By, key: string, { parents = [], support }: Said<'tool'>): void {
  if (parents.length === 0)
    throw new Refusal('NotAllowed', 'Choose the parent or parents the notice is for', { concerns: 'parents' });
  if (!support) throw new Refusal('NotAllowed', 'Say how support came first', { concerns: 'support' });
  if (noticeComesFirst(t, support)) throw new Refusal('NotAllowed', comesFirst);
  const wanted = [...new Set(parents)].map((contactId) => ({ contactId, ...grounded(t, contactId, t.c.on) }));
  for (const { contactId, sessions, weeks } of wanted) {
    const noticeId = t.c.idOf(`penalty notice:${key}:${contactId}`);
    t.add({ type: 'penalty notice requested', noticeId, contactId, requestedBy: by.id, support, sessions, weeks });
    const action = { what: 'authorise penalty notice', noticeId, contactId, sessions, requestedBy: by.id } as const;
    propose(
      t,
      action,
      `A penalty notice is asked for: ${sessions.length} unauthorised sessions in ten school weeks`,
      'headteacher',
    );
  }
}

/** The headteacher's authorisation. Whoever asked for the notice never gives it, whatever role they have now. */
export function authorise(t: ReferralTelling, { key, action }: ReferralProposal, by: By): void {
  if (action.what !== 'authorise penalty notice') return;
  const { noticeId, contactId, requestedBy } = action;
  if (by.id === requestedBy) throw new Refusal('Forbidden', 'Whoever asked for a penalty notice cannot authorise it');
  grounded(t, contactId, t.c.on, noticeId);
  t.add({ type: 'penalty notice authorised', key, noticeId, authorisedBy: by.id, words: t.c.words });
  propose(t, { what: 'issue penalty notice', noticeId, contactId }, 'The headteacher has authorised a penalty notice');
}

/**
 * Looks whether the register and the law still bear each notice that is asked for: after a correction, for example. One that waits
 * for the headteacher is asked for no more. One that was authorised may have gone to the post already: that is asked.
 */
export function noticesGrounded(t: ReferralTelling): void {
  for (const { key, action } of Object.values(t.state.proposals)) {
    if (!isAboutANotice(action)) continue;
    const { noticeId, contactId } = action;
    const answer = groundOn(t, contactId, t.c.on, noticeId);
    if (action.what === 'posted or not') {
      if (answer.allowed) groundCameBack(t, key, action);
    } else if (!answer.allowed) {
      t.add({ type: 'withdrawn', key, why: answer.because });
      const why = `The penalty notice has no ground any more: ${answer.because}`;
      if (action.what === 'authorise penalty notice') t.add({ type: 'penalty notice lapsed', noticeId, why });
      else groundWent(t, { noticeId, contactId }, why);
    }
  }
}

type AboutANotice = Extract<ReferralAction, { what: 'authorise penalty notice' | 'issue penalty notice' | 'posted or not' }>;
const isAboutANotice = (action: ReferralAction): action is AboutANotice =>
  action.what === 'authorise penalty notice' || action.what === 'issue penalty notice' || action.what === 'posted or not';

function groundWent(t: ReferralTelling, of: { noticeId: string; contactId: string }, why: string): void {
  t.add({ type: 'penalty notice without ground', noticeId: of.noticeId, why });
  const asked = `${why}. Do not post it. If it was posted already, record the day: then it counts, and can be withdrawn. If it was not, decline`;
  propose(t, { what: 'posted or not', ...of }, asked);
}

function groundCameBack(t: ReferralTelling, key: string, { noticeId, contactId }: AboutANotice): void {
  const why = 'The penalty notice that the headteacher authorised has its ground again';
  t.add({ type: 'withdrawn', key, why });
  t.add({ type: 'penalty notice with ground again', noticeId });
  propose(t, { what: 'issue penalty notice', noticeId, contactId }, why);
}

/**
 * A notice of this referral by its id.
 * @throws Refusal('NotFound') if there is none.
 */
export function noticeOf({ state }: ReferralTelling, noticeId: string): Notice {
  const notice = state.notices[noticeId];
  if (!notice) throw new Refusal('NotFound', 'There is no such penalty notice in this referral');
  return notice;
}
