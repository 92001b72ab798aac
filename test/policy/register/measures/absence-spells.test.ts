import { describe, expect, it } from '@jest/globals';
import { absenceSpells } from '../../../../policy/register/measures/absence-spells.ts';
import { corrected, days, mark, present, registerOn } from './a-pupil.ts';

const year = present('2025-09-01', '2026-07-31');
const codes = 'illness' as const;
const spells = (marks: typeof year, on: string, over: 'school year' | 'half-term' = 'school year') =>
  absenceSpells.figure(registerOn(on, marks), { codes, over });

describe('spells of absence', () => {
  it.each([
    ['one long illness', 'IIIIIIII', 1],
    ['eight single days', 'I/I/I/I/I/I/I/I', 8],
    ['an illness over days at which nobody was expected', 'I#I', 1],
    ['an illness beside agreed leave', 'ICI', 1],
    ['an illness that another absence parts', 'IOI', 2],
    ['no illness', '/OM', 0],
  ])('%s', (_, written, number) => {
    const figure = spells(days('2026-09-14', written), '2026-10-16');
    expect(figure.value).toEqual({ is: 'spells', spells: number });
    expect(figure.sessions).toHaveLength(2 * written.split('I').length - 2);
  });

  it('are parted by half a day at school, and by no weekend, half-term or missing mark', () => {
    const marks = corrected(
      year,
      ...['2025-10-24', '2025-11-03', '2025-11-05'].flatMap((on) => [mark(on, 'AM', 'I'), mark(on, 'PM', 'I')]),
      ...[mark('2025-11-04', 'AM', '-'), mark('2025-11-04', 'PM', '-')],
    );
    const parted = corrected(marks, mark('2025-11-03', 'PM', '/'));
    expect([marks, parted].map((all) => spells(all, '2025-11-10').value?.spells)).toEqual([1, 2]);
  });

  it('count in each span into which they reach, with the sessions that lie there', () => {
    const marks = corrected(year, ...['2025-10-24', '2025-11-03'].flatMap((on) => [mark(on, 'AM', 'I'), mark(on, 'PM', 'I')]));
    const { value, sessions } = spells(marks, '2025-11-10', 'half-term');
    expect([value, sessions.map(({ id }) => id)]).toEqual([{ is: 'spells', spells: 1 }, ['2025-11-03 AM', '2025-11-03 PM']]);
  });

  it('of a child who is ill on the mornings of a part-time timetable are one', () => {
    const mornings = days('2026-09-14', 'IIII').map((one) => (one.session === 'PM' ? { ...one, code: 'C2' } : one));
    expect(spells(mornings, '2026-09-17').value?.spells).toBe(1);
  });
});
