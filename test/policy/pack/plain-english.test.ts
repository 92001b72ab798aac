import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { drawingOf } from '../../../policy/draw/drawing.ts';
import { arrangedIn } from '../../../policy/pack/arrangements.ts';
import { adviceInWords, bandsInWords, leaveInWords, rewardsInWords } from '../../../policy/pack/clauses-in-words.ts';
import { Condition } from '../../../policy/pack/condition.ts';
import {
  beginningInWords,
  conditionSaid,
  endInWords,
  endsInWords,
  rulesCited,
  rulesInWords,
  stagesInWords,
  yearEndInWords,
} from '../../../policy/pack/plain-english.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { type Reader, staffIn, told } from '../../../policy/pack/to-families.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';

const folder = new URL('../../../policy/packs/', import.meta.url);
const packNamed = (file: string) => readPack(readFileSync(new URL(file, folder), 'utf8'), file);
const packs = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('a policy in plain English', () => {
  it('says each step with who does it, what is waited for and what comes next', () => {
    const stage = stagesInWords(packNamed('gloucestershire.yaml'), 'staff').find(({ name }) => name === 'Formal monitoring');
    expect(stage).toEqual({
      name: 'Formal monitoring',
      says: 'Attendance is below 90%: second letter, and two weeks of formal monitoring',
      source: 'Appendix 1, steps 8 and 9',
      stands: 'Its steps stand as long as attendance is below 90%',
      again: null,
      does: [
        'Letter 2, to each parent, once the attendance lead has approved it',
        'A call by the attendance lead, within 2 school days',
      ],
      waits: '10 school days from the day after the letter went, with attendance of 95% as the target',
      next: [
        'When the target was met: Improved (Appendix 1, step 10)',
        'When the target was not met: Meeting (Appendix 1, step 9)',
      ],
    });
  });

  it('says from which day a time is counted', () => {
    const pack = packNamed('gloucestershire.yaml');
    const waits = (from: 'letter sent' | 'meeting') => {
      const stage = { ...pack.stages.meeting, wait: { for: { n: 2, unit: 'week' }, from, 'first day': 'that day' } };
      return stagesInWords({ ...pack, stages: { meeting: stage } } as typeof pack, 'staff')[0]?.waits;
    };
    expect([waits('letter sent'), waits('meeting')]).toEqual([
      '2 weeks from the day on which the letter went',
      '2 weeks from the day of the meeting',
    ]);
  });

  it('has the dates of the school’s own calendar, half-term left out', () => {
    const beginning = { on: '2026-10-12', calendar: exampleCalendar() };
    const [waits] = stagesInWords(packNamed('celt.yaml'), 'parents', beginning).flatMap((stage) => stage.waits ?? []);
    expect(waits).toBe('3 school weeks from the day after the letter went (Tuesday 13 October 2026 to Monday 9 November 2026)');
  });

  it('says what makes a case, what ends it, and what is done at any time', () => {
    const pack = packNamed('demat.yaml');
    expect(beginningInWords(pack)).toContain(
      'When attendance is above 90% and 96% or less: Early intervention (9.1: tier 3; 9.4: begins at 96%)',
    );
    expect(endInWords(pack, 'staff')).toMatch(/^When attendance is above 96%, and has been so for 20 school days\. /);
    expect(rulesInWords(pack, 'staff')).toContain(
      'When there are at least 3 school days in a row absent without a reason: Visit the family, and hand over the letter about the absence: the attendance officer, once the senior attendance lead has agreed, on the same day',
    );
  });

  it('says to staff where the document has each clause, and to families what the school does alone', () => {
    const pack = packNamed('learning-partners.yaml');
    const read = (reader: Reader) => [
      ...stagesInWords(pack, reader).flatMap(({ next }) => next),
      ...[...rulesCited(pack, reader), ...endsInWords(pack, reader)],
      ...arrangedIn(pack, reader).flatMap(({ says }) => says),
    ];
    expect(read('staff')).toEqual(
      expect.arrayContaining([
        'When attendance is below 97%: Outreach (2 Aims)',
        expect.stringMatching(/^“early outreach” is 97%; .*98% \(2 Aims; how far a school may differ is ours\)$/),
        expect.stringMatching(/the record stays.* \(2 Aims: it names no way out, /),
        expect.stringMatching(
          /^When there are at least 2 sessions.* \(5 Expected practice: no tolerance of unauthorised absence\)$/,
        ),
        "Where the document says so: The policy is silent; the school's own",
      ]),
    );
    expect(read('parents').filter((says) => /2 Aims|Expected practice|policy is silent/.test(says))).toEqual([]);
  });

  it.each(packs)('%s: names no role of staff to parents, neither in its own words nor in ours', (file) => {
    const pack = packNamed(file);
    const { stages, ...arranged } = {
      ...{ stages: stagesInWords(pack, 'parents').map(({ source: _, ...stage }) => stage), ends: endInWords(pack, 'parents') },
      ...{
        rules: rulesInWords(pack, 'parents'),
        yearEnd: yearEndInWords(pack, 'parents'),
        arranged: arrangedIn(pack, 'parents'),
      },
      ...{ bands: bandsInWords(pack, 'parents'), leave: leaveInWords(pack, 'parents') },
      ...{ rewards: rewardsInWords(pack, 'parents'), advice: adviceInWords(pack, 'parents') },
    };
    const text = JSON.stringify([stages, arranged, drawingOf(pack, 'parents')]);
    for (const name of [...staffIn(pack.people), 'headteacher', 'class teacher', 'SENCO', 'SENDCo', 'safeguarding lead'])
      expect(text).not.toMatch(new RegExp(`\\b${name}s?\\b`, 'i'));
  });

  it.each([
    ['The class teacher rings, and the headteacher writes', 'The school rings, and the school writes'],
    [
      'Class teachers talk about it; ask a SENCO, or the senior attendance leads',
      'Staff talk about it; ask somebody at the school, or the staff',
    ],
    ['Ask the office in office hours', 'Ask the school in office hours'],
    ['The welfare officer visits, and SENCO comes', 'The welfare officer visits, and staff comes'],
  ])('tells families that %j as %j', (text, families) => {
    const people = {
      office: { role: 'attendance-officer', 'stands in': 'office' },
      'welfare officer': { role: 'ewo', 'stands in': 'office' },
    } as const;
    expect(told(text, { reader: 'parents', pack: { people } })).toBe(families);
    expect(told(text, { reader: 'staff', pack: { people } })).toBe(text);
  });
});

describe('conditions', () => {
  const condition = (when: object) => conditionSaid(Condition.parse(when), { reader: 'staff', pack: packNamed('demat.yaml') });
  it.each([
    [
      { figure: { of: { measure: 'coded-sessions', codes: ['C2'], over: 'last 10 school days' }, 'at least': 1 } },
      'there is at least 1 session marked C2 in the last 10 school days',
    ],
    [
      { figure: { of: { measure: 'coded-sessions', codes: 'unexpected absence', over: 'last 1 school day' }, 'at least': 1 } },
      'there is at least 1 session of absence not agreed with the school on the last school day',
    ],
    [
      { figure: { of: { measure: 'late-before-close', over: 'half-term' }, 'at least': 8 } },
      'there are at least 8 late arrivals before the register closed in this half-term',
    ],
    [
      { figure: { of: { measure: 'illness-days', over: 'term' }, 'more than': 5, 'at most': 9 } },
      'there are more than 5 and at most 9 days of illness in this term',
    ],
    [{ figure: { of: { measure: 'weekday-pattern' }, is: 'so' } }, expect.stringMatching(/^“.+” is so$/)],
    [{ attendance: { above: '90%', 'held for': '20 school days' } }, 'attendance has been above 90% for 20 school days'],
    [
      { attendance: { below: '90%', 'fallen by': '1%' } },
      'attendance is below 90%, and at least 1 percentage point lower than when this began',
    ],
    [{ attendance: { 'risen by': '0.5%' } }, 'attendance is at least 0.5 percentage points higher than when this began'],
    [{ attendance: { 'risen in': '10 school days' } }, 'attendance is higher than it was 10 school days before'],
    [{ pupil: { 'is any of': ['looked-after', 'social-worker'] } }, 'the pupil is a looked-after child or has a social worker'],
    [{ pupil: { 'is none of': ['looked-after'] } }, 'the pupil is not a looked-after child'],
    [{ referral: 'ended' }, 'the authority has ended its work'],
  ])('%j', (when, said) => expect(condition(when)).toEqual(said));
});

describe('who is there, and who asks', () => {
  const said = (id: string, reader: Reader) => {
    const pack = packNamed(`${id}.yaml`);
    return [...stagesInWords(pack, reader).flatMap(({ does }) => does), ...rulesInWords(pack, reader)].join('\n');
  };

  it('is said of a meeting, to families without the staff; the one who holds it is named once', () => {
    expect(said('gloucestershire', 'staff')).toContain(
      'A meeting with the family and the class teacher, held by the attendance lead, within 10 school days',
    );
    expect(said('celt', 'staff')).toContain('A meeting with the family and the SENDCo, held by the headteacher');
    expect(said('celt', 'parents')).toContain('A meeting with the family, within 10 school days');
  });

  it('is said of a task that is not done alone', () => {
    expect(said('demat', 'staff')).toMatch(
      /a review each fortnight: the SENCO, together with the local authority and the parents, once/,
    );
    expect(said('demat', 'parents')).toMatch(/a review each fortnight, together with the local authority and the parents/);
  });

  it('is said of leave, with what the policy says of a notice', () => {
    expect(leaveInWords(packNamed('celt.yaml'), 'staff')).toEqual([
      'Who asks for it: the parent the child lives with',
      'How it is asked for: on a form for each parent, 15 school days before',
      'Who decides: the headteacher',
      'Never granted afterwards',
      'A penalty notice for leave without permission: considered, each case by itself',
      'Where the document says so: Parental Request for Absence from School for Holiday; Appendix A; Appendix C; Attendance Codes: G',
    ]);
  });
});
