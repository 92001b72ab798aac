import { describe, expect, it } from '@jest/globals';
import { goingOn, schoolCalendar, schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { holds } from '../../../policy/case/condition.ts';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import { headline } from '../../../policy/case/headline.ts';
import { lastKnown } from '../../../policy/case/judged.ts';
import { letterFreeOn } from '../../../policy/case/next-step.ts';
import { openingStage } from '../../../policy/case/opening.ts';
import { telling } from '../../../policy/case/telling.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import type { Rule } from '../../../policy/pack/stage.ts';
import type { schoolRoles } from '../../../policy/people/roles.ts';
import { type Fraction, shown } from '../../../policy/register/fraction.ts';
import { shippedPacks } from '../../support/packs.ts';
import { aCase, calendar, gloucestershire, periods } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const textId = '00000000-0000-4000-8000-000000000000';
const demat = new Map(shippedPacks).get('demat') as Pack;
const lead = { id: 'lead', role: 'sal' } as const;
const aLetterless = { stageSince: '2026-09-01', letters: {}, target: null, referral: null };
const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));

describe('where a case begins', () => {
  it.each([
    ['exactly 96%: the call, and no letter', { '2026-09-08 AM': 'I' }, '2026-09-18', 'concern'],
    ['below 96%: letter 1', { '2026-09-08': 'I' }, '2026-09-18', 'letter 1'],
    [
      'below 90% at once: still letter 1, never letter 2 first',
      days('2026-09-08', '2026-09-09', '2026-09-10'),
      '2026-09-18',
      'letter 1',
    ],
    ['above 96%: no case', {}, '2026-09-18', null],
    ['too few sessions to say: no case', { '2026-09-03': 'I' }, '2026-09-09', null],
  ])('%s', (name, absent, on, stage) => {
    const when = name.startsWith('exactly') ? '2026-09-18' : on;
    const c = aCase({ absent, on: when }).circumstances();
    const trimmed = name.startsWith('exactly') ? { ...c, marks: c.marks.slice(0, 25) } : c;
    expect(openingStage(trimmed)).toBe(stage);
  });
});

describe('what is said of no sessions', () => {
  const since = { attended: 0, possible: 0 };
  const known = (attendance: Fraction) => ({ ...aLetterless, attendance, stageFrom: since });
  it.each(['risen by', 'fallen by'] as const)('is not that attendance has %s anything since the stage began', (moved) => {
    const c = aCase({ on: '2026-10-14' }).circumstances();
    expect(holds({ attendance: { [moved]: 50 } }, known({ attended: 30, possible: 60 }), c)).toBe(false);
  });
});

describe('a second letter that goes where attendance keeps falling', () => {
  /** A week away before the first letter, of 15 September: half of all sessions. */
  function back(more: string[] = []) {
    const week = ['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10', '2026-09-11'];
    const pupil = aCase({ absent: days(...week, ...more), on: '2026-09-15' });
    pupil.open();
    return pupil.send('letter-1');
  }

  it('does not go to a family that was thanked, and whose child attends better from day to day', () => {
    const pupil = back().to('2026-10-23');
    expect([pupil.state.stage, pupil.proposals(), shown(pupil.state.attendance)]).toEqual(['letter 1', ['thank-you'], '86.8%']);
  });

  it('goes on the day on which attendance has come lower than two weeks before', () => {
    const pupil = back(['2026-10-12', '2026-10-14', '2026-10-19', '2026-10-20']).to('2026-10-16');
    expect(pupil.state.stage).toBe('letter 1');
    expect(pupil.to('2026-10-19').proposals()).toContain('letter-2');
  });

  it('is found on that day although the case is told of nothing but what was missed', () => {
    const missed = [
      '2026-10-01',
      '2026-10-02',
      '2026-10-05',
      '2026-10-06',
      '2026-10-08',
      '2026-10-15',
      '2026-10-20',
      '2026-10-21',
    ];
    for (let n = 1; n <= missed.length; n++) {
      const daily = back(missed.slice(0, n)).to('2026-11-20');
      const woken = back(missed.slice(0, n));
      for (const day of missed.slice(0, n)) {
        woken.wakeUntil(day);
        woken.tell({ kind: 'register changed' });
      }
      woken.wakeUntil('2026-11-20');
      expect([n, woken.happened('stage entered')]).toEqual([n, daily.happened('stage entered')]);
    }
  });

  it('is not looked for each day while attendance rises', () => {
    const pupil = back().to('2026-10-06');
    expect(deadlineOf(pupil.state, pupil.circumstances())?.why).toBe('The case is reviewed');
  });
});

describe('what a case says in one sentence', () => {
  it('says until when a decision is held', () => {
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-09'), on: '2026-09-21' });
    pupil.open();
    expect(headline(pupil.state)).toBe('Letter 1: the senior attendance lead is to decide on the letter');
    pupil.say('letter-1', { choice: 'hold', until: '2026-09-28', textId });
    expect(headline(pupil.state)).toBe('Letter 1: the decision is held until Monday 28 September 2026');
  });
});

describe('a register that comes in late', () => {
  const absent = days('2026-09-08', '2026-09-09', '2026-09-10');

  it('opens a case once, for how things stand now, and says since when they called for it', () => {
    const pupil = aCase({ absent: { ...absent }, on: '2026-10-15' });
    pupil.open();
    expect(pupil.proposals()).toEqual(['letter-1']);
    expect(pupil.state.calledForSince).toBe('2026-09-15');
  });

  it('says nothing of a fall that was made up for: what counts is the time without a break', () => {
    const pupil = aCase({
      absent: { '2026-09-10': 'O', '2026-12-01': 'O', '2026-12-02': 'O', '2026-12-03': 'O' },
      on: '2026-12-03',
    });
    expect(openingStage({ ...pupil.circumstances(), on: '2026-11-27' })).toBeNull();
    pupil.open();
    expect(pupil.state.calledForSince).toBe('2026-12-02');
  });

  it('says nothing where the newest day is what called for it', () => {
    const pupil = aCase({ absent: { '2026-09-08': 'I' }, on: '2026-09-15' });
    pupil.open();
    expect(pupil.state.calledForSince).toBeUndefined();
  });
});

describe('the whole ladder', () => {
  it('walks from the call to the referral when nothing improves', () => {
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'), on: '2026-09-30' });
    pupil.open();
    expect(pupil.proposals()).toEqual(['letter-1']);
    pupil.send('letter-1');
    Object.assign(
      pupil.absent,
      days(
        '2026-10-05',
        '2026-10-06',
        '2026-10-12',
        '2026-10-19',
        '2026-10-20',
        '2026-11-03',
        '2026-11-10',
        '2026-11-17',
        '2026-11-24',
        '2026-12-01',
      ),
    );
    pupil.to('2026-10-14');
    expect(pupil.proposals()).toEqual(['letter-2']);
    pupil.send('letter-2');
    expect(pupil.state.monitoring).toEqual({ from: '2026-10-15', until: '2026-11-04', judgedOn: '2026-11-05', target: 9500 });
    pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [{ kind: 'mentor', response: 'accepted' }] });
    pupil.to('2026-11-05');
    expect(pupil.state.stage).toBe('meeting');
    pupil.send('meeting-invitation').to('2026-11-12');
    pupil.say('meeting', {
      choice: 'met',
      happened: 'held',
      on: '2026-11-12',
      offers: [{ kind: 'transport', response: 'accepted' }],
    });
    expect(pupil.state.monitoring?.until).toBe('2026-11-26');
    pupil.to('2026-11-27');
    expect(pupil.proposals()).toEqual(['referral']);
    pupil.say('referral', { choice: 'approve' });
    const { id } = pupil.state.referral ?? { id: '' };
    pupil.tell({ kind: 'referral outcome', referralId: id, outcome: { what: 'accepted' } });
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['with the authority', ['referral-notice']]);
    pupil.send('referral-notice');
    pupil.tell({ kind: 'referral outcome', referralId: id, outcome: { what: 'ended', how: 'no action' } });
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['back with the school', []]);
    expect(pupil.state.offers).toHaveLength(2);
  });

  it('congratulates when the target is met, and closes when 96% has held for four school weeks', () => {
    const pupil = aCase({ absent: { ...days('2026-09-08', '2026-09-15', '2026-09-22') }, on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1');
    Object.assign(pupil.absent, days('2026-10-01', '2026-10-02'));
    pupil.to('2026-10-14').send('letter-2').to('2026-11-05');
    expect(pupil.state.stage).toBe('improved');
    pupil.send('congratulation').to('2027-07-20');
    expect(pupil.state.status).toBe('closed');
    const [closed] = pupil.happened('closed');
    expect(closed).toBe('2027-05-06');
  });

  it('says the same when only the deadlines wake it', () => {
    const absent = days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-05', '2026-10-06');
    const daily = aCase({ absent, on: '2026-09-30' });
    const woken = aCase({ absent, on: '2026-09-30' });
    for (const pupil of [daily, woken]) {
      pupil.open();
      pupil.send('letter-1');
    }
    daily.to('2026-10-30');
    woken.wakeUntil('2026-10-30');
    const story = (pupil: typeof daily) =>
      pupil.events
        .filter(({ event }) => ['proposed', 'stage entered', 'reminded', 'escalated'].includes(event.type))
        .map(({ on, event }) => `${on} ${event.type}`);
    expect(story(woken)).toEqual(story(daily));
  });
});

describe('what the authority says', () => {
  const absent = days('2026-09-08', '2026-09-09', '2026-09-10');
  const referral = gloucestershire.stages.referral;
  if (!referral) throw new Error('the pack refers');
  const task = { what: 'panel', says: 'Hear the panel', by: 'attendance lead', due: { n: 1, unit: 'day' } } as const;
  const pack: Pack = {
    ...{ ...gloucestershire, alongside: [], opens: [{ when: {}, stage: 'referral' }] },
    stages: { ...gloucestershire.stages, referral: { ...referral, do: [{ task }, ...referral.do] } },
    'year end': { 'open cases': { 'go to': 'watched' }, source: 'A clause' },
  };
  const referred = (on = '2026-09-30') => {
    const pupil = aCase({ absent, on, pack });
    pupil.open();
    pupil.say('task', { choice: 'done' });
    pupil.say('referral', { choice: 'approve' });
    return { pupil, referralId: pupil.state.referral?.id ?? '' };
  };

  it('of what it returns: that is referred again, and nothing before it is done twice', () => {
    const { pupil, referralId } = referred();
    pupil.tell({ kind: 'referral outcome', referralId, outcome: { what: 'returned', missing: [], textId } });
    expect(pupil.proposals()).toEqual(['referral']);
  });

  it('of another referral than the case’s own is nothing to it', () => {
    const { pupil } = referred();
    expect(pupil.tell({ kind: 'referral outcome', referralId: 'another', outcome: { what: 'accepted' } })).toEqual([]);
  });

  it('is waited for where it is, though the policy begins elsewhere in a new school year', () => {
    const { pupil, referralId } = referred('2027-07-20');
    pupil.tell({ kind: 'referral outcome', referralId, outcome: { what: 'accepted' } });
    pupil.to('2027-09-10');
    expect([pupil.state.stage, pupil.happened('new school year')]).toEqual(['with the authority', ['2027-09-02']]);
  });
});

const tenDays = { n: 10, unit: 'school day' } as const;

describe('what a letter waits for', () => {
  it('no letter while a mark is missing: the officer is asked, then it goes on', () => {
    const pupil = aCase({ absent: { ...days('2026-09-08'), '2026-09-16 PM': 'none' }, on: '2026-09-21' });
    pupil.open();
    expect(pupil.proposals()).toEqual(['missing marks']);
    delete pupil.absent['2026-09-16 PM'];
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  it('asks once for the marks that a judgement and a letter wait for, and anew where others are missing', () => {
    const { stages } = gloucestershire;
    const monitored = stages['formal monitoring'];
    const first = stages['letter 1'];
    if (!monitored?.wait || !first) throw new Error('the pack monitors');
    // A way on that asks nothing of the register waits for no mark.
    const next = [{ when: { 'letter sent': { template: 'letter-1' as const, 'at least': tenDays } }, go: 'formal monitoring' }];
    const pack: Pack = {
      ...{ ...gloucestershire, alongside: [] },
      stages: {
        ...stages,
        'letter 1': { ...first, next },
        'formal monitoring': { ...monitored, wait: { ...monitored.wait, from: 'stage begun' } },
      },
    };
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-09', '2026-09-28', '2026-09-29'), on: '2026-09-18', pack });
    pupil.open();
    pupil.send('letter-1').to('2026-10-01');
    Object.assign(pupil.absent, { '2026-09-30 PM': 'none', '2026-10-07 AM': 'none' });
    pupil.to('2026-10-02');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['formal monitoring', ['missing marks']]);
    pupil.to(pupil.state.monitoring?.judgedOn ?? '');
    expect(pupil.state.missing).toEqual(['2026-09-30 PM', '2026-10-07 AM']);
    expect(pupil.proposal('missing marks')).toMatchObject({
      version: 2,
      action: { sessions: ['2026-09-30 PM', '2026-10-07 AM'] },
      sentence: expect.stringContaining('2 marks are missing since 30 Sep'),
    });
    delete pupil.absent['2026-10-07 AM'];
    pupil.tell({ kind: 'register changed' });
    expect(pupil.happened('target judged')).toEqual([pupil.on]);
    expect(pupil.proposal('missing marks')).toMatchObject({ version: 3, action: { sessions: ['2026-09-30 PM'] } });
  });

  it('a visit beside the ladder waits for no mark: it is agreed to while one of months ago is missing', () => {
    const absent = { '2026-09-16 PM': 'none', ...days('2026-11-16', '2026-11-17', '2026-11-18') };
    const pupil = aCase({ absent, on: '2026-11-18', pack: demat });
    pupil.open();
    pupil.say('permission', { choice: 'approve' });
    expect(pupil.proposals()).toContain('task');
  });

  it('an approval while a mark is missing is refused, naming the sessions as people write them', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-21' });
    pupil.open();
    pupil.absent['2026-09-16 PM'] = 'none';
    expect(refusalOf(() => pupil.say('letter-1', { choice: 'approve' }))).toMatch(
      'Marks are missing (16 Sep 2026, afternoon): complete the register first',
    );
  });

  it('twenty days of U in the morning and O after it are no twenty days without a word', () => {
    const daysOff = ['05', '06', '09', '10', '11', '12', '13', '16', '17', '18', '19', '20', '23', '24', '25', '26', '27', '30'];
    const on = [...daysOff.map((day) => `2026-11-${day}`), '2026-12-01', '2026-12-02', '2026-12-03'];
    const told = (morning: string) => {
      const absent = Object.fromEntries(
        on.flatMap((day) => [
          [`${day} AM`, morning],
          [`${day} PM`, 'O'],
        ]),
      );
      const pupil = aCase({ absent, on: '2026-12-03', pack: gloucestershire });
      pupil.open();
      return Object.keys(pupil.state.rules ?? {}).filter((name) => name.startsWith('Twenty days'));
    };
    expect([told('U'), told('O').length]).toEqual([[], 1]);
  });

  it('a letter beside a stage goes no sooner after another than the policy says', () => {
    const stage = gloucestershire.stages['letter 1'];
    if (!stage) throw new Error('There is no such stage');
    const letter = { template: 'congratulation' as const, enclose: [], 'approved by': 'attendance lead' };
    const beside = [{ when: { marks: 'complete' as const }, source: '7', for: 'every pupil' as const, do: [{ letter }] }];
    const stages = { ...gloucestershire.stages, 'letter 1': { ...stage, alongside: beside } };
    const pupil = aCase({
      absent: days('2026-09-08'),
      on: '2026-09-18',
      pack: { ...gloucestershire, alongside: [], stages },
      flags: ['looked-after'],
    });
    pupil.open();
    expect(pupil.proposals()).toEqual(['review']);
    pupil.say('review', { choice: 'done' }, 'dsl');
    pupil.say('congratulation', { choice: 'decline', textId });
    pupil.send('letter-1');
    expect(pupil.to('2026-10-01').proposals()).not.toContain('congratulation');
  });

  it('a correction that takes the ground away withdraws the letter', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18' });
    pupil.open();
    pupil.absent['2026-09-08'] = 'V';
    pupil.tell({ kind: 'register changed' });
    expect([pupil.proposals(), pupil.happened('withdrawn')]).toEqual([[], ['2026-09-18']]);
  });

  it('a looked-after child: the safeguarding lead looks first', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18', flags: ['looked-after'] });
    pupil.open();
    expect(pupil.proposals()).toEqual(['review']);
    pupil.say('review', { choice: 'done' }, 'dsl');
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  describe('a letter that stands beside the ladder', () => {
    const rule: Rule = {
      ...{ says: 'Write to the family too', source: 'A clause', for: 'pupils with a case' },
      when: { attendance: { 'at most': 9600 } },
      do: [{ letter: { template: 'letter-3', enclose: [], 'approved by': 'attendance lead' } }],
    };
    const sends: Pack['stages'] = Object.fromEntries(
      Object.entries(gloucestershire.stages).map(([name, stage]) => [name, { ...stage, alongside: [rule] }]),
    );
    const ofRule: Pack = { ...gloucestershire, alongside: [rule] };
    const ofStage: Pack = { ...gloucestershire, alongside: [], stages: sends };

    it.each([
      ['every stage', ofRule],
      ['one stage', ofStage],
    ])('beside %s: somebody looks first, once, and who wants no letter is not asked again', (_, pack) => {
      const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18', flags: ['looked-after'], pack });
      pupil.open();
      expect(pupil.proposals()).toEqual(['review']);
      pupil.to('2026-09-21');
      expect(pupil.proposals()).toEqual(['review']);
      for (let asked = 0; asked < 2; asked++) pupil.say('review', { choice: 'decline', textId }, 'dsl');
      expect(pupil.proposals()).toEqual([]);
      pupil.to('2026-09-24');
      expect(pupil.proposals()).toEqual([]);
    });

    it.each([
      ['every stage', ofRule],
      ['one stage', ofStage],
    ])('beside %s: goes when nobody minds, and none while a mark is missing or too soon after another', (_, pack) => {
      const pupil = aCase({ absent: { ...days('2026-09-08'), '2026-09-16 PM': 'none' }, on: '2026-09-18', pack });
      pupil.open();
      expect(pupil.proposals()).toEqual(['missing marks']);
      delete pupil.absent['2026-09-16 PM'];
      pupil.tell({ kind: 'register changed' });
      expect(pupil.proposals().sort()).toEqual(['letter-1', 'letter-3']);
    });
  });

  it('a declined letter is asked about again ten school days on, if it still stands', () => {
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-09'), on: '2026-09-18' });
    pupil.open();
    pupil.say('letter-1', { choice: 'decline', textId }, 'sal', 'The family has called');
    expect(pupil.to('2026-10-01').proposals()).toEqual([]);
    expect(pupil.to('2026-10-02').proposals()).toEqual(['letter-1']);
  });

  it('a letter that failed is asked about again as soon as the policy says, or where it is silent as a declined one', () => {
    const { 'ask again after a failed letter': _, ...waiting } = gloucestershire.waiting;
    const askedAgain = (pack: Pack) => {
      const pupil = aCase({ absent: days('2026-09-08', '2026-09-09'), on: '2026-09-18', pack });
      pupil.open();
      pupil.send('letter-1');
      const [letterId = ''] = Object.keys(pupil.state.letters);
      pupil.to('2026-09-21').tell({ kind: 'letter outcome', letterId, outcome: 'bounced' });
      return pupil.state.askAgainOn;
    };
    expect(askedAgain(gloucestershire)).toBe('2026-09-22');
    expect(askedAgain({ ...gloucestershire, waiting })).toBe('2026-10-05');
  });

  it('a recalled letter is no letter: letter 2 does not follow it', () => {
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-09'), on: '2026-09-18' });
    pupil.open();
    for (const event of pupil.say('letter-1', { choice: 'approve' })) {
      if (event.type === 'letters approved')
        pupil.tell({ kind: 'letter outcome', letterId: event.letters[0]?.letterId ?? '', outcome: 'recalled' });
    }
    Object.assign(pupil.absent, days('2026-09-21', '2026-09-22', '2026-09-23'));
    expect(pupil.to('2026-10-02').proposals()).toEqual(['letter-1']);
  });
});

describe('a letter that reaches nobody takes with it what was built on it', () => {
  const monitored = () => {
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'), on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1');
    Object.assign(pupil.absent, days('2026-10-05', '2026-10-06', '2026-10-12'));
    return pupil.to('2026-10-14');
  };
  const letterOf = ({ events }: ReturnType<typeof monitored>, template: string): string => {
    const approved = events.map(({ event }) => event).findLast((event) => event.type === 'letters approved');
    if (approved?.type !== 'letters approved' || approved.template !== template) throw new Error(`no ${template}`);
    return approved.letters[0]?.letterId ?? '';
  };

  it('one whose end nobody knows may have arrived: neither it nor what comes after it is proposed until somebody finds out', () => {
    const pupil = monitored();
    const letterId = letterOf(pupil, 'letter-1');
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'unknown' });
    expect(pupil.proposals()).toEqual([]);
    expect(letterFreeOn(telling(pupil.state, pupil.circumstances()))).toBe('2026-10-21');
    pupil.to('2026-10-21');
    expect(pupil.proposals()).toEqual([]);
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'refused' });
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  it('a letter that the policy does not send this child is not owed before the next one', () => {
    const { stages } = gloucestershire;
    const first = stages['letter 1'];
    if (!first) throw new Error('the pack has its first letter');
    const next = [{ when: { attendance: { below: 9000 } }, go: 'formal monitoring' }];
    const pack: Pack = {
      ...{ ...gloucestershire, alongside: [], softens: undefined, stages: { ...stages, 'letter 1': { ...first, next } } },
      cohorts: [{ for: ['looked-after'], source: 'A clause', 'no letters': ['letter-1'] }],
    };
    const absent = days('2026-09-08', '2026-09-09', '2026-09-10');
    const without = aCase({ absent, on: '2026-09-18', flags: ['looked-after'], pack });
    without.open();
    expect([without.state.stage, without.proposals()]).toEqual(['formal monitoring', ['letter-2']]);
    const other = aCase({ absent, on: '2026-09-18', pack });
    other.open();
    expect([other.state.stage, other.proposals()]).toEqual(['formal monitoring', ['letter-1']]);
  });

  it.each([
    ['the day that it names first', '2026-10-19', '2026-10-19', '2026-11-06'],
    ['a day after that', '2026-10-20', '2026-10-21', '2026-11-10'],
  ])('letter 2 posted on %s: the family is judged on what it says, unless that had begun', (_, on, from, until) => {
    const pupil = monitored().to('2026-10-16');
    const [approved] = pupil.say('letter-2', { choice: 'approve' });
    expect(approved).toMatchObject({ monitors: { from: '2026-10-19', until: '2026-11-06', judgedOn: '2026-11-09' } });
    pupil.to(on).tell({ kind: 'letter outcome', letterId: letterOf(pupil, 'letter-2'), outcome: 'posted' });
    expect(pupil.state.monitoring).toMatchObject({ from, until, target: 9500 });
    pupil.calendarIs(schoolCalendar([...periods, { kind: 'closure', from: '2026-11-12', to: '2026-11-12', label: 'Snow' }]));
    pupil.tell({ kind: 'calendar changed', textId });
    expect(pupil.state.monitoring).toMatchObject({ from, until, target: 9500 });
  });

  describe('a congratulation, when marks of the time that was judged are corrected,', () => {
    const met = () => {
      const pupil = monitored();
      pupil.send('letter-2').to('2026-11-05');
      expect(pupil.state.judged).toMatchObject({ window: { attended: 20, possible: 20 }, target: 9500 });
      return pupil;
    };

    it('says what the register says now, where that still meets the target', () => {
      const pupil = met();
      pupil.absent['2026-10-20 AM'] = 'O';
      pupil.tell({ kind: 'register changed' });
      pupil.say('congratulation', { choice: 'approve' });
      expect(pupil.state.judged && lastKnown(pupil.state.judged)).toEqual({ attended: 19, possible: 20 });
    });

    it('is not approved where the target is not met any more, and is taken back with why', () => {
      const pupil = met();
      pupil.absent['2026-10-20'] = 'O';
      const approve = () => pupil.say('congratulation', { choice: 'approve' });
      expect(refusalOf(approve)).toMatch('Stale: The register was corrected, and the target is not met any more');
      expect(pupil.tell({ kind: 'register changed' }).map((event) => event.type)).toEqual(
        expect.arrayContaining(['judgement overtaken', 'withdrawn', 'step passed over']),
      );
      expect(pupil.to('2026-11-20').proposals()).not.toContain('congratulation');
    });
  });

  it('a held letter 2 names no days that are not known to be school days', () => {
    const pupil = monitored().to('2026-10-16');
    pupil.say('letter-2', { choice: 'approve' });
    const letterId = letterOf(pupil, 'letter-2');
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'to-print' });
    pupil.calendarIs(goingOn(schoolCalendar(periods.slice(0, 2)))).wakeUntil('2026-12-10');
    const before = pupil.state;
    const answer = { kind: 'letter answered', by: lead, letterId, how: 'send', back: 'to-print', textId } as const;
    expect(refusalOf(() => pupil.tell(answer))).toMatch('Add the next terms');
    expect(pupil.state).toEqual(before);
    pupil.calendarIs(goingOn(calendar)).tell(answer);
    expect(pupil.state.letters[letterId]?.monitors).toMatchObject({ from: '2026-12-11', until: '2027-01-07' });
  });

  it('letter 2 that comes back ends a time that counts from its receipt too', () => {
    const { stages } = gloucestershire;
    const { wait, ...stage } = stages['formal monitoring'] as NonNullable<(typeof stages)[string]>;
    const received = { ...stage, ...(wait && { wait: { ...wait, from: 'letter received' as const } }) };
    const pack: Pack = { ...gloucestershire, alongside: [], stages: { ...stages, 'formal monitoring': received } };
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-09', '2026-09-28', '2026-09-29'), on: '2026-09-18', pack });
    pupil.open();
    pupil.send('letter-1').to('2026-10-02');
    pupil.send('letter-2').to('2026-10-08');
    expect(pupil.state.monitoring).toMatchObject({ from: '2026-10-07' });
    pupil.tell({ kind: 'letter outcome', letterId: letterOf(pupil, 'letter-2'), outcome: 'bounced' });
    expect([pupil.state.monitoring, pupil.happened('monitoring ended')]).toEqual([null, ['2026-10-08']]);
    expect([pupil.to('2026-11-20').state.stage, pupil.happened('target judged')]).toEqual(['formal monitoring', []]);
  });

  it('a time in which the child could not attend at all is not judged: it begins anew, and somebody is asked', () => {
    const pupil = monitored().to('2026-10-16');
    pupil.send('letter-2').to('2026-10-18');
    const { monitoring: first } = pupil.state;
    for (const day of schoolDaysBetween(calendar, first?.from ?? '', first?.judgedOn ?? '')) pupil.absent[day] = 'Y3';
    const { stage } = pupil.state;
    pupil.to('2026-11-09');
    expect([pupil.state.stage, pupil.state.target]).toEqual([stage, null]);
    const anew = { from: '2026-11-10', until: '2026-11-23', judgedOn: '2026-11-24' };
    expect(pupil.state.monitoring).toMatchObject({ ...anew, target: first?.target });
    expect(pupil.proposal('task').sentence).toMatch('no session that the child could have attended');
    // What it was counted from first does not move it back.
    pupil.tell({ kind: 'calendar changed', textId });
    expect(pupil.state.monitoring).toMatchObject(anew);
    pupil.to('2026-11-24');
    expect(pupil.happened('target judged')).toEqual(['2026-11-24']);
  });

  it('letter 2 that has not left when its time begins is held, and goes with a time that is still to come', () => {
    const pupil = monitored().to('2026-10-16');
    pupil.say('letter-2', { choice: 'approve' });
    const letterId = letterOf(pupil, 'letter-2');
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'to-print' });
    pupil.wakeUntil('2026-10-19');
    expect(pupil.state.letters[letterId]?.outcome).toBe('to-print');
    pupil.wakeUntil('2026-10-20');
    expect(pupil.proposals()).toContain('letter-2');
    expect(Object.values(pupil.state.proposals).map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/^It says that attendance is monitored from Monday 19 October 2026, and that day is past/),
    );
    pupil.to('2026-10-21').tell({ kind: 'letter answered', by: lead, letterId, how: 'send', back: 'to-print', textId });
    pupil.tell({ kind: 'register changed' });
    expect(pupil.state.letters[letterId]).toMatchObject({
      outcome: 'to-print',
      monitors: { from: '2026-10-22', until: '2026-11-11' },
    });
    pupil.to('2026-10-22').tell({ kind: 'letter outcome', letterId, outcome: 'posted' });
    expect(pupil.state.monitoring).toMatchObject({ from: '2026-10-22', until: '2026-11-11' });
  });

  it('letter 2 that is sent late, before a later step, tells of no monitoring', () => {
    const { stages } = gloucestershire;
    const meeting = stages.meeting;
    if (!meeting) throw new Error('the pack meets');
    const step = { letter: { template: 'letter-3' as const, enclose: [], 'approved by': 'attendance lead' } };
    const pack = { ...gloucestershire, alongside: [], stages: { ...stages, meeting: { ...meeting, do: [step] } } };
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'), on: '2026-09-30', pack });
    pupil.open();
    pupil.send('letter-1');
    Object.assign(pupil.absent, days('2026-10-05', '2026-10-06', '2026-10-12', '2026-10-20', '2026-10-21'));
    pupil.to('2026-10-14').send('letter-2');
    const letterId = letterOf(pupil, 'letter-2');
    pupil.to('2026-11-05').tell({ kind: 'letter outcome', letterId, outcome: 'bounced' });
    expect(pupil.proposals()).toContain('letter-2');
    expect(pupil.say('letter-2', { choice: 'approve' })[0]).not.toHaveProperty('monitors');
  });

  it('letter 2 whose time would go past the last term that is known waits for the next ones: what it says does not move', () => {
    const pupil = monitored();
    pupil.calendarIs(goingOn(schoolCalendar([{ kind: 'term', from: '2026-09-02', to: '2026-10-23', label: 'Autumn' }])));
    expect(() => pupil.say('letter-2', { choice: 'approve' })).toThrow(/Add the next terms to the calendar/);
  });

  it('letter 2 recalled: its call is withdrawn, and letter 2 is asked about again before any call', () => {
    const pupil = monitored();
    pupil.say('letter-2', { choice: 'approve' });
    expect(pupil.proposals()).toEqual(['formal-monitoring']);
    pupil.tell({ kind: 'letter outcome', letterId: letterOf(pupil, 'letter-2'), outcome: 'recalled' });
    expect([pupil.proposals(), pupil.state.askAgainOn]).toEqual([[], '2026-10-15']);
    expect(pupil.to('2026-10-15').proposals()).toEqual(['letter-2']);
  });

  it('letter 2 came back after the call: monitoring ends unjudged, and begins again with the letter that arrives', () => {
    const pupil = monitored().send('letter-2');
    pupil.say('formal-monitoring', { choice: 'called', reached: false, offers: [] });
    pupil.to('2026-10-19').tell({ kind: 'letter outcome', letterId: letterOf(pupil, 'letter-2'), outcome: 'bounced' });
    expect([pupil.state.monitoring, pupil.happened('monitoring ended')]).toEqual([null, ['2026-10-19']]);
    expect([pupil.to('2026-11-09').proposals(), pupil.happened('target judged')]).toEqual([['letter-2'], []]);
    pupil.send('letter-2');
    expect(pupil.state.monitoring?.from).toBe('2026-11-10');
    expect(pupil.proposals()).toEqual(['formal-monitoring']);
  });

  it('an invitation that came back: the meeting waits for one that arrives', () => {
    const pupil = monitored().send('letter-2');
    pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
    Object.assign(pupil.absent, days('2026-10-19', '2026-10-20', '2026-11-03'));
    pupil.to('2026-11-05').send('meeting-invitation');
    expect(pupil.proposals()).toEqual(['meeting']);
    pupil.tell({ kind: 'letter outcome', letterId: letterOf(pupil, 'meeting-invitation'), outcome: 'bounced' });
    expect(pupil.proposals()).toEqual([]);
    expect(pupil.to('2026-11-06').proposals()).toEqual(['meeting-invitation']);
  });

  it('an invitation that came back after the meeting was held: nobody is invited to it again', () => {
    const pupil = monitored().send('letter-2');
    Object.assign(pupil.absent, days('2026-10-19', '2026-10-20', '2026-11-03'));
    pupil.to('2026-11-05').send('meeting-invitation').to('2026-11-12');
    const letterId = letterOf(pupil, 'meeting-invitation');
    pupil.say('meeting', { choice: 'met', happened: 'held', on: '2026-11-12', offers: [] });
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'bounced' });
    expect([pupil.proposals(), pupil.state.askAgainOn, pupil.state.step]).toEqual([[], null, 2]);
    expect(pupil.to('2026-11-20').proposals()).toEqual([]);
  });

  it('a letter of an earlier stage, or of the same one before it was left, takes nothing of this one with it', () => {
    const pupil = monitored().send('letter-2');
    const letterId = letterOf(pupil, 'letter-2');
    pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
    pupil.to('2026-10-15').tell({ kind: 'step back', by: { id: 'x', role: 'sal' }, to: 'letter 1', textId });
    Object.assign(pupil.absent, days('2026-10-19', '2026-10-20', '2026-10-21'));
    pupil.to('2026-11-05');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['formal monitoring', ['letter-2']]);
    pupil.say('letter-2', { choice: 'approve' });
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'bounced' });
    expect([pupil.proposals(), pupil.happened('step put back')]).toEqual([['formal-monitoring'], []]);
  });
});

describe('who decides', () => {
  const opened = () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18' });
    pupil.open();
    return pupil;
  };

  it.each([
    ['the attendance lead', 'sal', null],
    ['the headteacher, who stands in', 'headteacher', null],
    ['a class teacher', 'class-teacher', /senior attendance lead to decide/],
    ['an administrator', 'admin', /to decide/],
  ] as const)('%s', (_, role, refused) => {
    const act = () => opened().say('letter-1', { choice: 'approve' }, role);
    if (refused) expect(act).toThrow(refused);
    else expect(act).not.toThrow();
  });

  it('a stale version is refused, and says what changed', () => {
    const pupil = opened();
    const { key } = pupil.proposal('letter-1');
    pupil.absent['2026-09-10'] = 'I';
    pupil.tell({ kind: 'register changed' });
    const late = () =>
      pupil.tell({ kind: 'decision', by: { id: 'x', role: 'sal' }, proposal: key, version: 1, decision: { choice: 'approve' } });
    expect(late).toThrow(/It was 24 of 26 sessions \(92\.3%\); now: .*22 of 26/);
  });

  it('nobody to write to is a refusal, not a letter to nobody', () => {
    const pupil = aCase({
      absent: days('2026-09-08'),
      on: '2026-09-18',
      parents: [{ contactId: 'father', may: false, because: 'A court order', channel: 'email' }],
    });
    pupil.open();
    expect(() => pupil.say('letter-1', { choice: 'approve' })).toThrow(/Nobody may be written to/);
  });

  it('a decision that waits is remembered, then put to whoever stands in', () => {
    const pupil = opened();
    pupil.to('2026-09-25');
    expect([pupil.happened('reminded'), pupil.happened('escalated'), pupil.proposal('letter-1').alsoRole]).toEqual([
      ['2026-09-22'],
      ['2026-09-25'],
      'headteacher',
    ]);
  });

  it('a question goes to the class teacher and comes back with its answer', () => {
    const pupil = opened();
    pupil.say('letter-1', { choice: 'ask', of: 'class-teacher', textId }, 'sal', 'Do you know why?');
    expect(() => pupil.say('letter-1', { choice: 'approve' })).toThrow(/waiting for its answer/);
    pupil.say('answer', { choice: 'answer', textId }, 'class-teacher', 'A bereavement');
    expect([pupil.proposals(), pupil.proposal('letter-1').version]).toEqual([['letter-1'], 2]);
  });

  it('a question goes to a colleague whom the policy does not name; who asked stands in for them', () => {
    const pupil = opened();
    pupil.say('letter-1', { choice: 'ask', of: 'senco', textId }, 'sal', 'Is a plan under way?');
    expect(pupil.proposal('answer')).toMatchObject({ role: 'senco', person: 'SENCO' });
    pupil.to('2026-09-25');
    expect(pupil.proposal('answer').alsoRole).toBe('sal');
    expect(() => pupil.say('answer', { choice: 'answer', textId }, 'dsl')).toThrow(/for the SENCO to decide/);
    pupil.say('answer', { choice: 'answer', textId }, 'senco', 'Yes, since Monday');
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  it('a question about what is withdrawn is withdrawn with it', () => {
    const pupil = opened();
    pupil.say('letter-1', { choice: 'ask', of: 'class-teacher', textId }, 'sal', 'Do you know why?');
    pupil.absent['2026-09-08'] = 'V';
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).toEqual([]);
  });

  it('a case is held for as long as a decision is, and what is owed to the family is reminded of meanwhile', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18' });
    pupil.open();
    pupil.send('letter-1');
    const hold = (until: string) => () => pupil.tell({ kind: 'hold', by: { id: 'x', role: 'sal' }, until, textId });
    expect(hold('2099-01-01')).toThrow(/at most 30 school days/);
    pupil.to('2026-09-21').absent['2026-09-08'] = '/';
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).toEqual(['correction']);
    hold('2026-10-23')();
    pupil.wakeUntil('2026-10-02');
    expect([pupil.happened('reminded'), pupil.happened('escalated')]).toEqual([['2026-09-23'], ['2026-09-28']]);
  });

  it('a question to a role that nobody has is refused, and says so', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18', colleagues: ['sal', 'dsl'] });
    pupil.open();
    const ask = (of: (typeof schoolRoles)[number]) => () =>
      pupil.say('letter-1', { choice: 'ask', of, textId }, 'sal', 'Do you know why?');
    for (const role of ['senco', 'class-teacher', 'trust-lead'] as const) expect(ask(role)).toThrow(/Nobody who could answer/);
    expect(ask('dsl')).not.toThrow();
  });

  it('nothing can be decided on a closed case', () => {
    const pupil = opened();
    const { key } = pupil.proposal('letter-1');
    pupil.tell({ kind: 'close', by: { id: 'x', role: 'sal' }, textId });
    const late = () =>
      pupil.tell({ kind: 'decision', by: { id: 'x', role: 'sal' }, proposal: key, version: 1, decision: { choice: 'approve' } });
    expect(late).toThrow(/closed/);
  });
});
