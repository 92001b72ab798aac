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
