import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { clausesPage, partNamed, readClauses } from '../../../policy/pack/clause-list.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { cited, ledThrough, sourcedIn, sourceOf, waysTo } from './citations.ts';

/** Sections with so many numbered parts each: "6", "6.1" to "6.8". */
const sections = (parts: Record<number, number>): string[] =>
  Object.entries(parts).flatMap(([n, many]) => [n, ...Array.from({ length: many }, (_, i) => `${n}.${i + 1}`)]);

/** How many clauses each document has, counted in it by hand, so that none goes missing; and the headings that it has itself. */
const documents = {
  gloucestershire: {
    number: 53,
    headings: [
      ...sections({ 1: 9, 2: 2, 3: 6, 4: 1, 5: 5, 6: 8, 7: 4, 8: 6, 9: 1, 10: 3, 11: 3, 12: 1, 13: 6, 14: 7, 15: 4, 16: 5 }),
      ...sections({ 17: 4, 18: 2, 19: 7, 20: 5, 21: 3 }),
      ...Array.from({ length: 11 }, (_, i) => `Appendix 1, step ${i + 1}`),
    ],
  },
  demat: {
    number: 57,
    headings: sections({ 1: 0, 2: 0, 3: 3, 4: 0, 5: 0, 6: 6, 7: 0, 8: 2, 9: 4, 10: 2, 11: 4, 12: 1, 13: 0, 14: 0, 15: 3 }),
  },
  'james-marks': {
    number: 39,
    headings: [
      'Before the introduction', // the paragraph on adjusted attendance has no heading of its own
      'Introduction and Background',
      'Promoting Regular Attendance',
      'Understanding Types of Absence',
      'Persistent Absenteeism (PA) and Severe Absenteeism (SA)',
      'Absence Procedures',
      ...Array.from({ length: 6 }, (_, i) => `Absence Procedures, if absence continues, step ${i + 1}`),
      'Lateness',
      'Understanding barriers to attendance',
      'Local Authority Attendance Support Team',
      'School Attendance and the Law',
      'National Framework for Penalty Notices',
      'Deletion from Roll',
      'Absence data',
    ],
  },
  celt: {
    number: 55,
    headings: [
      'Introduction',
      'Aims and Objectives',
      'Definitions, Unauthorised absence',
      'Responsibilities, Attendance Officer/School office',
      'Responsibilities, Designated Safeguarding Lead (DSL)',
      'Responsibilities, Governors',
      'Celebrating Good Attendance',
      'Registration',
      'Lateness',
      'Absences',
      'Contact',
      'Medical Evidence',
      'Absence in term time',
      'Absences at the start/end of term',
      'Parental Request for Absence from School for Holiday',
      'Addressing Attendance Concerns',
      'Monitoring Attendance',
      'Pupils requiring a reduced or modified timetable',
      'Children Missing in Education',
      'Safeguarding and attendance',
      'Home visits',
      ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'].map((letter) => `Appendix ${letter}`),
      'Attendance Codes',
    ],
  },
  'learning-partners': {
    number: 16,
    headings: [
      '1 Introduction/Policy Statement',
      '2 Aims',
      '3 Roles and Responsibilities',
      '4.1 Learning',
      '4.2 Safeguarding',
      '5 Expected practice',
    ],
  },
};

const at = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe.each(Object.entries(documents))('the clauses of %s', (id, { number, headings }) => {
  const pack = readPack(at(`policy/packs/${id}.yaml`), `${id}.yaml`);
  const clauses = readClauses(at(`policy/packs/clauses/${id}.yaml`), `clauses/${id}.yaml`);

  it('are all there', () => {
    expect(clauses).toHaveLength(number);
    expect(new Set(clauses.map(({ clause }) => clause)).size).toBe(number);
  });

  it('are each somewhere in the pack', () => {
    expect(clauses.filter(({ where }) => partNamed(pack, where) === undefined)).toEqual([]);
  });

  it('are overridden with the law, and advised with the page that shows it', () => {
    for (const { became, where, why } of clauses) {
      if (became === 'advice') expect(partNamed(pack, where)).toHaveProperty('shown on');
      if (became === 'overridden' && why === undefined) expect(partNamed(pack, where)).toHaveProperty('law');
    }
  });

  it('leave no override and no advice of the pack unnamed', () => {
    const named = clauses.map(({ where }) => partNamed(pack, where));
    expect([...pack.advice, ...pack['overridden by law']].filter((one) => !named.includes(one))).toEqual([]);
  });

  it('leave nothing unnamed that the pack takes from the document', () => {
    const named = new Set(clauses.flatMap(({ where }) => ledThrough(pack, where)));
    const letters = new Set<unknown>(Object.values(pack.documents ?? {})); // what a letter is called is no clause of its own
    const ways = new Set<unknown>(waysTo(pack, named)); // when a stage begins is said by the clause that says the stage
    const unnamed = [...sourcedIn(pack)].filter(
      ([part, { source }]) => !named.has(part) && !letters.has(part) && !ways.has(part) && cited(source).length > 0,
    );
    expect(unnamed.map(([, { at, source }]) => `${at}: ${source}`)).toEqual([]);
  });

  it('are cited wherever the pack rests on one: what opens a case and closes it, its settings, times and counting', () => {
    const { figures, letters, waiting, 'unexplained absences': unexplained, opens, closes, settings } = pack;
    const parts: Record<string, { source?: string | undefined } | undefined> = {
      ...{ figures, letters, waiting, unexplained, closes, ...settings },
      ...Object.fromEntries(opens.map((one) => [`opens in ${one.stage}`, one])),
    };
    expect(Object.entries(parts).filter(([, part]) => !part?.source)).toEqual([]);
  });

  it('are where the part of the pack that each names says that they are', () => {
    const elsewhere = clauses.filter(({ from, where }) => {
      const source = sourceOf(pack, where);
      return source !== undefined && !cited(from).every((one) => cited(source).includes(one));
    });
    expect(elsewhere.map(({ from, where }) => `${from} is not ${where} (${sourceOf(pack, where)})`)).toEqual([]);
  });

  it('are cited, as all that the pack takes from it, by headings that the document has', () => {
    const sources = [...clauses.map(({ from }) => from), ...[...sourcedIn(pack).values()].map(({ source }) => source)];
    expect([...new Set(sources.flatMap(cited))].filter((one) => !headings.includes(one))).toEqual([]);
  });

  it(`docs/policies/${id}.md says what became of them (npx firstbell policy-clauses --write)`, () => {
    expect(at(`docs/policies/${id}.md`)).toBe(clausesPage(pack, clauses));
  });
});
