import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../../policy/calendar/day.ts';
import { type CodeSet, namedCodes } from '../../../../policy/register/code-sets.ts';
import { codeTable } from '../../../../policy/register/codes.ts';
import type { Mark } from '../../../../policy/register/mark.ts';
import { type Asked, dailyOf, figureOf, measures } from '../../../../policy/register/measures/catalogue.ts';
import type { Figure, Value } from '../../../../policy/register/measures/figure.ts';
import type { Over } from '../../../../policy/register/measures/over.ts';
import { calendar, registerOn } from './a-pupil.ts';

const [from, until] = ['2026-05-11', '2026-11-20'];
const days = calendar.days.filter((day) => from <= day && day <= until);
const usual = ['/', '\\', 'I', 'O', 'N', 'U', 'L', '-'];
const codes = [...codeTable.filter(({ until: ends }) => ends === null).map(({ code }) => code), '-'];

/** Spells of one code, each with its length and a code for a session in the midst of it; 'none' where no mark is made. */
const spells = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 8 }),
    long: fc.integer({ min: 1, max: 14 }),
    code: fc.oneof(fc.constantFrom(...usual), fc.constantFrom(...codes, 'none')),
    within: fc.option(fc.tuple(fc.nat(13), fc.constantFrom(...usual, ...codes, 'none')), { nil: undefined }),
  }),
  { maxLength: 20 },
);
const someMarks = spells.map((all) => {
  const said = new Map<number, string>();
  let place = 0;
  for (const { after, long, code, within } of all) {
    place += after;
    for (let i = 0; i < long; i++) said.set(place + i, within?.[0] === i ? within[1] : code);
    place += long;
  }
  return days.flatMap((on, i) =>
    (['AM', 'PM'] as const).flatMap((session, k): Mark[] => {
      const code = said.get(2 * i + k) ?? (k === 0 ? '/' : '\\');
      return code === 'none' ? [] : [{ on, session, code }];
    }),
  );
});

const overs: readonly Over[] = [
  ...(['school year', 'previous school year', 'term', 'half-term', 'whole record'] as const),
  ...[{ schoolDays: 1 }, { schoolDays: 5 }, { schoolWeeks: 6 }, { from: '2026-06-10', to: '2026-10-05' }],
];
const asked: fc.Arbitrary<Omit<Asked, 'measure'>> = fc.record({
  over: fc.constantFrom(...overs),
  codes: fc.oneof(
    fc.constantFrom(...(Object.keys(namedCodes) as CodeSet[])),
    fc.uniqueArray(fc.constantFrom(...codes.slice(0, -1)), { minLength: 1, maxLength: 4 }),
  ),
});
const roll = fc.record({
  from: fc.constantFrom('2025-09-01', '2026-06-17', '2026-09-14'),
  to: fc.constantFrom(null, '2026-10-14', '2026-07-10'),
});

/** What is said of too few sessions is compared with nothing, as what says nothing is. */
const comparedOf = ({ value, enough }: Figure): number | null => (enough && value ? numberOf(value) : Number.NaN);

function numberOf(value: Value): number | null {
  if (value.is === 'sessions') return value.sessions;
  if (value.is === 'spells') return value.spells;
  return value.is === 'school days' || value.is === 'run' ? value.days : null;
}

/** Every day, holidays and weekends too, from before the first mark to after the last. */
const anyDay = fc.nat(210).map((n) => addDays(addDays(from, -7), n));

describe.each(measures.filter(({ daily }) => daily).map(({ name }) => ({ name })))(
  '$name, counted for every day of a register',
  ({ name }) => {
    it('is on each day what the figure of that day is', () => {
      fc.assert(
        fc.property(someMarks, roll, asked, fc.array(anyDay, { minLength: 12, maxLength: 12 }), (marks, on, of, those) => {
          const daily = dailyOf(registerOn(until, marks, on), { measure: name, ...of });
          for (const day of those)
            expect([day, daily?.(day)]).toEqual([
              day,
              comparedOf(figureOf(registerOn(day, marks, on), { measure: name, ...of })),
            ]);
        }),
        { numRuns: 60 },
      );
    });
  },
);

it('what policies ask of most is counted so', () => {
  const daily = measures.filter((one) => one.daily).map(({ name }) => name);
  expect(daily).toEqual([
    ...['days-missed', 'sessions-missed', 'authorised-absence', 'unauthorised-absence', 'late-before-close', 'late-after-close'],
    ...['coded-sessions', 'penalty-notice-sessions', 'current-absent-run', 'longest-absent-run', 'absence-spells'],
    ...['illness-days', 'illness-projected', 'missing-marks'],
  ]);
});
