import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { lintText } from '../../../policy/lint/lint-text.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { prove } from '../../../policy/prove/prove.ts';
import { wrongIn } from '../../../policy/simulate/example.ts';

type Path = readonly (string | number)[];
/** A fault that somebody could write into a policy, and what a clause then says; `gone` takes the clause out. */
type Fault = readonly [name: string, pack: string, path: Path, value: unknown];
const gone = Symbol('gone');

const threshold = { of: { measure: 'penalty-notice-sessions' }, 'at least': 10 };

const faults: readonly Fault[] = [
  ['the threshold is another', 'gloucestershire', ['opens', 0, 'when', 'attendance', 'below'], '97%'],
  ['a percentage without its sign', 'gloucestershire', ['opens', 0, 'when', 'attendance', 'below'], 96],
  ['exactly 96 is left out', 'gloucestershire', ['opens', 1], { when: { attendance: { below: '96%' } }, stage: 'concern' }],
  ['a stage that is not there', 'gloucestershire', ['opens', 0, 'stage'], 'letter one'],
  ['the second letter first', 'gloucestershire', ['opens', 0, 'stage'], 'formal monitoring'],
  ['a person who is not there', 'gloucestershire', ['stages', 'letter 1', 'do', 0, 'letter', 'approved by'], 'the lead'],
  ['somebody else approves', 'gloucestershire', ['stages', 'letter 1', 'do', 0, 'letter', 'approved by'], 'class teacher'],
  ['another letter', 'gloucestershire', ['stages', 'letter 1', 'do', 0, 'letter', 'template'], 'letter-2'],
  ['a letter without its ground', 'gloucestershire', ['stages', 'letter 1', 'only while'], gone],
  ['thanks at once', 'gloucestershire', ['stages', 'letter 1', 'alongside', 0, 'when', 'letter sent'], gone],
  [
    'the next letter after a day',
    'gloucestershire',
    ['stages', 'letter 1', 'next', 0, 'when', 'letter sent', 'at least'],
    '1 school day',
  ],
  ['no wait, and a target', 'gloucestershire', ['stages', 'formal monitoring', 'wait'], gone],
  ['half the wait', 'gloucestershire', ['stages', 'formal monitoring', 'wait', 'for'], '5 school days'],
  ['a wait that counts from nothing', 'gloucestershire', ['stages', 'formal monitoring', 'wait', 'from'], 'meeting'],
  ['a wait in ten thousand days', 'gloucestershire', ['stages', 'formal monitoring', 'wait', 'for'], '10000 school days'],
  ['a target that everybody meets', 'gloucestershire', ['stages', 'meeting', 'wait', 'target'], '50%'],
  ['nothing after a target that was not met', 'gloucestershire', ['stages', 'formal monitoring', 'next', 1], gone],
  ['back to the beginning for ever', 'gloucestershire', ['stages', 'meeting', 'next', 1, 'go'], 'with the authority'],
  ['nobody looks before a letter', 'gloucestershire', ['softens'], gone],
  ['the wrong person looks', 'gloucestershire', ['softens', 'review by'], 'class teacher'],
  ['two letters on two days', 'gloucestershire', ['letters', 'no two within'], '1 school day'],
  ['nothing closes', 'gloucestershire', ['closes'], gone],
  ['closes where it opens', 'gloucestershire', ['closes', 'when', 'attendance', 'at least'], '94%'],
  ['closes too soon', 'gloucestershire', ['closes', 'held for'], '5 school days'],
  ['closes while the authority has it', 'gloucestershire', ['closes', 'not in'], []],
  ['never closes', 'gloucestershire', ['closes', 'not in'], ['with the authority', 'letter 1', 'improved']],
  ['a new year is not thought of', 'gloucestershire', ['year end'], gone],
  ['brothers and sisters are not thought of', 'gloucestershire', ['siblings'], gone],
  ['the officer of the authority decides at school', 'gloucestershire', ['people', 'attendance lead', 'role'], 'ewo'],
  ['the officer of the authority looks before a letter', 'gloucestershire', ['people', 'safeguarding lead', 'role'], 'ewo'],
  ['a rule that leads to the second letter first', 'gloucestershire', ['alongside opens'], 'formal monitoring'],
  ['somebody stands in for themselves', 'gloucestershire', ['people', 'class teacher', 'stands in'], 'class teacher'],
  ['a reminder after five school years', 'gloucestershire', ['waiting', 'remind after'], '900 school days'],
  ['a close that holds for no day', 'gloucestershire', ['closes', 'held for'], '0 school days'],
  ['asked about again on the next day', 'gloucestershire', ['waiting', 'ask again after'], '1 school day'],
  ['the class teacher calls at 96', 'gloucestershire', ['stages', 'concern', 'do', 0, 'call', 'by'], 'class teacher'],
  ['exactly a tenth missed is not persistent', 'gloucestershire', ['alongside', 3, 'when', 'attendance'], { below: '90%' }],
  ['no formal meeting below 90', 'gloucestershire', ['alongside', 5, 'when', 'attendance', 'below'], '80%'],
  ['ten days without leave that follow none', 'gloucestershire', ['alongside', 8, 'when', 'all'], gone],
  ['twenty days after leave', 'gloucestershire', ['alongside', 8, 'when', 'figure', 'at least'], 20],
  ['a visit that nobody agreed to', 'demat', ['alongside', 1, 'do', 'task', 'approved by'], gone],
  ['evidence from everybody', 'demat', ['alongside', 3, 'do', 'task', 'may'], gone],
  ['the lead approves a notice', 'demat', ['alongside', 7, 'do', 'task', 'approved by'], 'senior attendance lead'],
  ['a notice for five sessions', 'demat', ['alongside', 7, 'when', 'figure', 'at least'], 5],
  ['a notice for any absence', 'demat', ['alongside', 7, 'when', 'figure', 'of', 'measure'], 'sessions-missed'],
  [
    'a notice also for attendance below 90%',
    'demat',
    ['alongside', 7, 'when'],
    { any: [{ figure: threshold }, { attendance: { below: '90%' } }] },
  ],
  ['a notice where the threshold is not met', 'demat', ['alongside', 7, 'when'], { not: { figure: threshold } }],
  ['the safeguarding lead stands in for the headteacher', 'demat', ['people', 'headteacher', 'stands in'], 'safeguarding lead'],
  ['two tiers at once', 'demat', ['bands', 'tier 4', 'at most'], '91%'],
  ['a percentage above all tiers', 'demat', ['bands', 'tiers 1 and 2'], { above: '96%', 'at most': '99%' }],
  ['a percentage below all tiers', 'demat', ['bands', 'tier 5'], { 'at most': '50%', 'at least': '1%' }],
  ['a percentage in no tier', 'demat', ['bands', 'tier 4', 'at most'], '89%'],
  ['one person asks and approves', 'demat', ['stages', 'referral', 'do', 0, 'referral', 'asked by'], 'headteacher'],
  ['the golden hour once only', 'demat', ['alongside', 0, 'again'], gone],
  ['a part-time timetable reviewed once only', 'demat', ['alongside', 8, 'again'], gone],
  ['thirty days instead of three', 'demat', ['alongside', 1, 'when', 'figure', 'at least'], 30],
  ['another absence', 'demat', ['alongside', 1, 'when', 'figure', 'of', 'codes'], 'illness'],
  [
    'no tier is left for long',
    'demat',
    ['stages', 'intensive support', 'next', 2, 'when'],
    { waited: true, attendance: { above: '99%' } },
  ],
  ['a visit a day later', 'celt', ['alongside', 1, 'do', 'task', 'due'], '2 school days'],
  ['the plan in its own time', 'celt', ['stages', 'level D', 'do', 2, 'task', 'due'], '10 school days'],
  ['two weeks instead of three', 'celt', ['stages', 'level C', 'wait', 'for'], '2 school weeks'],
  [
    'two stages that lead to each other in time',
    'celt',
    ['stages', 'level C', 'next'],
    [
      { when: { waited: true, attendance: { 'at most': '92%' } }, go: 'level D' },
      { when: { 'in stage': '9 school weeks' }, go: 'watched' },
    ],
  ],
  ['last year is looked at otherwise', 'celt', ['opens', 1, 'when', 'attendance', 'at most'], '80%'],
  ['last year is looked at in spring', 'celt', ['opens', 1, 'when', 'today', 'to'], '06-30'],
  ['the first letter for the third time', 'celt', ['stages', 'level E', 'do', 0, 'letter', 'template'], 'letter-1'],
  ['the authority is waited for, and not asked', 'celt', ['stages', 'level E', 'next', 0, 'go'], 'with the authority'],
  ['a first day that is the last', 'celt', ['alongside', 3, 'when', 'any', 1, 'today', 'is'], 'first of a term'],
  ['integration counts', 'james-marks', ['figures', 'attendance'], 'as marked'],
  ['the sickness return too late', 'james-marks', ['alongside', 2, 'when', 'figure', 'at least'], 20],
  ['a return for a few days of illness', 'james-marks', ['alongside', 6, 'when', 'all', 0, 'figure', 'at least'], 5],
  ['a return that nobody says is likely', 'gloucestershire', ['alongside', 10, 'do', 'task', 'asks first'], gone],
  ['a notice for a looked-after child', 'james-marks', ['alongside', 5, 'when', 'pupil'], { 'compulsory school age': true }],
  ['the school’s threshold is lost', 'learning-partners', ['opens', 0, 'when', 'attendance', 'below'], '96%'],
  ['the target is lowered', 'learning-partners', ['stages', 'support and challenge', 'wait', 'target'], '90%'],
];

const textWith = ([, pack, path, value]: Fault): string => {
  const document = parseDocument(readFileSync(new URL(`../../../policy/packs/${pack}.yaml`, import.meta.url), 'utf8'));
  if (!document.hasIn(path)) throw new Error(`${pack} has no ${path.join(' / ')}`);
  if (value === gone) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return String(document);
};

/** What catches a fault first; null if nothing does. */
function caughtBy(text: string): 'reading' | 'lint' | 'examples' | 'proof' | null {
  const findings = lintText(text, 'seeded.yaml');
  if (findings.some(({ rule }) => rule === 'not-a-pack' || rule === 'not-yaml')) return 'reading';
  if (findings.length > 0) return 'lint';
  const pack = readPack(text, 'seeded.yaml');
  if (pack.examples.some((example) => wrongIn(pack, example).length > 0)) return 'examples';
  return prove(pack, { most: 2_000 }).verdicts.some(({ refuted }) => refuted !== null) ? 'proof' : null;
}

const counts = new Map<ReturnType<typeof caughtBy>, number>();

describe(`${faults.length} faults seeded into policies`, () => {
  it.each(faults)('%s (%s) is caught', (...fault) => {
    const by = caughtBy(textWith(fault));
    counts.set(by, (counts.get(by) ?? 0) + 1);
    expect(by).not.toBeNull();
  });

  it('docs/seeded-faults.md says how many were caught by what, and which were not', () => {
    const said = readFileSync(new URL('../../../docs/seeded-faults.md', import.meta.url), 'utf8');
    const rows = [...said.matchAll(/^\| (\w+) +\| +(\d+) \|$/gm)].map(([, by, n]) => [by, Number(n)]);
    expect(Object.fromEntries(rows)).toEqual({
      reading: 0,
      lint: 0,
      examples: 0,
      proof: 0,
      nothing: 0,
      ...Object.fromEntries([...counts].map(([by, n]) => [by ?? 'nothing', n])),
    });
    expect(said).toContain(`Of ${faults.length} faults`);
  });
});
