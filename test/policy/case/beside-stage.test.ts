import { describe, expect, it } from '@jest/globals';
import { aCase } from '../../support/told-case.ts';

const textId = '00000000-0000-4000-8000-000000000000';

/** Away at the beginning of September, and in school since letter 1 went: the family is to be thanked. */
function improved(more: Record<string, string> = {}) {
  const absent = { '2026-09-08': 'O', '2026-09-09': 'O', ...more };
  const pupil = aCase({ absent, on: '2026-09-15' });
  pupil.open();
  pupil.send('letter-1').to('2026-09-22');
  expect([pupil.state.stage, pupil.proposals()]).toEqual(['letter 1', ['thank-you']]);
  return pupil;
}

describe('a thank-you call that a stage asks for beside the ladder', () => {
  it('is withdrawn when attendance falls again before anybody has rung', () => {
    const pupil = improved();
    Object.assign(pupil.absent, { '2026-09-23': 'O', '2026-09-24': 'O' });
    pupil.to('2026-09-24');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['letter 1', []]);
    expect(pupil.happened('withdrawn')).toEqual(['2026-09-24']);
  });

  it('is asked for again when attendance rises again, and once somebody has rung no more', () => {
    const pupil = improved();
    Object.assign(pupil.absent, { '2026-09-23': 'O', '2026-09-24 AM': 'O' });
    expect(pupil.to('2026-09-24').proposals()).toEqual([]);
    expect(pupil.to('2026-09-25').proposals()).toEqual(['thank-you']);
    pupil.say('thank-you', { choice: 'called', reached: true, offers: [] });
    expect(pupil.to('2026-09-28').proposals()).toEqual([]);
    expect(pupil.state.stage).toBe('letter 1');
  });

  it('stays for a fall of which nothing is said, and where somebody has put it off', () => {
    const pupil = improved();
    pupil.absent['2026-09-23 PM'] = 'O';
    pupil.to('2026-09-23');
    expect(pupil.proposals()).toEqual(['thank-you']);
    pupil.say('thank-you', { choice: 'hold', until: '2026-09-28', textId });
    Object.assign(pupil.absent, { '2026-09-24': 'O', '2026-09-25': 'O' });
    pupil.to('2026-09-25');
    expect(pupil.proposals()).toEqual(['thank-you']);
  });

  it('is withdrawn when the stage is left that asked for it', () => {
    const pupil = improved({ '2026-09-10': 'O' });
    pupil.say('thank-you', { choice: 'hold', until: '2026-10-09', textId });
    Object.assign(pupil.absent, { '2026-09-28': 'O', '2026-09-29': 'O', '2026-09-30': 'O' });
    pupil.to('2026-09-29');
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['letter 1', expect.arrayContaining(['thank-you'])]);
    pupil.to('2026-09-30');
    expect(pupil.state.stage).toBe('formal monitoring');
    expect(pupil.proposals()).not.toContain('thank-you');
  });
});
