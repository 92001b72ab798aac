import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { lintText } from '../../../policy/lint/lint-text.ts';
import { readPack } from '../../../policy/pack/read.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { peopleWho, usual } from '../../../policy/simulate/assumptions.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';
import { oneParent } from '../../../policy/simulate/pupil.ts';
import { storyOf, type Told } from '../../../policy/simulate/story.ts';

const [from, until] = ['2026-09-02', '2026-12-18'];
const people = {
  teacher: { role: 'class-teacher', 'stands in': 'lead' },
  lead: { role: 'sal', 'stands in': 'head' },
  head: { role: 'headteacher', 'stands in': 'head' },
};
const who = fc.constantFrom('teacher', 'lead', 'head');
const schoolDays = (min: number, max: number) => fc.integer({ min, max }).map((n) => `${n} school days`);
const percent = (hundredths: number) => `${hundredths / 100}%`;

const step = fc.oneof(
  fc.record({ call: fc.record({ by: who, script: fc.constantFrom('how-can-we-help', 'thank-you'), due: schoolDays(1, 5) }) }),
  fc.record({ meeting: fc.record({ by: who, due: schoolDays(5, 15) }) }),
  fc.record({
    task: fc.record({
      what: fc.constantFrom('check-in', 'support plan', 'early help'),
      says: fc.constant('Do it'),
      by: who,
      due: schoolDays(1, 10),
    }),
  }),
);

/** Whether a stage writes to the family, what else it does, how long it waits, and how far attendance falls until the next. */
const rung = fc.record({
  writes: fc.boolean(),
  steps: fc.array(step, { maxLength: 2 }),
  waits: fc.option(fc.record({ for: schoolDays(3, 15), target: fc.option(fc.constantFrom('90%', '95%')) })),
  falls: fc.integer({ min: 50, max: 500 }),
  review: fc.option(schoolDays(2, 10)),
  approver: fc.constantFrom('lead', 'head'),
});

const letters = ['letter-1', 'letter-2', 'letter-3'];

/** A small policy that a school could follow: a ladder down from a threshold, perhaps a rule beside it and children who are looked at first. */
const anyPack = fc
  .record({
    rungs: fc.array(rung, { minLength: 1, maxLength: 4 }),
    opens: fc.integer({ min: 9000, max: 9700 }),
    apart: schoolDays(0, 12),
    waiting: fc.record({
      'remind after': schoolDays(1, 3),
      'escalate after': schoolDays(4, 6),
      'ask again after': schoolDays(5, 15),
    }),
    held: schoolDays(5, 20),
    least: fc.constantFrom('10 sessions', '20 sessions', '40 sessions'),
    beside: fc.option(
      fc.record({ n: fc.integer({ min: 2, max: 6 }), codes: fc.constantFrom('unexplained', 'illness', 'any absence'), by: who }),
    ),
    softens: fc.boolean(),
  })
  .map(({ rungs, opens, apart, waiting, held, least, beside, softens }) => {
    let below = opens;
    let letter = 0;
    const stages = rungs.map(({ writes, steps, waits, falls, review, approver }, i) => {
      const ground = { attendance: { below: percent(below) } };
      const template = letters[letter];
      if (writes && template) letter++;
      below -= falls;
      const next = `stage ${i + 1}`;
      const target = waits?.target ? { target: waits.target } : {};
      const on = waits?.target
        ? { target: 'not met' }
        : { ...(waits && { waited: true }), attendance: { below: percent(below) } };
      const last = i === rungs.length - 1;
      return [
        `stage ${i}`,
        {
          ...{ says: `Stage ${i}`, source: String(i), 'only while': ground },
          do: [...(writes && template ? [{ letter: { template, 'approved by': approver } }] : []), ...steps],
          ...(waits && { wait: { for: waits.for, from: 'stage begun', ...target } }),
          ...(review && { 'review every': review }),
          next: last ? [] : [{ when: on, go: next }],
        },
      ];
    });
    return JSON.stringify({
      ...{
        pack: 'any',
        title: 'Any policy',
        'in force': { from: '2026-09-01' },
        source: 'Made up',
        people,
        figures: { 'at least': least },
      },
      ...{ letters: { 'recall window': '30 minutes', 'no two within': apart }, waiting },
      opens: [{ when: { attendance: { below: percent(opens) } }, stage: 'stage 0' }],
      stages: Object.fromEntries(stages),
      ...(beside && {
        'alongside opens': 'stage 0',
        alongside: [
          {
            ...{
              says: 'A run',
              source: 'beside',
              when: { figure: { of: { measure: 'current-absent-run', codes: beside.codes }, 'at least': beside.n } },
            },
            do: { task: { what: 'contact', says: 'Speak to them', by: beside.by, due: '1 school day' } },
          },
        ],
      }),
      ...(softens && { softens: { for: ['looked-after', 'suspended', 'long illness'], 'review by': 'head' } }),
      closes: { when: { attendance: { 'at least': percent(opens) } }, 'held for': held, says: 'It is well' },
    });
  });

const anyPeople = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  declined: fc.constantFrom(0, 10, 50, 100),
  reached: fc.constantFrom(0, 50, 100),
  comes: fc.constantFrom(0, 50, 100),
  otherwise: fc.integer({ min: 0, max: 9 }),
});
const anyClosures = fc.uniqueArray(fc.constantFrom(...schoolDaysBetween(exampleCalendar(), from, until)), { maxLength: 12 });
const spells = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 15 }),
    days: fc.integer({ min: 1, max: 6 }),
    code: fc.constantFrom('I', 'O', 'N', 'C', 'E', 'U'),
  }),
  { maxLength: 8 },
);

const anyYear = fc.record({
  text: anyPack,
  closed: anyClosures,
  assumed: anyPeople,
  spells,
  flags: fc.constantFrom<string[]>([], ['looked-after']),
});
type Year = typeof anyYear extends fc.Arbitrary<infer Y> ? Y : never;

function storyIn({ text, closed, assumed: { otherwise, ...assumed }, spells, flags }: Year) {
  const pack = readPack(text, 'any.yaml');
  const calendar = exampleCalendar(closed);
  const days = schoolDaysBetween(calendar, from, until);
  const codes = new Map<number, string>();
  let day = 0;
  for (const { after, days: long, code } of spells) {
    day += after;
    for (let i = 0; i < long; i++) codes.set(day++, code);
  }
  const marks = days.flatMap((on, i): Mark[] => [
    { on, session: 'AM', code: codes.get(i) ?? '/' },
    { on, session: 'PM', code: codes.get(i) ?? '\\' },
  ]);
  const pupil = {
    ...{ id: 'p', onRollFrom: from, onRollTo: null, flags, born: '2014-05-11', yearGroup: 7, recipients: oneParent },
    marksOn: () => marks,
  };
  const setting = { pack, calendar, people: peopleWho({ ...usual, ...assumed, decidesAfter: { otherwise } }, 'p'), from, until };
  return { pack, calendar, told: storyOf(pupil, setting) };
}

const ofType = <T extends Told['event']['type']>(told: readonly Told[], type: T) =>
  told.filter(({ event }) => event.type === type);

it('any policy that can be read is linted to its end, and under it any year keeps what is promised', () => {
  const seen = { letters: 0, declined: 0, looked: 0, closed: 0, beside: 0 };
  fc.assert(
    fc.property(anyYear, (year) => {
      expect(lintText(year.text, 'any.yaml').filter(({ rule }) => rule === 'not-a-pack' || rule === 'not-yaml')).toEqual([]);
      const { pack, calendar, told } = storyIn(year);
      const dates = told.map(({ on }) => on);
      expect(dates).toEqual([...dates].sort());
      const letters = ofType(told, 'letters approved');
      const templates = letters.flatMap(({ event }) => (event.type === 'letters approved' ? [event.template] : []));
      // One letter at a time, and none after another before its time.
      letters.forEach(({ on }, i) => {
        const before = letters[i - 1];
        if (before)
          expect(schoolDaysBetween(calendar, before.on, on).length - 1).toBeGreaterThanOrEqual(pack.letters['no two within']);
      });
      // No second before a first.
      for (const [i, template] of ['letter-1', 'letter-2', 'letter-3'].entries())
        if (i > 0 && templates.includes(template as 'letter-2'))
          expect(templates.slice(0, templates.indexOf(template as 'letter-2'))).toContain(`letter-${i}`);
      // What leaves was asked of somebody whom the policy names, and nobody else approved it.
      const asked = new Map<string, Told>();
      for (const one of told) {
        if (one.event.type === 'proposed') {
          asked.set(`${one.of} ${one.event.proposal.key}`, one);
          expect(Object.keys(pack.people).concat('')).toContain(one.event.proposal.person);
        }
        if (one.event.type === 'letters approved') expect(asked.has(`${one.of} ${one.event.key}`)).toBe(true);
      }
      const looked = told.some(
        ({ event }) => event.type === 'proposed' && 'action' in event.proposal && event.proposal.action.what === 'review',
      );
      if (year.flags.length > 0 && pack.softens && letters.length > 0) expect(looked).toBe(true);
      seen.letters += letters.length;
      seen.closed += ofType(told, 'closed').length;
      seen.looked += looked ? 1 : 0;
      seen.beside += told.some(
        ({ event }) => event.type === 'proposed' && 'rule' in event.proposal && event.proposal.rule === 'A run',
      )
        ? 1
        : 0;
      seen.declined += told.some(({ event }) => event.type === 'decided' && event.choice === 'decline') ? 1 : 0;
    }),
    { numRuns: 150, seed: 20261130 },
  );
  for (const [what, n] of Object.entries(seen)) expect([what, n > 5]).toEqual([what, true]);
});
