import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { addSchoolDays, schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import { headline } from '../../../policy/case/headline.ts';
import { openingStage } from '../../../policy/case/opening.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase, calendar, gloucestershire, periods } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const missed = days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29');
const by = { id: 'the lead', role: 'sal' } as const;
const textId = 'x';
const left = 'The pupil left the school on Friday 9 October 2026';

/** A pupil with a case of 30 September at letter 1; `known` is what else the rules look at, and may change. */
function aLeaver() {
  const known: { -readonly [K in keyof Circumstances]?: Circumstances[K] } = {};
  const pupil = aCase({ absent: missed, on: '2026-09-30', more: known });
  pupil.open();
  const self = {
    pupil,
    known,
    /** It becomes known when they leave, or left. */
    leaves(onRollTo: string | null) {
      known.onRollTo = onRollTo;
      pupil.tell({ kind: 'register changed' });
      return pupil;
    },
    /** The letter is approved, and waits to leave. */
    approved() {
      for (const event of pupil.say('letter-1', { choice: 'approve' }))
        if (event.type === 'letters approved') return event.letters[0]?.letterId ?? '';
      throw new Error('not approved');
    },
  };
  return self;
}

describe('a pupil who has left', () => {
  it('has no case opened, whatever the figures say; one whose last day is today has', () => {
    const on = (day: string) => aCase({ absent: missed, on: day, more: { onRollTo: '2026-10-08' } });
    expect([openingStage(on('2026-10-08').circumstances()), openingStage(on('2026-10-09').circumstances())]).toEqual([
      'letter 1',
      null,
    ]);
    expect(refusalOf(() => on('2026-10-09').open())).toMatch(/^NotAllowed/);
  });

  it('has the case closed on the day after, which it waits for: the ladder is withdrawn, and the close says why', () => {
    const { leaves } = aLeaver();
    const pupil = leaves('2026-10-09');
    expect([pupil.state.status, pupil.proposals()]).toEqual(['open', ['letter-1']]);
    pupil.wakeUntil('2026-10-10');
    const interrupted = { monitoring: null, heldUntil: null, beside: [] };
    expect(pupil.events.slice(-2)).toEqual([
      { on: '2026-10-10', event: { type: 'withdrawn', key: '1-letter', why: left } },
      { on: '2026-10-10', event: { type: 'closed', why: left, words: null, leftOn: '2026-10-09', interrupted } },
    ]);
    expect([pupil.proposals(), headline(pupil.state)]).toEqual([[], 'Closed: the pupil left the school']);
    expect(deadlineOf(pupil.state, pupil.circumstances())).toBeNull();
  });

  it('has it closed at once where that becomes known later, and on the day although it is held', () => {
    const late = aLeaver();
    late.pupil.to('2026-10-14');
    expect(late.leaves('2026-10-09').state).toMatchObject({ status: 'closed', leftOn: '2026-10-09' });

    const { pupil, leaves } = aLeaver();
    pupil.tell({ kind: 'hold', by, until: '2026-10-23', textId });
    leaves('2026-10-09').wakeUntil('2026-10-12');
    expect(pupil.happened('closed')).toEqual(['2026-10-10']);
  });

  it('is not decided on by whoever comes before the case has heard: they are refused, with why', () => {
    const { pupil, known, leaves } = aLeaver();
    leaves('2026-10-09').to('2026-10-09');
    known.on = '2026-10-10';
    const before = pupil.state;
    const refused = `Closed: ${left}, and the case is closed with that. Nothing more can be decided on it`;
    expect(refusalOf(() => pupil.say('letter-1', { choice: 'approve' }))).toBe(refused);
    expect(refusalOf(() => pupil.tell({ kind: 'hold', by, until: '2026-10-23', textId }))).toBe(refused);
    expect(pupil.state).toEqual(before);
  });

  it('has a letter held that has not gone, and a person is asked: it goes if they say so', () => {
    const { pupil, approved, leaves } = aLeaver();
    const letterId = approved();
    pupil.to('2026-10-01');
    leaves('2026-09-30');
    expect([pupil.state.status, pupil.state.letters[letterId]?.outcome]).toEqual(['closed', 'questioned']);
    expect(pupil.proposal('letter-1')).toMatchObject({
      action: { what: 'letter in question', letterId },
      sentence: 'The pupil left the school on Wednesday 30 September 2026. It is held until you say whether it goes',
    });
    pupil.tell({ kind: 'letter answered', by, letterId, how: 'send', back: 'waiting', textId });
    pupil.tell({ kind: 'day' });
    expect([pupil.proposals(), pupil.state.letters[letterId]?.outcome]).toEqual([[], 'waiting']);
  });

  it('has a question about a letter asked on, and is owed the right figures after wrong ones', () => {
    const { pupil, leaves } = aLeaver();
    pupil.send('letter-1').to('2026-10-08');
    for (const day of Object.keys(missed)) delete pupil.absent[day];
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).toContain('correction');
    leaves('2026-10-09').wakeUntil('2026-10-10');
    expect([pupil.state.status, pupil.proposals()]).toEqual(['closed', ['correction']]);
    expect(pupil.proposal('correction').sentence).toMatch(/^The register was corrected after the letter of/);
    pupil.send('correction');
    expect(Object.values(pupil.state.letters).map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
  });

  it('is owed them too if the register is corrected after that', () => {
    const { pupil, leaves } = aLeaver();
    pupil.send('letter-1');
    leaves('2026-10-09').to('2026-10-12');
    expect([pupil.state.status, pupil.proposals()]).toEqual(['closed', []]);
    for (const day of Object.keys(missed)) delete pupil.absent[day];
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).toEqual(['correction']);
  });
});

describe('a pupil who had left and is on the roll again', () => {
  const back = (one: ReturnType<typeof aLeaver>) => {
    one.known.onRollTo = null;
    return one.pupil.tell({ kind: 'on the roll again' });
  };

  it('has the case taken up where it was, with what it remembers: no letter goes twice', () => {
    const one = aLeaver();
    one.pupil.send('letter-1');
    one.leaves('2026-10-01').to('2026-10-05');
    expect(one.pupil.state.status).toBe('closed');
    const [first, ...then] = back(one);
    const why = 'The pupil is on the roll again';
    expect(first).toEqual({ type: 'case reopened', stage: 'letter 1', words: null, why, goesOn: true });
    expect(then.map(({ type }) => type)).toEqual(['attendance noted']);
    expect(one.pupil.state).toMatchObject({
      status: 'open',
      stage: 'letter 1',
      stageSince: '2026-09-30',
      reopenedOn: '2026-10-05',
    });
    expect([one.pupil.state.leftOn, one.pupil.state.interrupted]).toEqual([undefined, undefined]);
    const free = gloucestershire.letters['no two within'];
    expect(one.pupil.to(addSchoolDays(calendar, '2026-09-30', free)).proposals()).not.toContain('letter-1');
  });

  it('has the letter asked for that was proposed when they left', () => {
    const one = aLeaver();
    one.leaves('2026-10-01').to('2026-10-05');
    expect(one.pupil.proposals()).toEqual([]);
    back(one);
    expect(one.pupil.proposals()).toEqual(['letter-1']);
  });

  it('is judged on the time of monitoring that the second letter told of, and gets no other one', () => {
    const one = aLeaver();
    one.pupil.send('letter-1');
    for (const day of ['2026-10-05', '2026-10-06', '2026-10-12']) one.pupil.absent[day] = 'O';
    one.pupil.to('2026-10-14').send('letter-2');
    one.pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
    one.pupil.to('2026-10-15');
    const time = one.pupil.state.monitoring;
    expect(time).not.toBeNull();
    one.leaves('2026-10-15').to('2026-10-16');
    one.pupil.tell({ kind: 'register changed' });
    expect([one.pupil.state.status, one.pupil.state.monitoring]).toEqual(['closed', null]);
    back(one);
    expect([one.pupil.state.monitoring, one.pupil.proposals()]).toEqual([time, []]);
    one.pupil.wakeUntil(time?.judgedOn ?? '');
    expect(one.pupil.happened('target judged')).toEqual([time?.judgedOn]);
    expect(one.pupil.happened('letters approved')).toEqual(['2026-09-30', '2026-10-14']);
  });

  it('is judged on it where the calendar has moved it meanwhile, and the case says so', () => {
    const one = aLeaver();
    one.pupil.send('letter-1');
    for (const day of ['2026-10-05', '2026-10-06', '2026-10-12']) one.pupil.absent[day] = 'O';
    one.pupil.to('2026-10-14').send('letter-2');
    one.pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
    one.pupil.to('2026-10-15');
    const was = one.pupil.state.monitoring;
    one.leaves('2026-10-15').to('2026-10-16');
    one.pupil.tell({ kind: 'register changed' });
    const closed = { kind: 'closure' as const, from: was?.judgedOn ?? '', to: was?.judgedOn ?? '', label: 'No heating' };
    one.pupil.calendarIs(schoolCalendar([...periods, closed]));
    const moved = back(one).find(({ type }) => type === 'replanned');
    expect(moved).toMatchObject({ moves: [{ what: 'monitoring', was: { judgedOn: was?.judgedOn } }], why: null });
    expect(one.pupil.state.monitoring?.judgedOn).not.toBe(was?.judgedOn);
    const { judgedOn = '' } = one.pupil.state.monitoring ?? {};
    expect(one.pupil.wakeUntil('2026-11-20').happened('target judged')).toEqual([judgedOn]);
  });

  it('has a hold that still lasts, and the thanks asked for that nobody had said', () => {
    const one = aLeaver();
    one.pupil.send('letter-1').to('2026-10-09');
    expect(one.pupil.proposals()).toEqual(['thank-you']);
    one.leaves('2026-10-09').to('2026-10-12');
    one.pupil.tell({ kind: 'day' });
    back(one);
    expect(one.pupil.proposals()).toEqual(['thank-you']);
    one.pupil.tell({ kind: 'hold', by, until: '2026-10-23', textId });
    one.leaves('2026-10-12').to('2026-10-13');
    one.pupil.tell({ kind: 'day' });
    back(one);
    expect([one.pupil.state.heldUntil, one.pupil.proposals()]).toEqual(['2026-10-23', []]);
  });

  it('is asked about anew by each rule for their safety that nobody had answered', () => {
    const known: { -readonly [K in keyof Circumstances]?: Circumstances[K] } = {};
    const absent = Object.fromEntries(['12', '13', '14', '15', '16'].map((day) => [`2026-10-${day}`, 'N']));
    const pack = readPack(readFileSync(new URL('../../../policy/packs/demat.yaml', import.meta.url), 'utf8'), 'demat');
    const pupil = aCase({ pack, absent, flags: ['social-worker'], on: '2026-10-12', more: known });
    pupil.open();
    pupil.to('2026-10-14');
    pupil.tell({ kind: 'register changed' });
    const visits = () =>
      Object.values(pupil.state.proposals).filter(({ rule }) => rule?.startsWith('Three days in a row without a reason: visit'));
    expect(visits()).toHaveLength(1);
    known.onRollTo = '2026-10-14';
    pupil.to('2026-10-15');
    pupil.tell({ kind: 'register changed' });
    expect([pupil.state.status, visits()]).toEqual(['closed', []]);
    known.onRollTo = null;
    pupil.to('2026-10-16');
    pupil.tell({ kind: 'on the roll again' });
    expect(visits()).toHaveLength(1);
  });

  it('has it closed again when they leave again', () => {
    const one = aLeaver();
    one.leaves('2026-10-01').to('2026-10-05');
    back(one);
    one.leaves('2026-10-16').wakeUntil('2026-10-19');
    expect(one.pupil.state).toMatchObject({ status: 'closed', leftOn: '2026-10-16' });
  });

  it.each<[string, (one: ReturnType<typeof aLeaver>) => void]>([
    ['that a person closed', ({ pupil }) => pupil.tell({ kind: 'close', by, textId }, 'They do well')],
    [
      'while another one is there',
      (one) => {
        one.leaves('2026-10-01').to('2026-10-05');
        one.known.laterCase = true;
      },
    ],
  ])('has no case taken up %s', (_, closed) => {
    const one = aLeaver();
    closed(one);
    const before = one.pupil.state;
    expect(before.status).toBe('closed');
    expect(back(one)).toEqual([]);
    expect(one.pupil.state).toEqual(before);
  });
});
