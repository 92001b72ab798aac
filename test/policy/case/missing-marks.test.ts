import { describe, expect, it } from '@jest/globals';
import type { Pack } from '../../../policy/pack/pack.ts';
import type { Rule } from '../../../policy/pack/stage.ts';
import { aCase, gloucestershire } from '../../support/told-case.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
type Pupil = ReturnType<typeof aCase>;

/** A mark of this session comes in at last. */
function comesIn(pupil: Pupil, session: string) {
  delete pupil.absent[session];
  pupil.tell({ kind: 'register changed' });
  return pupil;
}

describe('while marks are missing', () => {
  it('no case moves on by attendance: they are asked for, and it moves on when they are in', () => {
    const pupil = aCase({ absent: days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'), on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1');
    Object.assign(pupil.absent, days('2026-10-05', '2026-10-06', '2026-10-12'), { '2026-10-13 PM': 'none' });
    pupil.to('2026-10-14');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['letter 1', ['missing marks']]);
    comesIn(pupil, '2026-10-13 PM');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['formal monitoring', ['letter-2']]);
  });

  it('none closes by attendance', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-18' });
    pupil.open();
    pupil.send('letter-1').to('2026-10-20');
    pupil.say('thank-you', { choice: 'called', reached: true, offers: [] });
    pupil.absent['2026-10-20 AM'] = 'none';
    pupil.to('2026-12-11');
    expect([pupil.state.status, pupil.proposals()]).toEqual(['open', ['missing marks']]);
    comesIn(pupil, '2026-10-20 AM');
    expect([pupil.state.status, pupil.happened('closed')]).toEqual(['closed', ['2026-12-11']]);
  });

  it('none is referred: the authority would read figures that are not complete', () => {
    const missed = ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-05', '2026-10-06', '2026-10-12'];
    const pupil = aCase({ absent: days(...missed, '2026-10-19', '2026-10-20'), on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1').to('2026-10-14').send('letter-2');
    pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
    pupil.to('2026-11-05').send('meeting-invitation').to('2026-11-12');
    pupil.absent['2026-11-11 AM'] = 'none';
    pupil.say('meeting', { choice: 'met', happened: 'refused', on: '2026-11-12', offers: [] });
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['referral', ['missing marks']]);
    expect(comesIn(pupil, '2026-11-11 AM').proposals()).toEqual(['referral']);
  });

  it('what stands beside the ladder, as a child’s safety does, is asked all the same', () => {
    const [asked] = gloucestershire.alongside;
    if (!asked) throw new Error('rules stand beside the ladder');
    const rule: Rule = {
      ...{ says: 'Three days away: see the child', source: 'a policy’s own', for: 'every pupil', do: asked.do },
      when: { figure: { of: { measure: 'current-absent-run', codes: 'unexpected absence' }, 'at least': 3 } },
    };
    const pack: Pack = { ...gloucestershire, alongside: [rule] };
    const absent = { ...days('2026-09-15', '2026-09-16', '2026-09-17'), '2026-09-10 AM': 'none' };
    const pupil = aCase({ absent, on: '2026-09-18', pack });
    pupil.absent['2026-09-18'] = 'O';
    pupil.open();
    expect(pupil.proposals()).toEqual(expect.arrayContaining(['task', 'missing marks']));
  });
});
