import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namedCodes } from '../../../../policy/register/code-sets.ts';
import { codeTable } from '../../../../policy/register/codes.ts';
import type { Mark } from '../../../../policy/register/mark.ts';
import { attendance } from '../../../../policy/register/measures/attendance.ts';
import { figureOf } from '../../../../policy/register/measures/catalogue.ts';
import type { Over } from '../../../../policy/register/measures/over.ts';
import { pupilFigures } from '../../../../policy/register/measures/pupil-figures.ts';
import { calendar, registerOn } from './a-pupil.ts';

const on = '2026-11-20';
const codes = [...codeTable.filter(({ until }) => until === null).map(({ code }) => code), '-'];
const days = calendar.days.filter((day) => '2026-06-22' <= day && day <= on);

/** A code for each session of these weeks, most of them the usual one; undefined where no mark is made. */
const marksOf = (usual: string, others: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(usual) },
        { weight: 3, arbitrary: fc.constantFrom(...others) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      { minLength: days.length * 2, maxLength: days.length * 2 },
    )
    .map((all) =>
      all.flatMap<Mark>((code, i) =>
        code === undefined ? [] : [{ on: days[Math.floor(i / 2)] as string, session: i % 2 ? 'PM' : 'AM', code }],
      ),
    );
const someMarks = marksOf('/', codes);
const spans: readonly Over[] = ['school year', 'term', 'half-term', { schoolDays: 10 }, { schoolWeeks: 6 }];

describe('whatever the register holds', () => {
  it('an absence in the place of any other mark never raises attendance', () => {
    const absence = fc.constantFrom(...namedCodes['any absence']);
    fc.assert(
      fc.property(someMarks, absence, fc.nat(), fc.constantFrom(...spans), (marks, code, place, over) => {
        const changed = marks.map((mark, i) => (i === place % marks.length ? { ...mark, code } : mark));
        const [before, after] = [marks, changed].map((those) => attendance.figure(registerOn(on, those), { over }).value);
        if (!before || !after) return false;
        return after.attended * before.possible <= before.attended * after.possible;
      }),
    );
  });

  it('no figure depends on the order in which marks came', () => {
    fc.assert(
      fc.property(
        someMarks.chain((marks) => fc.tuple(fc.constant(marks), fc.shuffledSubarray(marks, { minLength: marks.length }))),
        ([marks, shuffled]) => {
          expect(pupilFigures(registerOn(on, shuffled))).toEqual(pupilFigures(registerOn(on, marks)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('the sessions of a figure, counted again by hand, give its value', () => {
    fc.assert(
      fc.property(someMarks, (marks) => {
        for (const { value, sessions } of pupilFigures(registerOn(on, marks)).flatMap(({ figures }) => figures)) {
          expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
          const as = (...ways: string[]) => sessions.filter((session) => ways.includes(session.as)).length;
          const absent = as('authorised absence', 'unauthorised absence');
          if (value?.is === 'attendance' || value?.is === 'answer')
            expect([value.attended, value.possible]).toEqual([as('attended'), as('attended') + absent]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('counts of sessions are as many as the sessions they name', () => {
    const counts = [
      'sessions-missed',
      'authorised-absence',
      'unauthorised-absence',
      'late-before-close',
      'late-after-close',
      'missing-marks',
    ];
    fc.assert(
      fc.property(someMarks, fc.constantFrom(...counts), fc.constantFrom(...spans), (marks, measure, over) => {
        const { value, sessions } = figureOf(registerOn(on, marks), { measure, over });
        return value?.is === 'sessions' && value.sessions === sessions.length;
      }),
    );
  });

  it('the longest run is that of a plain count, day by day', () => {
    fc.assert(
      fc.property(marksOf('O', ['G', 'N', 'U', 'U', 'I', '/', '-']), (marks) => {
        const { value, sessions } = figureOf(registerOn(on, marks), { measure: 'continuous-absence', over: 'whole record' });
        const absent = new Set(marks.filter(({ code }) => 'GNOU'.includes(code)).map((mark) => `${mark.on} ${mark.session}`));
        let [now, most] = [0, 0];
        for (const day of days) {
          now = absent.has(`${day} AM`) && absent.has(`${day} PM`) ? now + 1 : 0;
          most = Math.max(most, now);
        }
        return value?.is === 'run' && value.days === most && sessions.length === most * 2;
      }),
    );
  });
});
