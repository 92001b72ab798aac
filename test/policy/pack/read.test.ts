import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { packFile } from '../../support/told-case.ts';

const written = readFileSync(packFile, 'utf8');
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

const toThe = (name: string, right: string, wrong: string, says: RegExp) => ({ name, right, wrong, says });

it.each([
  toThe('an enclosure that nobody has written', 'enclose: [leaflet]', 'enclose: [poster]', /Write one of: leaflet, card/),
  toThe(
    'a stage that is not there',
    'go: meeting,',
    'go: meetings,',
    /There is no stage "meetings". Stages: watched, concern, letter 1/,
  ),
  toThe(
    'a person whom it does not name',
    'approved by: attendance lead',
    'approved by: the lead',
    /There is no person "the lead"/,
  ),
  toThe(
    'a word that is not of its language',
    'review every:',
    'look every:',
    /The policy language has no word "look every" here/,
  ),
  toThe('the same key twice', 'opens:', 'opens: []\nopens:', /The same name stands here twice.*Take one of the two out/),
  toThe('a tab', '  recall window:', '\trecall window:', /A tab stands where spaces belong.*Replace tabs by spaces/),
  toThe('an anchor', 'softens:', 'softens: &delicate', /Anchors, aliases and merged keys are not read/),
  toThe(
    'a merged key',
    'softens: # a person looks before any letter',
    'softens:\n  <<: { for: [] }',
    /Anchors, aliases and merged keys are not read/,
  ),
  toThe('a percentage as a number', 'below: "96%"', 'below: 96', /Write a percentage in quotes and with its sign/),
  toThe('a percentage as a part of one', 'below: "96%"', 'below: 0.96', /Write a percentage in quotes and with its sign/),
  toThe('a percentage with a space', 'below: "96%"', 'below: "96 %"', /Write a percentage in quotes and without a space/),
  toThe('a percentage above 100', 'below: "96%"', 'below: "196%"', /A percentage is at most 100%/),
  toThe('a word where a list belongs', 'reviews:', 'reviews: weekly\nfairs:', /A list belongs here/),
  toThe('a list where names belong', 'waiting: #', 'waiting: [2]\nwaited: #', /Names with what they say belong here/),
  toThe('a value that a # cuts off', 'template: letter-1, enclose', 'template: #letter-1, enclose', /./),
  toThe(
    'a title that a # cuts off',
    'title: "Gloucestershire trust attendance policy"',
    'title: #1 policy',
    /Nothing stands here. A # begins a comment/,
  ),
  toThe(
    'a yes and a no where words belong',
    'title: "Gloucestershire trust attendance policy"',
    'title: true',
    /read as true or false: write it in quotes/,
  ),
  toThe('a code without its quotes', '{ "2026-10-06": "O" }', '{ "2026-10-06": 0 }', /Write a code in quotes/),
  toThe('an old code', '{ "2026-10-06": "O" }', '{ "2026-10-06": "o" }', /Use a code of the national table/),
  toThe('a unit that is none', 'due: "3 school days"', 'due: "3 moons"', /"moons" is no unit of time here. Units: "school day"/),
  toThe(
    'an amount that the law says',
    'closes:',
    'penalty notice: { amount: 60 }\ncloses:',
    /no word "penalty notice" here: the law says it/,
  ),
  toThe(
    'a time that the law says',
    'become O: by a person',
    'become O: by a person\n  found within: "10 school days"',
    /no word "found within" here: the law says it, and no policy changes it \(SI 2024\/208 reg 10/,
  ),
  toThe(
    'an end before its beginning',
    'from: "2026-09-01" }',
    'from: "2026-09-01", to: "2026-08-31" }',
    /It ends before it begins/,
  ),
  toThe(
    'two rules that say the same',
    'says: "Fifteen school days of illness: sickness return"',
    'says: "Ten days without leave: tell the authority"',
    /Two rules say "Ten days without leave: tell the authority"/,
  ),
  toThe(
    'two rules of one stage that cite the same',
    'script: thank-you, due: "3 school days" } }',
    'script: thank-you, due: "3 school days" } }\n      - { when: { waited: true }, source: "Appendix 1, step 7", do: { call: { by: attendance lead, script: thank-you, due: same day } } }',
    /Two rules cite "Appendix 1, step 7": cite for each what is its own/,
  ),
  toThe('a script that there is not', 'script: thank-you', 'script: thank-you-all', /Write one of: how-can-we-help, thank-you/),
  toThe('a review every no days', 'review every: "5 school days"', 'review every: "0 school days"', /at least "1 school day"/),
  toThe('a wait of five years', 'held for: "20 school days"', 'held for: "900 school days"', /At most 200 school days/),
  toThe(
    'a day that is none',
    'from: "2026-09-01" }',
    'from: "2026-09-31" }',
    /Write a real date in quotation marks, as year-month-day/,
  ),
])('$name is refused by file, line and column, with the reason', ({ right, wrong, says }) => {
  expect(written).toContain(right);
  const text = written.replace(right, wrong);
  const read = () => readPack(text, 'school.yaml');
  expect(read).toThrow(Refusal);
  expect(read).toThrow(/school\.yaml:\d+:\d+ /);
  expect(read).toThrow(says);
});

it('the place is that of the clause', () => {
  const text = written.replace('go: meeting,', 'go: meetings,');
  expect(() => readPack(text, 'school.yaml')).toThrow(`school.yaml:${lineOf(text, 'go: meetings,')}:`);
});

it.each([
  ['ten thousand stages', Array.from({ length: 10_000 }, (_, i) => `  s${i}: { says: "a", source: "b" }`).join('\n')],
  ['a text without end', `  # ${'x'.repeat(600_000)}`],
  [
    'a name that names itself a thousand times',
    `  a: &a [${'x, '.repeat(100)}]\n${Array.from({ length: 9 }, (_, i) => `  b${i}: [${'*a, '.repeat(9)}]`).join('\n')}`,
  ],
])('%s is refused at once', (_name, stages) => {
  expect(() => readPack(`pack: big\nstages:\n${stages}\n`, 'big.yaml')).toThrow(Refusal);
});
