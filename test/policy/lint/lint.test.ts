import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { lintText } from '../../../policy/lint/lint-text.ts';
import { smallPolicy } from '../../support/small-policy.ts';

const shipped = new URL('../../../policy/packs/', import.meta.url);
const written = new URL('./as-written/', import.meta.url);
const found = (folder: URL, file: string) => lintText(readFileSync(new URL(file, folder), 'utf8'), file);
const yaml = (folder: URL) => readdirSync(folder).filter((name) => name.endsWith('.yaml'));

/** What is wrong with each document as it was published: found by reading them, before there was a linter. */
const known: Record<string, readonly string[]> = {
  gloucestershire: [
    'regulations-superseded',
    'codes-missing: W, S, O',
    'code-abolished: H',
    'unexplained-too-long',
    'register-times-conflict',
    'notice-automatic',
    'sickness-return',
    'irregular-return',
    'year-end-unsaid',
    'holidays-unsaid',
    'siblings-unsaid',
  ],
  demat: [
    'band-overlap: 96%',
    'persistent-absence',
    'third-notice-automatic',
    'evidence-blanket',
    'nothing-closes',
    'year-end-unsaid',
    'holidays-unsaid: "2 weeks" may reach into a holiday',
    'siblings-unsaid',
  ],
  'james-marks': [
    'register-opening-unsaid',
    'late-window-unsaid',
    'register-times-conflict',
    'regulations-superseded',
    'notice-codes: N is missing',
    'fine-half-said',
    'stage-without-way-on',
    'nothing-closes',
    'year-end-unsaid',
    'siblings-unsaid',
  ],
  celt: [
    'band-gap: 98.5%',
    'band-gap: 92.5%',
    'band-gap: 89.5%',
    'band-overlap: 96%',
    'band-days: 27 days',
    'band-days: 17 days',
    'band-days: 25 days',
    'regulations-superseded',
    'codes-missing: K, C1',
    'code-abolished: H',
    'code-abolished: J',
    'code-abolished: Y',
    'notice-test: below 96%',
    'notice-amounts: £80 within 21 days, £160 within 28 days',
    'evidence-blanket',
    'evidence-blanket',
    'letter-2-first',
    'stage-without-way-on',
    'nothing-closes',
    'year-end-unsaid',
    'holidays-unsaid',
    'siblings-unsaid',
  ],
  'learning-partners': ['notice-automatic', 'stage-without-way-on', 'nothing-closes', 'year-end-unsaid', 'siblings-unsaid'],
};

describe('the linter', () => {
  it.each(yaml(shipped))('finds nothing in %s, which schools run', (file) => {
    expect(found(shipped, file)).toEqual([]);
  });

  it.each(Object.keys(known))('finds all that is wrong with %s as it was published, and nothing else', (pack) => {
    const findings = found(written, `${pack}.as-written.yaml`);
    const wanted = (known[pack] ?? []).map((one) => one.split(': '));
    expect(findings.map(({ rule }) => rule).sort()).toEqual(wanted.map(([rule]) => rule).sort());
    for (const [rule, words = ''] of wanted) {
      const said = findings.filter((one) => one.rule === rule).map(({ why }) => why);
      expect(said).toContainEqual(expect.stringContaining(words));
    }
  });

  it.each(Object.keys(known))('holds %s against the law of now, though it began under another', (pack) => {
    const text = readFileSync(new URL(`${pack}.as-written.yaml`, written), 'utf8');
    const older = text.replace(/^in force: \{ from: "[^"]*"/m, 'in force: { from: "2023-09-01"');
    expect(older).toContain('2023-09-01');
    expect(lintText(older, pack).map(({ rule }) => rule)).toEqual(lintText(text, pack).map(({ rule }) => rule));
  });

  it('knows every document that is kept as it was published', () => {
    expect(yaml(written).sort()).toEqual(
      Object.keys(known)
        .map((pack) => `${pack}.as-written.yaml`)
        .sort(),
    );
  });
});

describe('what a # cuts off', () => {
  const found = (said: string) =>
    lintText(smallPolicy.replace('"Somebody visits the family"', said), 'small.yaml')
      .filter(({ rule }) => rule === 'text-cut-off')
      .map(({ severity, line, column, why }) => [severity, line, column, why]);
  const why = (said: string) => `The text ends with "${said}": a # begins a comment`;

  it('is named with its place where nothing stands in quotation marks', () => {
    const line = smallPolicy.split('\n').findIndex((one) => one.includes('Somebody visits the family')) + 1;
    expect(found('Somebody # visits the family')).toEqual([['warning', line, 11, why('Somebody')]]);
    expect(found('Somebody visits # the family')).toEqual([['warning', line, 11, why('Somebody visits')]]);
  });

  it('is nobody’s loss in quotation marks, or on a line of its own', () => {
    expect(found('"Somebody # visits the family"')).toEqual([]);
    expect(found('"Somebody visits" # the family')).toEqual([]);
    expect(found('Somebody visits\n    # the family')).toEqual([]);
  });
});

describe('who agrees to a task', () => {
  const found = (approver: string) => {
    const text = smallPolicy
      .replace('by: lead, due', `by: lead, approved by: ${approver}, due`)
      .replace('people:', 'people:\n  deputy: { role: sal, stands in: head }');
    return lintText(text, 'small').filter(({ rule }) => rule.includes('approves'));
  };

  it.each([
    ['somebody of another role', 'head', []],
    ['whoever does it', 'lead', [['asks-and-approves', 'error']]],
    ['another of the same role', 'deputy', [['approves-in-one-role', 'warning']]],
  ])('is looked at: %s', (_, approver, wanted) => {
    expect(found(approver).map(({ rule, severity }) => [rule, severity])).toEqual(wanted);
  });
});

describe('what leads on from a stage', () => {
  const wait = '{ for: "10 school days", from: stage begun }';
  const found = (when: object, more = '') => {
    const next = `next: [{ when: ${JSON.stringify(when)}, go: visit }]`;
    const text = smallPolicy.replace('    do:\n', `    ${next}\n${more}    do:\n`);
    const rules = ['condition-without-cause', 'wait-without-end'];
    return lintText(text, 'small').flatMap(({ rule }) => (rules.includes(rule) ? [rule] : []));
  };
  const held = { meeting: 'held' };

  it.each([
    ['a meeting that there is not', held, ['condition-without-cause']],
    ['it among others that have to be so', { all: [held, { 'in stage': '5 school days' }] }, ['condition-without-cause']],
    ['that it was not held', { not: held, 'in stage': '5 school days' }, []],
    ['it or something else', { any: [held, { 'in stage': '5 school days' }] }, []],
    [
      'one or another that there is not',
      { any: [held, { call: 'reached' }] },
      ['condition-without-cause', 'condition-without-cause'],
    ],
  ])('asks for %s', (_, when, wanted) => {
    expect(found(when)).toEqual(wanted);
  });

  it.each([
    ['it is over', { waited: true }, []],
    ['it is over, or something else is so', { any: [{ waited: true }, { 'in stage': '30 school days' }] }, []],
    ['it is not over', { not: { waited: true } }, ['wait-without-end']],
  ])('follows a time of waiting when %s', (_, when, wanted) => {
    expect(found(when, `    wait: ${wait}\n`)).toEqual(wanted);
  });

  it.each([
    ['met or not', { any: [{ target: 'met' }, { target: 'not met' }] }, []],
    ['met, and otherwise not', { any: [{ target: 'met' }, { not: { target: 'met' } }] }, []],
    ['met alone', { target: 'met' }, ['wait-without-end']],
    ['not as it was met', { not: { target: 'met' } }, ['wait-without-end']],
  ])('follows a target that is %s', (_, when, wanted) => {
    expect(found(when, `    wait: ${wait.replace(' }', ', target: "95%" }')}\n`)).toEqual(wanted);
  });
});

describe('a stage that a concern opens', () => {
  const found = (stage: string) =>
    lintText(`${smallPolicy.replace('    do:\n', stage)}\nconcern opens: visit\n`, 'small')
      .filter(({ rule }) => rule === 'concern-rests-on-figures' || rule === 'not-a-pack')
      .map(({ clause }) => clause);
  const below = 'attendance: { below: "90%" }';
  const beside = (when: string) =>
    `    alongside: [{ source: "2", when: ${when}, do: { call: { by: lead, script: thank-you, due: same day } } }]\n    do:\n`;

  it.each([
    ['on nothing', '    do:\n', []],
    ['on attendance', `    only while: { ${below} }\n    do:\n`, ['stages / visit / only while']],
    ['on attendance within', `    only while: { not: { ${below} } }\n    do:\n`, ['stages / visit / only while']],
    [
      'on a figure beside it',
      beside('{ figure: { of: { measure: current-absent-run }, at least: 3 } }'),
      ['stages / visit / alongside / 0 / when'],
    ],
    ['on what was said', beside('{ call: reached }'), []],
    ['on attendance in what comes next alone', `    next: [{ when: { ${below} }, go: visit }]\n    do:\n`, []],
  ])('is named where it rests %s', (_, stage, clauses) => expect(found(stage)).toEqual(clauses));
});

describe('two letters at once', () => {
  const run = (n: number, more: object = {}) => ({
    figure: { of: { measure: 'current-absent-run', codes: 'illness' }, 'at least': n, ...more },
  });
  const found = (one: object, other: object) => {
    const letter = (says: string, when: object, template: string) =>
      `  - { says: "${says}", source: "${says}", when: ${JSON.stringify(when)}, do: { letter: { template: ${template}, approved by: lead } } }\n`;
    const beside = `alongside:\n${letter('a', one, 'letter-1')}${letter('b', other, 'congratulation')}`;
    const all = lintText(smallPolicy.replace('closes:', `alongside opens: visit\n${beside}closes:`), 'small');
    const inStage = lintText(
      smallPolicy.replace('    do:\n', `    ${beside.replaceAll('\n', '\n    ').trimEnd()}\n    do:\n`),
      'small',
    );
    return [all, inStage].map((findings) =>
      findings.filter(({ rule }) => rule === 'two-letters-at-once' || rule === 'not-a-pack').map(({ why }) => why),
    );
  };
  const both = (when: string) => [`${when} the letters "letter-1" and "congratulation" are both called for`];

  it.each<[string, object, object, string[]]>([
    ['by attendance', { attendance: { below: '90%' } }, { attendance: { below: '80%' } }, both('At 0% to 80%')],
    ['by the same figure', run(3), run(5), both('With the same figures')],
    ['by a figure, in one way of two', { any: [run(3), { marks: 'missing' }] }, run(5), both('With the same figures')],
    ['not where the figure cannot be both', run(3, { 'fewer than': 5 }), run(5), []],
    ['not by two things that have nothing in common', run(3), { attendance: { below: '90%' } }, []],
    [
      'not where one asks for the other',
      run(3),
      { ...run(5), 'letter sent': { template: 'letter-1', 'at least': '5 school days' } },
      [],
    ],
  ])('are found %s, beside all stages and beside one', (_, one, other, why) => expect(found(one, other)).toEqual([why, why]));
});

describe('a threshold out of reach', () => {
  const found = (when: object) =>
    lintText(smallPolicy.replace('{ attendance: { below: "90%" } }', JSON.stringify(when)), 'small').flatMap(
      ({ rule, why, clause }) => (rule === 'threshold-out-of-reach' || rule === 'not-a-pack' ? [`${clause}: ${why}`] : []),
    );
  const coded = (over: string, least: number) => ({
    figure: { of: { measure: 'coded-sessions', codes: ['I'], over }, 'at least': least },
  });

  it.each<[object, string[]]>([
    [coded('last 5 school days', 10), []],
    [
      coded('last 5 school days', 11),
      ['opens / 0 / when: It asks for 11, and there are never more than 10 sessions in the last 5 school days'],
    ],
    [
      { figure: { of: { measure: 'illness-days', over: 'term' }, 'more than': 90 } },
      ['opens / 0 / when: It asks for 91, and there are never more than 85 days in this term'],
    ],
    [
      { figure: { of: { measure: 'current-absent-run', codes: 'unexplained' }, 'at least': 200 } },
      ['opens / 0 / when: It asks for 200, and there are never more than 195 days in this school year'],
    ],
    [
      { attendance: { over: 'last 2 school days', above: '75%', below: '99%' } },
      ['opens / 0 / when: No attendance in the last 2 school days lies there: there are never more than 4 sessions'],
    ],
    [{ attendance: { over: 'last 2 school days', 'at least': '75%', below: '99%' } }, []],
  ])('%j', (when, why) => expect(found(when)).toEqual(why));
});
