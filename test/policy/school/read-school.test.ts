import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readSchool } from '../../../policy/school/read-school.ts';
import { refusalOf } from '../../support/told-referral.ts';

const example = (name: string) => readFileSync(new URL(`../../../docs/examples/${name}.yaml`, import.meta.url), 'utf8');
const practice = example('practice-school');
const real = example('school');

describe('the file of a school', () => {
  it('says all that a practice school is made of', () => {
    const plan = readSchool(practice, 'practice-school.yaml');
    expect(plan).toMatchObject({ id: 'larkfield', packId: 'gloucestershire', recallMinutes: 1, authority: { id: 'wyeshire' } });
    expect(plan.practice).toEqual({ today: '2026-10-05', demo: true, seed: null });
    expect(plan.periods.filter(({ kind }) => kind === 'inset').map(({ from, to }) => [from, to])).toContainEqual([
      '2026-11-27',
      '2026-11-27',
    ]);
    expect(plan.staff.map(({ role, at, className }) => [role, at, className])).toContainEqual(['class-teacher', 'school', '9A']);
    expect(plan.staff.at(-1)).toMatchObject({ role: 'ewo', at: 'authority', active: true, className: null });
  });

  it('says that a school is real unless it says otherwise', () => {
    expect(readSchool(real, 'school.yaml')).toMatchObject({ practice: null, recallMinutes: null });
  });

  it('takes INSET before a term begins, as the calendar page does', () => {
    const early = readSchool(real.replace('[2026-09-02,', '[2026-09-01,'), 'school.yaml');
    expect(early.periods).toContainEqual(expect.objectContaining({ kind: 'inset', from: '2026-09-01' }));
  });

  it('takes e-mail addresses as the sign-in page does, in lower case', () => {
    const plan = readSchool(real.replace('a.yusuf@st-anne.example', 'A.Yusuf@St-Anne.example'), 'school.yaml');
    expect(plan.staff[0]?.email).toBe('a.yusuf@st-anne.example');
  });

  it.each<[what: string, from: string, to: string, says: string]>([
    ['a mistyped key', 'phone: "01632 960500"', 'phon: "01632 960500"', 'line 6, phon: Nothing of this name belongs here'],
    ['a key that is not there', 'phone: "01632 960500"', '', 'phone: It is missing: add it.'],
    ['a number without quotation marks', '"01632 960500"', '01632960500', 'line 6, phone: Put it in quotation marks.'],
    ['a date that is none', '2026-12-18 }', '2026-02-30 }', 'line 20, calendar, terms 1, to: Write a real date'],
    [
      'a term that ends before it begins',
      'to: 2026-12-18 }',
      'to: 2026-08-18 }',
      'line 20, calendar, terms 1, to: It is before "from"',
    ],
    ['terms that overlap', 'to: 2026-12-18 }', 'to: 2027-01-08 }', 'it overlaps the term "Autumn term 2026"'],
    [
      'a half-term out of term',
      'from: 2026-10-26, to: 2026-10-30',
      'from: 2026-12-21, to: 2026-12-22',
      'it lies in no term: mend its dates',
    ],
    ['an INSET day at a weekend', '[2026-09-02,', '[2026-09-05,', '5 Sep 2026 is at a weekend'],
    ['a term over the first of September', 'to: 2026-12-18 }', 'to: 2027-09-03 }', 'it runs over 1 Sep 2027'],
    ['an INSET day that stands there twice', '[2026-09-02,', '[2026-09-02, 2026-09-02,', 'inset days 2: '],
    ['a role that is none', 'role: sal', 'role: attendance-lead', 'line 34, staff 1, role: Use one of: class-teacher,'],
    ['a welfare officer at the school', 'role: dsl', 'role: ewo', 'staff 4, role: Use one of:'],
    ['a teacher without a class', 'class: 9A, ', '', 'staff 5, class: Say which class'],
    ['a lead with a class', 'role: sal,', 'role: sal, class: 9A,', 'staff 1, class: Only a class-teacher has a class'],
    ['two accounts of one address', 'r.kerr@', 'a.yusuf@', 'staff 2, email: Another account has this address'],
    ['an address that is none', 'a.yusuf@st-anne.example', 'a.yusuf', 'staff 1, email: Write one e-mail address'],
    ['an id with spaces', 'school: st-anne', 'school: St Anne', 'line 3, school: Use 2 to 40 lower-case letters'],
    [
      'a demo password at a real school',
      'policy:',
      'password: first-bell-training\npolicy:',
      'password: A real school has no demo password',
    ],
    ['a date at a real school', 'policy:', 'today: 2026-10-05\npolicy:', 'today: Only a practice school has a clock'],
    ['a practice school without a date', 'policy:', 'training: true\npolicy:', 'A practice school needs "today"'],
    [
      'a clock that begins when school is over',
      'policy:',
      'training: true\ntoday: 2027-12-17\npolicy:',
      'The last term ends on 17 Dec 2027',
    ],
    ['one thing said twice', 'policy:', 'school: other\npolicy:', 'line 16: Map keys must be unique'],
    ['no YAML', 'school: st-anne', 'school: [st-anne', 'line '],
    [
      'a password of somebody',
      'policy:',
      'training: true\ntoday: 2026-10-05\npassword: my own words\npolicy:',
      'Passwords do not belong in a file',
    ],
  ])('names the line and the cure of %s', (_, from, to, says) => {
    expect(real).toContain(from);
    const said = refusalOf(() => readSchool(real.replace(from, to), 'school.yaml'));
    expect(said).toMatch(/^BadInput: school\.yaml/);
    expect(said).toContain(says);
    expect(said).not.toContain('my own words');
  });

  it('names every thing that is wrong, not only the first', () => {
    const said = refusalOf(() => readSchool('school: x\n', 'x.yaml'));
    expect(said.split('\n').length).toBeGreaterThan(8);
    expect(refusalOf(() => readSchool('', 'empty.yaml'))).toContain('line 1, name: It is missing');
  });
});
