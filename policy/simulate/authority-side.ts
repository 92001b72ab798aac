import type { Day } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import { addSchoolDays, nextSchoolDay } from '../calendar/school-calendar.ts';
import type { By, ReferralOutcome } from '../case/input.ts';
import type { AuthorityProfile } from '../referral/authority.ts';
import type { PriorNotice, ReferralCircumstances } from '../referral/circumstances.ts';
import { deadlineOf } from '../referral/deadline.ts';
import { decide } from '../referral/decide.ts';
import type { ReferralEvent } from '../referral/event.ts';
import { evolve } from '../referral/evolve.ts';
import type { ReferralInput } from '../referral/input.ts';
import { outcomeFor } from '../referral/outcome.ts';
import { dueOn } from '../referral/payment.ts';
import { type ReferralProposal, referralChoices } from '../referral/proposal.ts';
import type { ReferralState } from '../referral/state.ts';
import type { Mark } from '../register/mark.ts';
import type { AuthorityPeople, ReplyThere } from './authority-people.ts';
import type { SimulatedPupil } from './pupil.ts';
import { unlessRefused } from './unless-refused.ts';

/** The authority that a school refers to: what it decides for itself, and what is assumed of its people. */
export type SimulatedAuthority = { profile: AuthorityProfile; people: AuthorityPeople };

/** What happened in a referral, and what of it the school's case is to hear. */
export type ToldThere = { referral: string; event: ReferralEvent; outcome: ReferralOutcome | null };

/** A school day, and the marks as they are believed on it. */
export type Today = { on: Day; marks: readonly Mark[] };

type Evidence = ReferralCircumstances['evidence'];
type Running = {
  id: string;
  evidence: Evidence;
  state: ReferralState | null;
  next: Day;
  /** What was asked again on the day it was answered, by key: the answer to that is another day's. */
  again: ReadonlySet<string>;
};
type Said = ReferralInput extends infer I ? (I extends ReferralInput ? Omit<I, 'key'> : never) : never;

/**
 * The referrals of one pupil, told day by day what the day brings and what people are assumed to say: by the same `decide` and
 * `evolve` that run an authority.
 */
export function authoritySide(pupil: SimulatedPupil, { profile, people }: SimulatedAuthority, calendar: SchoolCalendar) {
  const running: Running[] = [];

  const noticesBut = (id: string): (PriorNotice & { contactId: string })[] =>
    running.flatMap(({ id: other, state }) =>
      Object.entries(other === id || !state ? {} : state.notices).flatMap(
        ([noticeId, { issued, contactId, status, sessions }]) =>
          issued ? [{ noticeId, contactId, issuedOn: issued.issuedOn, status, sessions }] : [],
      ),
    );

  function circumstances({ id, evidence }: Running, { on, marks }: Today): ReferralCircumstances {
    const others = noticesBut(id);
    const { flags, onRollFrom, onRollTo, recipients, priorNotices = [] } = pupil;
    return {
      ...{
        authority: profile,
        on,
        calendar,
        marks,
        elsewhere: [],
        evidence,
        words: 'As is assumed',
        idOf: (name) => `${id} ${name}`,
      },
      pupil: { born: pupil.born ?? tenYearsBefore(on), flags, onRollFrom, onRollTo },
      parents: recipients.map((one) => ({
        ...one,
        sameAs: [],
        priorNotices: [...priorNotices, ...others.filter(({ contactId }) => contactId === one.contactId)],
      })),
    };
  }

  /** Tells a referral one thing, and its letters go at once. */
  function hear(referral: Running, said: Said, today: Today): ToldThere[] {
    const events = decide(referral.state, { key: '', ...said } as ReferralInput, circumstances(referral, today));
    for (const event of events) referral.state = evolve(referral.state, event, today.on);
    const letters = events.flatMap((event) => (event.type === 'notice to improve issued' ? event.letters : []));
    return [
      ...events.map((event) => ({ referral: referral.id, event, outcome: outcomeFor(event) })),
      ...letters.flatMap(({ letterId, channel }) =>
        hear(referral, { kind: 'letter outcome', letterId, outcome: channel === 'post' ? 'posted' : 'sent' }, today),
      ),
    ];
  }

  /** What the parents have paid by this day is recorded. */
  function payments(referral: Running, today: Today): ToldThere[] {
    return unpaid(referral.state).flatMap((issued) => {
      const paidOn = people.paysOn(issued);
      const pence = paidOn && paidOn <= today.on ? dueOn(issued, paidOn) : null;
      if (paidOn === null || pence === null) return [];
      return hear(referral, { kind: 'payment', by: by('ewo'), noticeId: issued.noticeId, paidOn, pence }, today);
    });
  }

  /**
   * Lets everybody answer whose time has come. Who is refused is asked again when the referral is looked at next; what an answer
   * makes them ask once more, as a meeting to which nobody came, has its answer on the next school day, so that each day ends.
   */
  function answers(referral: Running, today: Today): ToldThere[] {
    const told: ToldThere[] = [];
    const asked = new Set<string>();
    const answered = new Set<string>();
    const again = new Set<string>();
    for (;;) {
      referral.again = again;
      const state = referral.state;
      const proposal = state && Object.values(state.proposals).find(({ key, status }) => status === 'open' && !asked.has(key));
      if (!proposal) return told;
      asked.add(proposal.key);
      const reply = people.reply({ proposal, state, c: circumstances(referral, today) });
      if (!reply || answeredOn(proposal, reply) > today.on) continue;
      if (answered.has(askedAbout(proposal))) again.add(proposal.key);
      else {
        answered.add(askedAbout(proposal));
        told.push(...firstAllowed(referral, proposal, reply, today));
      }
    }
  }

  function firstAllowed(
    referral: Running,
    { key, version, role, action }: ReferralProposal,
    { decisions }: NonNullable<ReplyThere>,
    today: Today,
  ): ToldThere[] {
    for (const decision of decisions().filter(({ choice }) => referralChoices[action.what].includes(choice))) {
      const input = { kind: 'decision' as const, by: by(role), proposal: key, version, decision };
      const told = unlessRefused(() => hear(referral, input, today));
      if (told) return told;
    }
    return [];
  }

  const answeredOn = ({ madeOn }: ReferralProposal, { after }: NonNullable<ReplyThere>): Day =>
    addSchoolDays(calendar, madeOn, after);

  /** The day on which something may follow next: its own deadline, an answer that somebody owes, or a payment. */
  function nextLook(referral: Running, today: Today): Day {
    const { state } = referral;
    if (!state) return today.on;
    const c = circumstances(referral, today);
    const replies = Object.values(state.proposals).flatMap((proposal) => {
      const reply = proposal.status === 'open' ? people.reply({ proposal, state, c }) : null;
      if (!reply) return [];
      return [referral.again.has(proposal.key) ? nextSchoolDay(calendar, today.on) : answeredOn(proposal, reply)];
    });
    const paid = unpaid(state).map(people.paysOn);
    const days = [deadlineOf(state, c)?.on ?? null, ...replies, ...paid].filter((day) => day !== null && day > today.on);
    return (days as Day[]).sort()[0] ?? never;
  }

  return {
    /** Takes a referral of the school. */
    receive(id: string, evidence: Evidence, { on }: Today): void {
      running.push({ id, evidence, state: null, next: on, again: new Set() });
    },
    /** The register was corrected: each open referral looks whether what it asks has its ground still. */
    corrected(on: Day): void {
      for (const referral of running) if (referral.state?.status === 'open') referral.next = on;
    },
    /** False if no referral wants to be looked at on a day. */
    waits: (on: Day): boolean => running.some(({ next }) => next <= on),
    /** What happens on a day in the referrals that want to be looked at. */
    look(today: Today): ToldThere[] {
      return running
        .filter(({ next }) => next <= today.on)
        .flatMap((referral) => {
          const told = [
            ...payments(referral, today),
            ...hear(referral, { kind: referral.state ? 'day' : 'opened' }, today),
            ...answers(referral, today),
          ];
          referral.next = nextLook(referral, today);
          return told;
        });
    },
  };
}

/** What a proposal asks and about which notice: two that have it in common are the same question. */
const askedAbout = ({ action }: ReferralProposal): string => `${action.what} ${'noticeId' in action ? action.noticeId : ''}`;

/** After every day. */
const never = '9999-12-31';

const by = (role: By['role']): By => ({ id: role, role });

/** Of whom no birthday is known is taken to be of an age to go to school. */
const tenYearsBefore = (on: Day): Day => `${Number(on.slice(0, 4)) - 10}-01-01`;

const unpaid = (state: ReferralState | null) =>
  Object.values(state?.notices ?? {}).flatMap(({ status, issued }) => (status === 'issued' && issued ? [issued] : []));
