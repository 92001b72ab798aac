import { describe, expect, it } from '@jest/globals';
import {
  type MarkElsewhere,
  readSessionsElsewhere,
  sessionKept,
  withElsewhere,
} from '../../../policy/register/absence-elsewhere.ts';
import { type Mark, sessionId } from '../../../policy/register/mark.ts';
import { penaltyNoticeSessions } from '../../../policy/register/measures/penalty-notice-window.ts';
import { pupilRegister } from '../../../policy/register/pupil-register.ts';
import { trainingCalendar as calendar } from '../../../policy/training/timetable.ts';

const roll = { onRollFrom: '2026-10-05', onRollTo: null };
const here: Mark[] = [
  { on: '2026-10-05', session: 'AM', code: 'D' },
  { on: '2026-10-05', session: 'PM', code: '\\' },
  { on: '2026-10-06', session: 'AM', code: '-' },
];
const read = (text: string) => readSessionsElsewhere(text, here, '2026-10-23').map(sessionKept);

describe('what another school told of absence', () => {
  it.each([
    ['2026-09-14 AM O', ['2026-09-14 AM O']],
    ['2026-09-14 O\n\n2026-09-10 PM U', ['2026-09-10 PM U', '2026-09-14 AM O', '2026-09-14 PM O']],
    ['2026-09-11 to 2026-09-14 I', ['2026-09-11 AM I', '2026-09-11 PM I', '2026-09-14 AM I', '2026-09-14 PM I']],
    ['2026-09-11 to 2026-09-14 AM G', ['2026-09-11 AM G', '2026-09-14 AM G']],
    ['2026-10-05 to 2026-10-06 AM O', ['2026-10-05 AM O', '2026-10-06 AM O']],
  ])('%j is read', (text, sessions) => expect(read(text)).toEqual(sessions));

  it.each([
    ['', /Enter the sessions\. Write a line such as/],
    ['2026-09-14', /Line 1, “2026-09-14” is not understood/],
    ['2026-09-14 AM O\n14/09/2026 O', /Line 2, “14\/09\/2026 O” is not understood/],
    ['2026-09-14 QQ', /Line 1, .*"QQ".* is not an attendance code/],
    ['2026-09-14 H', /ended on 18 August 2024/],
    ['2026-09-14 /', /is not understood/],
    ['2026-09-14 L', /"L" is no absence/],
    ['2026-09-12 O', /is at a weekend/],
    ['2026-09-18 to 2026-09-14 O', /the last day comes before the first/],
    ['2026-10-26 O', /has not come yet/],
    ['2026-10-05 O', /Line 1, .*the register here says \\ of 2026-10-05 PM, and that stands\. Leave it out; .* correct it to D/],
    ['2026-09-14 O\n2026-09-14 PM I', /2026-09-14 PM stands in another line already/],
    ['2020-01-01 to 2026-09-01 O', /longer than a school year/],
  ])('%j is refused with its line and the cure', (text, why) => {
    expect(() => read(text)).toThrow(why);
  });

  it('counts towards the threshold of a penalty notice beside the school’s own marks, says so, and each session once', () => {
    const own: Mark[] = ['2026-10-05', '2026-10-06'].flatMap((on) =>
      (['AM', 'PM'] as const).map((session) => ({ on, session, code: 'O' })),
    );
    const theirs = readSessionsElsewhere('2026-09-14 to 2026-09-16 O\n2026-09-17 I', [], '2026-10-23').map((mark) => ({
      ...mark,
      source: mark.on === '2026-09-14' ? 'Eastfield: a letter' : 'Westfield: its register here, by the UPN',
    }));
    const known = { ...roll, on: '2026-10-07', born: '2014-05-01', calendar, marks: own };
    const counted = (elsewhere: readonly MarkElsewhere[]) =>
      penaltyNoticeSessions.figure(pupilRegister({ ...known, elsewhere }), {});
    expect(counted([])).toMatchObject({ value: { sessions: 4 }, note: null });
    const together = counted([...theirs, ...theirs]);
    expect(together.value).toEqual({ is: 'sessions', sessions: 10 });
    expect(together.sessions.map(({ id }) => id)).toEqual(together.sessions.map(({ id }) => id).toSorted());
    expect(together.note).toMatch(
      /threshold is met.*\. 6 of them at another school, as that school said \(2 Eastfield: a letter; 4 Westfield: its register here, by the UPN\)$/,
    );
    expect(pupilRegister({ ...known, elsewhere: theirs }).marks).toEqual(own);
    expect(withElsewhere(own, [{ on: '2026-10-05', session: 'AM', code: 'I', source: 'S' }])).toEqual(own);
  });

  it('of a child who is registered at both, counts a session once: where the one has D, as the other has it', () => {
    const here = (on: string, session: Mark['session'], code: string): Mark => ({ on, session, code });
    const there = (...mark: Parameters<typeof here>): MarkElsewhere => ({ ...here(...mark), source: 'S' });
    const own = [
      ...[here('2026-10-05', 'AM', 'D'), here('2026-10-05', 'PM', '/'), here('2026-10-06', 'AM', 'O')],
      ...[
        here('2026-10-06', 'PM', 'I'),
        here('2026-10-07', 'AM', '#'),
        here('2026-10-07', 'PM', '-'),
        here('2026-10-08', 'AM', 'D'),
      ],
    ];
    const theirs = own.filter(({ on }) => on < '2026-10-08').map(({ on, session }) => there(on, session, 'O'));
    const all = withElsewhere(own, theirs);
    expect(all.map(sessionId).toSorted()).toEqual(own.map(sessionId));
    expect(all.flatMap((mark) => (mark.source ? [sessionId(mark)] : []))).toEqual([
      ...['2026-10-05 AM', '2026-10-07 AM', '2026-10-07 PM'],
    ]);
    const known = { ...roll, on: '2026-10-08', born: '2014-05-01', calendar, marks: own, elsewhere: theirs };
    const figure = penaltyNoticeSessions.figure(pupilRegister(known), {});
    expect(figure.sessions.map(({ id, code }) => `${id} ${code}`)).toEqual([
      ...['2026-10-05 AM O', '2026-10-06 AM O', '2026-10-07 AM O', '2026-10-07 PM O'],
    ]);
  });
});
