import type { Day } from '../calendar/day.ts';
import type { By } from '../case/input.ts';
import { type EarlierNotice, type NoticeAnswer, paymentDates, penaltyNoticeAllowed, servedOn } from '../law/penalty-notices.ts';
import { lawOn } from '../law/rule-sets.ts';
import { compulsorySchoolAge } from '../law/school-age.ts';
import { Refusal } from '../refusal.ts';
import type { ReferralParent } from './circumstances.ts';
import { parentOf } from './contract.ts';
import type { ReferralDecision } from './decision.ts';
import { wentOut } from './notice-to-improve.ts';
import type { ReferralProposal } from './proposal.ts';
import { propose } from './propose.ts';
import { type ReliedOn, reliedOn, reliedOnAsPosted, stillBorne } from './relied-on.ts';
import type { Notice } from './state.ts';
import type { ReferralTelling } from './telling.ts';
import type { SupportFirst } from './words.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;
const pending: readonly Notice['status'][] = ['requested', 'authorised'];

/**
 * Asks the headteacher to authorise a notice to each parent named.
 * @throws Refusal('NotAllowed') with the rule that stands against it, for any one of them.
 */
export function requestNotices(t: ReferralTelling, by: By, key: string, { parents = [], support }: Said<'tool'>): void {
  if (parents.length === 0) throw new Refusal('NotAllowed', 'Choose the parent or parents the notice is for');
  if (!support) throw new Refusal('NotAllowed', 'Say how support came first');
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

const comesFirst = 'A notice to improve comes first here, unless support is not appropriate';

/** True if the authority wants a notice to improve first, and none that went out was not met. */
function noticeComesFirst({ c, state: { improvement } }: ReferralTelling, support: SupportFirst): boolean {
  if (!c.authority['notice to improve']['before a penalty notice'] || support === 'not appropriate') return false;
  return !(improvement?.status === 'not improved' && wentOut(improvement));
}

/** The law's yes for a notice to this parent on this day, with what it rests on; its no is thrown. */
function grounded(...asking: Parameters<typeof allowed>) {
  const answer = allowed(...asking);
  if (!answer.allowed) throw new Refusal('NotAllowed', `${answer.because}`);
  return answer;
}

type Allowed = NoticeAnswer & ReliedOn;

/** `posted` is the day on which it was posted already, if it was. */
function allowed(t: ReferralTelling, contactId: string, on: Day, noticeId?: string, posted?: Day): Allowed {
  const { c, state } = t;
  const parent = c.parents.find((one) => one.contactId === contactId);
  const { previous, used } = earlier(t, parent);
  const asked = noticeId === undefined ? undefined : state.notices[noticeId];
  const { sessions, weeks } = asked && posted ? reliedOnAsPosted(c, posted, used, asked) : reliedOn(c, on, used, asked);
  const because = (text: string): Allowed => ({ allowed: false, because: text, sessions, weeks });
  if (!parent) return because('One of the people named is not a parent of this pupil now. Look at the contacts');
  // What keeps somebody from being written to may name people; this goes to the engine as a refusal.
  if (!parent.may) return because('This parent may not be written to. The contacts say why');
  const waits = Object.entries(state.notices).some(
    ([id, one]) => id !== noticeId && isThePerson(parent, one.contactId) && pending.includes(one.status),
  );
  if (waits) return because('A penalty notice to this parent waits already');
  // A notice to improve may come back from the post after the request that rests on it.
  if (asked?.support && noticeComesFirst(t, asked.support)) return because(comesFirst);
  const answer = penaltyNoticeAllowed({
    proposedOn: on,
    previous,
    sessions,
    compulsorySchoolAge: compulsorySchoolAge(c.pupil.born, on),
    lookedAfter: c.pupil.flags.includes('looked-after'),
    authorisedByHead: true,
  });
  return { ...answer, sessions, weeks };
}

/** Every notice known for this parent and child: those of other referrals, and this one's own as it knows them itself. */
function earlier({ state }: ReferralTelling, parent: ReferralParent | undefined) {
  const known = new Map<string, EarlierNotice & { sessions: readonly string[] }>();
  for (const { noticeId, issuedOn, status, sessions } of parent?.priorNotices ?? []) {
    known.set(noticeId, { issuedOn, status: status as EarlierNotice['status'], sessions });
  }
  for (const [id, { contactId: to, issued, status, sessions }] of Object.entries(state.notices)) {
    if (issued && parent && isThePerson(parent, to))
      known.set(id, { issuedOn: issued.issuedOn, status: status as EarlierNotice['status'], sessions });
  }
  const previous = [...known.values()];
  return { previous, used: previous.filter(({ status }) => status !== 'withdrawn').flatMap(({ sessions }) => sessions) };
}

const isThePerson = ({ contactId, sameAs }: ReferralParent, named: string): boolean =>
  named === contactId || sameAs.includes(named);

/** The headteacher's authorisation. Whoever asked for the notice never gives it, whatever role they have now. */
export function authorise(t: ReferralTelling, { key, action }: ReferralProposal, by: By): void {
  if (action.what !== 'authorise penalty notice') return;
  const { noticeId, contactId, requestedBy } = action;
  if (by.id === requestedBy) throw new Refusal('Forbidden', 'Whoever asked for a penalty notice cannot authorise it');
  grounded(t, contactId, t.c.on, noticeId);
  t.add({ type: 'penalty notice authorised', key, noticeId, authorisedBy: by.id, words: t.c.words });
  propose(t, { what: 'issue penalty notice', noticeId, contactId }, 'The headteacher has authorised a penalty notice');
}

/** Records the notice as posted: its order in the three years, its amounts and dates, and the sessions it rests on. */
export function issueNoticeTo(t: ReferralTelling, { key, action }: ReferralProposal, { postedOn }: Said<'issue'>): void {
  if (action.what !== 'issue penalty notice') return;
  const { noticeId, contactId } = action;
  const { authorisedOn } = noticeOf(t, noticeId);
  parentOf(t, contactId);
  if (authorisedOn === null) throw new Refusal('NotAllowed', 'The headteacher has not authorised it');
  if (postedOn < authorisedOn) throw new Refusal('NotAllowed', 'It cannot have been posted before the headteacher authorised it');
  if (postedOn > t.c.on)
    throw new Refusal('NotAllowed', 'That day has not come: record the notice on or after the day it is posted');
  const posted = postedOn < t.c.on ? postedOn : undefined;
  const today = grounded(t, contactId, t.c.on, noticeId, posted);
  const then = grounded(t, contactId, postedOn, noticeId, posted);
  const { order, amounts, sessions, weeks } = today.order > then.order ? today : then;
  const served = servedOn(postedOn);
  t.add({
    ...{ type: 'penalty notice issued', key, noticeId, contactId, postedOn, issuedOn: postedOn, servedOn: served, order },
    ...{ discountPence: amounts.discountPence, fullPence: amounts.fullPence },
    ...paymentDates(served, amounts),
    ...{ sessions, weeks },
  });
  const borne = stillBorne(t.c, sessions).length;
  if (borne < (lawOn(postedOn).threshold.value?.sessions ?? 0)) lookAgain(t, borne);
}

/** The register moved on between the post and its record: whether the notice stands is for the officer to say. */
function lookAgain(t: ReferralTelling, borne: number): void {
  const why = `A penalty notice was posted, and the register now bears ${borne} of the sessions that it rests on: withdraw it, or say why it stands and decide what is done next`;
  const asked = Object.values(t.state.proposals).find(({ action }) => action.what === 'decide tool');
  if (asked) t.add({ type: 'reopened', key: asked.key, why });
  else propose(t, { what: 'decide tool' }, why);
}

/** Withdraws what asks for a notice when the register or the law no longer bears it: after a correction, for example. */
export function noticesGrounded(t: ReferralTelling): void {
  for (const { key, action } of Object.values(t.state.proposals)) {
    if (action.what !== 'authorise penalty notice' && action.what !== 'issue penalty notice') continue;
    const { noticeId, contactId } = action;
    const answer = allowed(t, contactId, t.c.on, noticeId);
    if (answer.allowed) continue;
    t.add({ type: 'withdrawn', key, why: answer.because });
    t.add({ type: 'penalty notice lapsed', noticeId, why: `The penalty notice has no ground any more: ${answer.because}` });
  }
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
