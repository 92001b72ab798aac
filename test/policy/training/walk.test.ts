import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../../policy/case/decision.ts';
import { penaltyNoticeWindow } from '../../../policy/register/measures/penalty-notice-window.ts';
import { specialPupils } from '../../../policy/training/special-pupils.ts';
import { opensOn, trainingCalendar } from '../../../policy/training/timetable.ts';
import { aCase } from '../../support/told-case.ts';

const script = (n: number) => ({ ...specialPupils[n - 1]?.script });
const called: Decision = { choice: 'called', reached: true, offers: [] };

describe('A0001, who walks the whole ladder', () => {
  it('goes from the call at exactly 96% to the referral before Christmas, with enough for a penalty notice', () => {
    const pupil = aCase({ absent: script(1), on: '2026-10-06' });
    pupil.open();
    expect([pupil.state.attendance, pupil.state.stage]).toEqual([{ attended: 48, possible: 50 }, 'concern']);
    pupil.say('how-can-we-help', called);
    pupil.to('2026-10-07');
    expect(pupil.state.stage).toBe('letter 1');
    pupil.send('letter-1').to('2026-10-21');
    expect(pupil.state.stage).toBe('formal monitoring');
    pupil.send('letter-2').say('formal-monitoring', called);
    pupil.to('2026-11-12');
    expect([pupil.state.stage, pupil.state.attendance.possible > 0]).toEqual(['meeting', true]);
    pupil.send('meeting-invitation').to('2026-11-19');
    pupil.say('meeting', { choice: 'met', happened: 'held', on: '2026-11-19', offers: [] });
    pupil.to('2026-12-11');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['referral', ['referral']]);
    const { marks } = pupil.circumstances();
    expect(penaltyNoticeWindow(marks, trainingCalendar, '2026-12-11').met).toBe(true);
  });
});

describe('A0002, who recovers', () => {
  it('meets the target after letter 2, is congratulated, and the case closes at 96% held four weeks before the year ends', () => {
    const pupil = aCase({ absent: script(2), on: opensOn });
    pupil.open();
    expect(pupil.proposals()).toEqual(['letter-1']);
    pupil.send('letter-1').to('2026-10-20');
    expect(pupil.proposals()).toContain('letter-2');
    pupil.send('letter-2').to('2026-11-16');
    expect([pupil.state.stage, pupil.proposals().includes('congratulation')]).toEqual(['improved', true]);
    pupil.send('congratulation').to('2027-07-16');
    expect(pupil.state.status).toBe('closed');
  });
});

describe('the other families to meet', () => {
  it.each([
    [3, "Niamh O'Brien: a father under a no-contact order"],
    [4, 'Minh Nguyễn: a mother without e-mail'],
    [5, 'Fatima Al-Sayed: a mother who reads Arabic'],
    [6, 'Suharto: one name'],
    [7, 'Wilhelmina: a name of sixty letters'],
    [8, 'Jake Marlow: in care'],
    [9, 'Poppy Barnes: four years old'],
    [10, 'Arthur Harding: bereaved'],
    [11, 'Ella Harding: his sister'],
  ])('A%i, %s: has a case on the day the school opens', (n) => {
    const pupil = aCase({ absent: script(n), on: opensOn });
    pupil.open();
    expect(pupil.state.stage).toBe('letter 1');
  });
});
