import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { readPack } from '../../../policy/pack/read.ts';
import { explore, type Node, type Watch } from '../../../policy/prove/explore.ts';
import { kindsOfPupil } from '../../../policy/prove/kinds-of-pupil.ts';
import { lettersBeside } from '../../../policy/prove/letters-beside.ts';
import { prove } from '../../../policy/prove/prove.ts';
import { neverUnseen } from '../../../policy/prove/unseen.ts';
import { worldOf } from '../../../policy/prove/world.ts';
import { smallPolicy } from '../../support/small-policy.ts';

const folder = new URL('../../../policy/packs/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const packs = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** A pack's text with a clause changed. */
function changed(file: string, path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(textOf(file));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return String(document);
}

const refuted = (text: string) =>
  prove(readPack(text, 'changed.yaml'), { most: 2_500 }).verdicts.flatMap(({ id, refuted }) =>
    refuted ? [{ id, ...refuted }] : [],
  );

describe('what is promised of every policy', () => {
  it.each(packs)('is proved of all that can happen under %s, for a pupil with flags and one without', (file) => {
    const { verdicts, whole } = prove(readPack(textOf(file), file));
    expect(verdicts.filter((verdict) => verdict.refuted !== null)).toEqual([]);
    expect(whole).toBe(true);
  });

  it('is refuted with the shortest way to where it fails', () => {
    const nobodyAgrees = changed('demat.yaml', ['stages', 'early intervention', 'do', 0], {
      task: { what: 'home visit', says: 'Visit', by: 'attendance officer', due: '1 school day' },
    });
    const found = refuted(nobodyAgrees);
    expect(found).toEqual([
      { id: 'permission', why: 'A home visit is asked for without anybody having agreed to it', path: expect.anything() },
    ]);
    const [{ path } = { path: [] }] = found;
    expect(path).toEqual([expect.stringMatching(/^a case opens at 9\d/)]);
  });

  it('tries the pupils that the pack tells apart, and names what nobody came to', () => {
    const agreedTo = smallPolicy.replace('by: lead, due', 'by: lead, approved by: head, due');
    const visit = { task: { what: 'home visit', says: 'Visit', by: 'lead', due: '1 school day' } };
    const withRule = (when: unknown) =>
      `${agreedTo}\nalongside opens: visit\nalongside: [${JSON.stringify({ says: 'The rule', source: '1', when, do: visit })}]\n`;
    const conditions = [
      ...[{ 'is any of': ['young-carer'] }, { 'year groups': [11] }, { 'compulsory school age': false }].map((pupil) => ({
        pupil,
      })),
      { 'support offered': { 'at least': 2 } },
    ];
    for (const when of conditions) expect(refuted(withRule(when)).map(({ id }) => id)).toEqual(['permission']);
    const never = withRule({ pupil: { 'year groups': [3], 'is any of': ['ehcp'] } });
    expect([refuted(never), prove(readPack(never, 'never.yaml')).notTried]).toEqual([[], ['The rule']]);
  });

  it('finds what is agreed to as it was read before something came on record, and not what a person has to read anew', () => {
    const world = worldOf(readPack(textOf('gloucestershire.yaml'), 'gloucestershire.yaml'), {
      ...{ flags: [], yearGroup: 7, born: '2014-05-11' },
    });
    const opened = explore(world, () => undefined, 10).nodes.filter(({ state }) =>
      Object.values(state.proposals).some(({ action }) => action.what === 'letter'),
    );
    const found = (nodes: readonly Node[]) => {
      const ids: string[] = [];
      for (const node of nodes) neverUnseen(world, node, new Set(), (id) => ids.push(id));
      return ids;
    };
    expect(opened.length).toBeGreaterThan(0);
    expect(found(opened)).toEqual([]);
    // As older ledgers have it: somebody has looked, and at what, nobody knows.
    const older = opened.map((node) => {
      const proposals = Object.entries(node.state.proposals).map(([key, { known: _, ...proposal }]) => [key, proposal]);
      return { ...node, state: { ...node.state, reviewed: true, proposals: Object.fromEntries(proposals) } };
    });
    expect(found(older).length).toBeGreaterThan(0);
  });

  it.each([
    ['one year group closes', { 'year groups': [7] }],
    ['one other year group closes', { 'year groups': [8] }],
    ['only who has to be at school closes', { 'compulsory school age': true }],
  ])('refutes a way out where %s', (_, pupil) => {
    const agreedTo = smallPolicy.replace('by: lead, due', 'by: lead, approved by: head, due');
    const good = '{ attendance: { at least: "95%" } }';
    const when = JSON.stringify({ pupil, attendance: { 'at least': '95%' } });
    expect(refuted(agreedTo)).toEqual([]);
    expect(refuted(agreedTo.replace(good, when)).map(({ id }) => id)).toEqual(['way-out']);
  });

  it('refutes that a case comes to rest where stages lead to each other in time, and not where something else has to move', () => {
    const agreedTo = smallPolicy.replace('by: lead, due', 'by: lead, approved by: head, due');
    const round = (back: unknown) => {
      const leads = (when: unknown, go: string) => `    next: [${JSON.stringify({ when, go })}]\n`;
      const watched = `  watched:\n    says: "The school watches"\n    source: "2"\n    do: []\n${leads(back, 'visit')}`;
      const stages = `${leads({ 'in stage': '5 school weeks' }, 'watched')}${watched}`;
      return refuted(agreedTo.replace('\ncloses:', `${stages}\ncloses:`));
    };
    const path = ['a case opens at 45%', expect.stringMatching(/^on 2026-..-..: "watched", on 2026-..-..: "visit"$/)];
    const why = 'Days pass, nobody decides anything, and the case goes round';
    expect(round({ 'in stage': '3 school weeks' })).toEqual([{ id: 'rest', why, path }]);
    expect(round({ attendance: { below: '90%' } })).toEqual([{ id: 'rest', why, path }]);
    expect(round({ 'in stage': '3 school weeks', meeting: 'held' })).toEqual([]);
  });

  it('tries one of each year group that the clauses tell apart', () => {
    const when = { any: [{ pupil: { 'year groups': [7, 8] } }, { pupil: { 'year groups': [8, 9] } }] };
    const closes = smallPolicy.replace('when: { attendance: { at least: "95%" } }', `when: ${JSON.stringify(when)}`);
    expect(kindsOfPupil(readPack(closes, 'closes')).map(({ yearGroup }) => yearGroup)).toEqual([7, -2, 8, 9]);
  });

  describe('of letters beside the ladder', () => {
    const agreedTo = smallPolicy.replace('by: lead, due', 'by: lead, approved by: head, due');
    const rule = (template: string, when: unknown = { attendance: { below: '90%' } }) =>
      `alongside: [${JSON.stringify({ says: 'Somebody writes', source: '1', when, do: { letter: { template, 'approved by': 'lead' } } })}]\n`;
    const everywhere = (beside: string) => `${agreedTo}\nalongside opens: visit\n${beside}`;
    const inStage = (beside: string) => agreedTo.replace('    do:\n', `    ${beside}    do:\n`);

    it('tries each, and names those that nobody came to', () => {
      const notTried = (text: string) => prove(readPack(text, 'letters.yaml')).notTried;
      for (const place of [everywhere, inStage]) expect(notTried(place(rule('congratulation')))).toEqual([]);
      const impossible = { all: [{ attendance: { below: '50%' } }, { attendance: { above: '60%' } }] };
      expect(notTried(everywhere(rule('congratulation', impossible)))).toEqual(['Somebody writes']);
      expect(notTried(inStage(rule('congratulation', impossible)))).toEqual(['Beside the stage "visit": Somebody writes']);
    });

    it('refutes a second one that goes although no first one has', () => {
      for (const place of [everywhere, inStage]) expect(refuted(place(rule('letter-2'))).map(({ id }) => id)).toEqual(['order']);
    });

    it('refutes one that is asked of somebody whom its clause does not name', () => {
      const pack = readPack(everywhere(rule('congratulation')), 'letters.yaml');
      const world = worldOf(pack, { flags: [], yearGroup: 7, born: '2014-05-11' });
      const found: string[] = [];
      const refute = (_: string, __: Node, why: string) => found.push(why);
      const tampered: Watch = (before, step) => {
        const tellsOf = (person: string) => ({
          ...step,
          events: step.events.map((event) =>
            event.type === 'proposed' ? { ...event, proposal: { ...event.proposal, person } } : event,
          ),
        });
        for (const person of ['lead', 'head'])
          lettersBeside(world, before, tellsOf(person), { tried: new Set(), watch: () => undefined, refute });
      };
      explore(world, tampered, 1);
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found)).toEqual(
        new Set([expect.stringContaining('is for the head to approve, whom its clause does not name')]),
      );
    });
  });

  it('knows the threshold however it is written, and only where a step asks for it', () => {
    const agreedTo = smallPolicy.replace('by: lead, due', 'by: lead, approved by: head, due');
    const task = { what: 'penalty notice request', says: 'Ask', by: 'lead', 'approved by': 'head', due: '1 school day' };
    const figure = { of: { measure: 'penalty-notice-sessions' }, 'more than': 9 };
    const asking = (only: object) => {
      const rule = { says: 'Ask', source: '1', when: { attendance: { below: '90%' } }, do: { task, ...only } };
      return `${agreedTo}\nalongside opens: visit\nalongside: [${JSON.stringify(rule)}]\n`;
    };
    expect(refuted(asking({ 'only if': { figure } }))).toEqual([]);
    expect(refuted(asking({})).map(({ id }) => id)).toEqual(['notice-ground']);
  });

  it.each([
    [
      'a stage that only the authority can end, and that nothing refers to',
      'way-out',
      ['stages', 'meeting', 'next', 1, 'go'],
      'with the authority',
    ],
    [
      'one person who asks and approves',
      'two-people',
      ['stages', 'referral', 'do', 0, 'referral'],
      { 'asked by': 'headteacher', 'approved by': 'headteacher' },
    ],
    [
      'a visit that nobody agreed to, after a meeting to which nobody came',
      'permission',
      ['stages', 'concern', 'do'],
      [
        { meeting: { by: 'attendance lead', due: '10 school days' } },
        {
          task: { what: 'home visit', says: 'Visit the family', by: 'attendance lead', due: '1 school day' },
          'only if': { meeting: 'not attended' },
        },
      ],
    ],
    [
      'a case that no stage lets close',
      'way-out',
      ['closes', 'not in'],
      ['with the authority', 'back with the school', 'improved', 'letter 1'],
    ],
  ] as const)('finds %s', (_name, id, path, value) => {
    const found = refuted(changed('gloucestershire.yaml', path, value));
    expect(found.map((one) => one.id)).toContain(id);
    for (const one of found) expect(one.path.length).toBeGreaterThan(0);
  });
});
