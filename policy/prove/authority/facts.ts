import { addDays, type Day } from '../../calendar/day.ts';
import { nextSchoolDay, schoolDaysBetween } from '../../calendar/school-calendar.ts';
import type { AuthorityProfile } from '../../referral/authority.ts';
import type { PriorNotice, ReferralCircumstances } from '../../referral/circumstances.ts';
import type { ReferralState } from '../../referral/state.ts';
import type { Mark } from '../../register/mark.ts';
import { remembered } from '../../remembered.ts';
import { calendar } from '../world.ts';

/** What the register, the contacts and other referrals say at one step. Left open: at each step it may be other than at the last. */
export type Facts = {
  /** Unauthorised sessions in ten school weeks on which no notice rests yet. */
  sessions: 9 | 10;
  age: 'of school age' | 'too young' | 'too old';
  lookedAfter: boolean;
  /** Notices of other referrals to the parent for the child, in three years. */
  earlier: 0 | 1 | 2;
  mayWrite: boolean;
  /** How the days of a notice to improve went. */
  period: 'badly' | 'well' | 'unmarked';
};

/** Nothing stands against a penalty notice, the first or the second in three years. */
export const ordinary = (earlier: Facts['earlier']): Facts => ({
  ...{ sessions: 10, age: 'of school age', lookedAfter: false, earlier, mayWrite: true, period: 'badly' },
});

/** Every combination of what stands for or against a penalty notice. */
export const allFacts: readonly Facts[] = ([10, 9] as const).flatMap((sessions) =>
  (['of school age', 'too young', 'too old'] as const).flatMap((age) =>
    [false, true].flatMap((lookedAfter) =>
      ([0, 1, 2] as const).flatMap((earlier) =>
        [true, false].map((mayWrite): Facts => ({ sessions, age, lookedAfter, earlier, mayWrite, period: 'badly' })),
      ),
    ),
  ),
);

/** What is usual, and then one thing at a time that stands against a penalty notice. */
export const oneAgainst = (usual: Facts): readonly Facts[] =>
  allFacts.filter((facts) => facts.earlier >= usual.earlier && factsSaid(facts, usual).length <= 1);

/** The other ways in which the period of a notice to improve may go. */
export const otherPeriods = (usual: Facts): readonly Facts[] =>
  (['well', 'unmarked'] as const).map((period) => ({ ...usual, period }));

/** What is unusual about the facts, in words. */
export function factsSaid({ sessions, age, lookedAfter, earlier, mayWrite, period }: Facts, usual: Facts): string[] {
  return [
    ...(sessions === 9 ? ['9 sessions'] : []),
    ...(age === 'of school age' ? [] : [`the child is ${age} for school`]),
    ...(lookedAfter ? ['the child is looked after'] : []),
    ...(earlier === usual.earlier
      ? []
      : [earlier === 1 ? 'an earlier notice in three years' : `${earlier} earlier notices in three years`]),
    ...(mayWrite ? [] : ['the parent may not be written to']),
    ...(period === 'badly' ? [] : [period === 'well' ? 'attendance in the period is good' : 'marks of the period are missing']),
  ];
}

/** The first day of a proof: from here three years go back into the national framework, and weeks of school are behind. */
export const firstDay: Day = '2028-02-07';

export const parent = 'the parent';

/** The circumstances of a day on which this is so. */
export function circumstancesOf(
  authority: AuthorityProfile,
  state: ReferralState | null,
  on: Day,
  facts: Facts,
  words: string | null = null,
): ReferralCircumstances {
  const { mayWrite, earlier, lookedAfter } = facts;
  const priorNotices = earlierNotices(on, earlier);
  return {
    ...{ authority, on, calendar, words, evidence: { letters: ['letter'], caseEvents: 12 } },
    pupil: { born: born(on, facts), flags: lookedAfter ? ['looked-after'] : [], onRollFrom: '2026-09-01', onRollTo: null },
    elsewhere: [],
    parents: [
      { contactId: parent, may: mayWrite, because: mayWrite ? null : 'a court order', channel: 'post', sameAs: [], priorNotices },
    ],
    idOf: (name) => name,
    // Many rules never look at the register, and it is long.
    get marks() {
      return marksOf(state, on, facts);
    },
  };
}

/** A child of three, of ten or of seventeen on the day. */
const born = (on: Day, { age }: Facts): Day =>
  `${Number(on.slice(0, 4)) - { 'too young': 3, 'of school age': 10, 'too old': 17 }[age]}-01-15`;

/**
 * What is known from elsewhere: always one of three years ago to the day and one that was withdrawn, which do not count; of those that
 * do, the first is of a day later, the second of last month.
 */
export const earlierNotices = (on: Day, earlier: Facts['earlier']): readonly PriorNotice[] =>
  noticesKnown(on).slice(0, 2 + earlier);

const noticesKnown = onDay((on): PriorNotice[] => [
  { noticeId: 'too long ago', issuedOn: threeYearsBefore(on), status: 'paid', sessions: [] },
  { noticeId: 'withdrawn', issuedOn: addDays(on, -80), status: 'withdrawn', sessions: [] },
  { noticeId: 'first', issuedOn: addDays(threeYearsBefore(on), 1), status: 'paid', sessions: [] },
  { noticeId: 'second', issuedOn: addDays(on, -30), status: 'unpaid', sessions: sessionsKnown(on).slice(-60, -50) },
]);

export const threeYearsBefore = (on: Day): Day => `${Number(on.slice(0, 4)) - 3}${on.slice(4)}`.replace(/02-29$/, '02-28');

const daysSeen = 70;
const sessionsKnown = onDay((on) =>
  schoolDaysBetween(calendar, addDays(on, -200), on)
    .slice(-daysSeen)
    .flatMap((day) => [`${day} AM`, `${day} PM`]),
);

/** What is so of a day is found once: a proof comes back to the same few hundred days. */
function onDay<Found>(find: (on: Day) => Found): (on: Day) => Found {
  const known = new Map<Day, Found>();
  return (on) => {
    const found = known.get(on) ?? find(on);
    known.set(on, found);
    return found;
  };
}

const known = remembered((_: object) => new Map<string, Mark[]>());
const none = {};

function marksOf(state: ReferralState | null, on: Day, facts: Facts): Mark[] {
  const { sessions, period, earlier } = facts;
  const marks = known(state ?? none);
  const key = [on, sessions, period, earlier].join();
  const had = marks.get(key);
  if (had) return had;
  const made = registerOf(state, on, facts);
  marks.set(key, made);
  return made;
}

/**
 * Present but for: the sessions on which notices rest; the newest others outside the period of a notice to improve, which are
 * unauthorised; and in that period days of illness, or a day without marks.
 */
function registerOf(state: ReferralState | null, on: Day, { sessions, period, earlier }: Facts): Mark[] {
  const all = sessionsKnown(on);
  const relied = new Set([
    ...Object.values(state?.notices ?? {}).flatMap((notice) =>
      notice.issued && notice.status !== 'withdrawn' ? notice.sessions : [],
    ),
    ...earlierNotices(on, earlier).flatMap((notice) => notice.sessions),
  ]);
  const within = all.filter((id) => isWithin(state, id));
  const free = all.filter((id) => !relied.has(id) && !isWithin(state, id));
  const unauthorised = new Set([...relied, ...free.slice(-sessions)]);
  const ill = new Set(period === 'badly' ? within.filter((id) => !relied.has(id)).slice(0, 8) : []);
  const unmarked = new Set(period === 'unmarked' ? within.slice(-2) : []);
  return all.flatMap((id): Mark[] => {
    const [day, session] = id.split(' ') as [Day, 'AM' | 'PM'];
    const code = unauthorised.has(id) ? 'O' : ill.has(id) ? 'I' : session === 'AM' ? '/' : '\\';
    return unmarked.has(id) ? [] : [{ on: day, session, code }];
  });
}

const isWithin = (state: ReferralState | null, id: string): boolean => {
  const period = state?.improvement;
  return period !== null && period !== undefined && period.from <= id.slice(0, 10) && id.slice(0, 10) <= period.until;
};

export const tomorrow = (on: Day): Day => nextSchoolDay(calendar, on);
