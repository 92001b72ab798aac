import type { Day } from '../calendar/day.ts';
import { type EarlierNotice, issuedAllTheSame, type NoticeAnswer, penaltyNoticeAllowed } from '../law/penalty-notices.ts';
import { compulsorySchoolAge } from '../law/school-age.ts';
import { Refusal } from '../refusal.ts';
import type { ReferralParent } from './circumstances.ts';
import { parentOf } from './contract.ts';
import type { IssuedNotice } from './event.ts';
import { wentOut } from './notice-to-improve.ts';
import { type ReliedOn, reliedOn, reliedOnAsPosted } from './relied-on.ts';
import type { Notice } from './state.ts';
import type { ReferralTelling } from './telling.ts';
import type { SupportFirst } from './words.ts';

export type Answered = NoticeAnswer & ReliedOn;

const pending: readonly Notice['status'][] = ['requested', 'authorised'];

export const comesFirst = 'A notice to improve comes first here, unless support is not appropriate';

/** True if the authority wants a notice to improve first, and none that went out was not met. */
export function noticeComesFirst({ c, state: { improvement } }: ReferralTelling, support: SupportFirst): boolean {
  if (!c.authority['notice to improve']['before a penalty notice'] || support === 'not appropriate') return false;
  return !(improvement?.status === 'not improved' && wentOut(improvement));
}

/** What the law and the authority say of a notice to this parent on a day, as all is known now, with what it rests on. */
export function groundOn(t: ReferralTelling, contactId: string, on: Day, noticeId?: string): Answered {
  const { c, state } = t;
  const parent = c.parents.find((one) => one.contactId === contactId);
  const { previous, used } = earlier(t, parent);
  const asked = noticeId === undefined ? undefined : state.notices[noticeId];
  const { sessions, weeks } = reliedOn(c, on, used, asked);
  const because = (text: string): Answered => ({ allowed: false, because: text, sessions, weeks });
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
    ...{ proposedOn: on, previous, sessions, authorisedByHead: true },
    compulsorySchoolAge: compulsorySchoolAge(c.pupil.born, on),
    lookedAfter: c.pupil.flags.includes('looked-after'),
  });
  return { ...answer, sessions, weeks };
}

/** The yes of `groundOn`. */
export const grounded = (...asking: Parameters<typeof groundOn>) => yes(groundOn(...asking));

/**
 * The same of one that was posted while it had its ground: what became of its sessions, the child or the parent since undoes nothing.
 * Only the child's age on that day is asked, and which it is in the three years to `on`.
 */
export function groundAsPosted(
  t: ReferralTelling,
  { contactId, sessions: asked, weeks: inWeeks }: Notice,
  on: Day,
  posted: Day,
): Answered {
  const { previous, used } = earlier(t, parentOf(t, contactId));
  const { sessions, weeks } = reliedOnAsPosted(t.c, posted, used, { sessions: asked, weeks: inWeeks });
  const answer = penaltyNoticeAllowed({
    ...{ proposedOn: on, previous, sessions, authorisedByHead: true, lookedAfter: false },
    compulsorySchoolAge: compulsorySchoolAge(t.c.pupil.born, posted),
  });
  return { ...answer, sessions, weeks };
}

/** Which in the three years one is that was posted on a day against what the rules said, and what it asks for. */
export const issuedAgainst = (t: ReferralTelling, contactId: string, posted: Day) =>
  issuedAllTheSame(posted, earlier(t, parentOf(t, contactId)).previous);

/** Which in the three years an issued one is, as all is known now. */
export const issuedNow = (t: ReferralTelling, noticeId: string, { contactId, issuedOn }: IssuedNotice) => {
  const parent = t.c.parents.find((one) => isThePerson(one, contactId));
  return issuedAllTheSame(issuedOn, earlier(t, parent, noticeId).previous);
};

/** A yes; a no is thrown. */
export function yes(answer: Answered) {
  if (!answer.allowed) throw new Refusal('NotAllowed', answer.because);
  return answer;
}

/** Every notice known for this parent and child, but for one: those of other referrals, and this one's own as it knows them itself. */
function earlier({ state }: ReferralTelling, parent: ReferralParent | undefined, but?: string) {
  const known = new Map<string, EarlierNotice & { sessions: readonly string[] }>();
  for (const { noticeId, issuedOn, status, sessions } of parent?.priorNotices ?? []) {
    known.set(noticeId, { issuedOn, status: status as EarlierNotice['status'], sessions });
  }
  for (const [id, { contactId: to, issued, status, sessions }] of Object.entries(state.notices)) {
    if (issued && parent && isThePerson(parent, to))
      known.set(id, { issuedOn: issued.issuedOn, status: status as EarlierNotice['status'], sessions });
  }
  if (but !== undefined) known.delete(but);
  const previous = [...known.values()];
  return { previous, used: previous.filter(({ status }) => status !== 'withdrawn').flatMap(({ sessions }) => sessions) };
}

const isThePerson = ({ contactId, sameAs }: ReferralParent, named: string): boolean =>
  named === contactId || sameAs.includes(named);
