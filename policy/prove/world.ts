import { addDays, type Day, weekday } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Circumstances } from '../case/circumstances.ts';
import { type Offer, supportKinds } from '../case/decision.ts';
import type { CaseState } from '../case/state.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import type { Pack } from '../pack/pack.ts';
import type { Rule } from '../pack/stage.ts';
import { cuts, ladderCuts } from '../pack/thresholds.ts';
import { roles } from '../people/roles.ts';
import type { Fraction, Hundredths } from '../register/fraction.ts';
import type { KindOfPupil } from './kinds-of-pupil.ts';

/** What the register may say at one moment, as far as the pack can tell: a place among its thresholds, and which figures are so. */
export type Register = {
  attendance: Hundredths;
  /** Where it went since the stage began, as far as the stage asks. */
  moved: 'risen' | 'fallen' | null;
  /** How the days went that somebody waited for. */
  lately: 'well' | 'badly';
  /** The figures that are so, each by its place in the list of the pack's. */
  figures: ReadonlySet<number>;
  complete: boolean;
};

export type FigureAsked = NonNullable<Condition['figure']>;

/** A pack with what its conditions can tell apart. */
export type World = {
  /** What is so on every day; the day and the register have their places in it already, which makes copying quick. */
  always: Circumstances;
  /** The circumstances that were asked for last: they are asked for again at once. */
  last?: { register: Register; more: readonly FigureAsked[]; c: Circumstances };
  /** Each figure of a clause, by its place in `figures`: what two clauses ask alike is one. */
  placeOf: ReadonlyMap<FigureAsked, number>;
  pack: Pack;
  calendar: SchoolCalendar;
  /** Where what the ladder says of attendance changes; what attendance may be, as far as it can tell, and as far as any clause can. */
  cuts: readonly Hundredths[];
  levels: readonly Hundredths[];
  allLevels: readonly Hundredths[];
  figures: readonly FigureAsked[];
  /** The rules beside every stage that a pupil with these flags has: of those that ask for no flag, a pupil without. */
  rules: readonly Rule[];
  flags: readonly string[];
  /** As many offers of support as a clause asks for, where one does. */
  offers: readonly Offer[];
};

/** The first day that a proof knows: far enough from a new school year for a few steps. */
export const firstDay: Day = '2026-09-21';

export function worldOf(pack: Pack, { flags, yearGroup, born }: KindOfPupil): World {
  const asked = ladderFigures(pack);
  const figures = different(asked);
  const places = new Map(figures.map((figure, i) => [JSON.stringify(figure), i]));
  const always: Circumstances = {
    ...{ on: firstDay, assumed: undefined },
    ...{ pack, calendar, marks: [], onRollFrom: '2020-09-01', onRollTo: null, flags, recipients: oneParent, colleagues: roles },
    ...{ words: null, waitedFor: null, idOf: (name) => name, born, yearGroup },
  };
  const placeOf = new Map(asked.map((figure) => [figure, places.get(JSON.stringify(figure)) ?? -1]));
  return {
    pack,
    calendar,
    cuts: ladderCuts(pack),
    levels: levelsBetween(ladderCuts(pack)),
    allLevels: levelsBetween(cuts(pack)),
    figures,
    rules: rulesFor(pack, flags),
    flags,
    offers: offersAsked(pack),
    always,
    placeOf,
  };
}

const rulesFor = ({ alongside }: Pack, flags: readonly string[]): Rule[] =>
  alongside.filter(({ when }) => conditionsIn(when).some(({ pupil }) => pupil?.['is any of'] !== undefined) === flags.length > 0);

/** Support of as many kinds as the pack asks for anywhere, all of it accepted. */
function offersAsked(pack: Pack): Offer[] {
  const asked = conditionsOf(pack).flatMap(({ when }) =>
    conditionsIn(when).map((one) => one['support offered']?.['at least'] ?? 0),
  );
  const kinds = Object.keys(supportKinds) as Offer['kind'][];
  return kinds.slice(0, Math.max(0, ...asked)).map((kind) => ({ kind, response: 'accepted' }));
}

/** One level of attendance for all that no condition tells apart; a whole percentage where there is one. */
function levelsBetween(cuts: readonly Hundredths[]): Hundredths[] {
  const from = [0, ...cuts.filter((cut) => cut > 0 && cut <= 10_000)];
  return from.map((low, i) => {
    const next = from[i + 1] ?? 10_001;
    const middle = (low + next) >> 1;
    const whole = Math.round(middle / 100) * 100;
    return low <= whole && whole < next ? whole : middle;
  });
}

/** Where attendance stands, as far as the ladder can tell. */
export const levelOf = ({ cuts }: World, attendance: Hundredths): number => cuts.filter((cut) => cut <= attendance).length;

/** The figures that the ladder looks at. What stands beside every stage is tried against every state instead. */
const ladderFigures = (pack: Pack): FigureAsked[] =>
  conditionsOf({ ...pack, alongside: [] }).flatMap(({ when }) => conditionsIn(when).flatMap(({ figure }) => figure ?? []));

const different = (figures: readonly FigureAsked[]): FigureAsked[] => [
  ...new Map(figures.map((figure) => [JSON.stringify(figure), figure])).values(),
];

/** The circumstances of a day on which the register says this. `before` is what it said until now. */
export function circumstancesIn(world: World, on: Day, register: Register, more: readonly FigureAsked[] = none): Circumstances {
  const { last } = world;
  if (last?.register === register && last.c.on === on && last.more === more) return last.c;
  const c: Circumstances = {
    ...world.always,
    on,
    assumed: {
      attendance({ from }) {
        return fraction(from.endsWith('-09-01') ? register.attendance : register.lately === 'well' ? 10_000 : 5_000);
      },
      figure(asked) {
        return more.includes(asked) || register.figures.has(world.placeOf.get(asked) ?? -1);
      },
      moved: register.moved,
      complete: register.complete,
    },
  };
  world.last = { register, more, c };
  return c;
}

const none: readonly FigureAsked[] = [];

const fraction = (hundredths: Hundredths): Fraction => ({ attended: hundredths, possible: 10_000 });
const oneParent = [{ contactId: 'parent', may: true, because: null, channel: 'email' as const }];

/** School on every weekday but in August and the last week of December: a proof is about the policy, not about one year's dates. */
export const calendar: SchoolCalendar = (() => {
  const days: Day[] = [];
  for (let day = '2026-09-01'; day < '2046-08-01'; day = addDays(day, 1)) {
    const part = day.slice(5);
    if (weekday(day) <= 5 && !part.startsWith('08') && part < '12-21') days.push(day);
  }
  const years = Array.from({ length: 20 }, (_, i) => 2026 + i);
  const terms = years.map((year) => ({ kind: 'term' as const, from: `${year}-09-01`, to: `${year + 1}-07-31`, label: 'Year' }));
  return { days, met: days, terms, halfTerms: [], closures: [] };
})();

/** True if the case is open. */
export const isOpen = (state: CaseState | null): state is CaseState => state?.status === 'open';
