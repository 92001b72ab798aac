import { describe, expect, it } from '@jest/globals';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { canOnlyBeStopped } from '../../../policy/case/only-stopped.ts';
import { aCase } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const by = { id: 'lead', role: 'sal' } as const;

/** Below 96% on 16 September: letter 1 is asked for. */
function belowCut() {
  const pupil = aCase({ absent: days('2026-09-07', '2026-09-08'), on: '2026-09-16' });
  pupil.open();
  return pupil;
}
const close = (pupil: ReturnType<typeof belowCut>) => pupil.tell({ kind: 'close', by, textId: 'x' }, 'They move away');
/** Approves letter 1, and says how far it comes. */
function approved(pupil: ReturnType<typeof belowCut>) {
  pupil.say('letter-1', { choice: 'approve' });
  const [letterId = ''] = Object.keys(pupil.state.letters);
  return (outcome: 'to-print' | 'posted' | 'bounced') => pupil.tell({ kind: 'letter outcome', letterId, outcome });
}

/** Below 90% at the end of September: letter 2 is approved, and has not left. */
function monitored() {
  const known: Partial<Circumstances> = {};
  const absent = days('2026-09-07', '2026-09-08', '2026-09-15', '2026-09-22', '2026-09-23', '2026-09-29', '2026-09-30');
  const pupil = aCase({ absent, on: '2026-09-16', more: known });
  pupil.open();
  pupil.send('letter-1').to('2026-09-30');
  expect(pupil.state.stage).toBe('formal monitoring');
  pupil.say('letter-2', { choice: 'approve' });
  return { pupil, known, letterId: Object.keys(pupil.state.letters).at(-1) ?? '' };
}

describe('a case with letters that have not left', () => {
  it('is not closed by a person until they have: they promise what nobody would do', () => {
    const pupil = belowCut();
    const letter = approved(pupil);
    expect(refusalOf(() => close(pupil))).toMatch(/call it back or let it go, then close the case/);
    letter('to-print');
    expect(refusalOf(() => close(pupil))).toMatch(/call it back or let it go, then close the case/);
    letter('posted');
    close(pupil);
    expect(pupil.state.status).toBe('closed');
  });

  it('is not closed by a person over one that is held and tells of what comes next, until they have said whether it goes', () => {
    const { pupil, letterId } = monitored();
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'questioned' });
    expect(refusalOf(() => close(pupil))).toMatch(/is held: say whether it goes, then close the case/);
    pupil.tell({ kind: 'letter answered', by, letterId, how: 'do not send', back: 'waiting', textId: 'x' });
    close(pupil);
    expect(pupil.state.status).toBe('closed');
  });

  it('has such a letter stopped only, once it is closed for a child who left', () => {
    const { pupil, letterId, known } = monitored();
    known.onRollTo = '2026-10-01';
    pupil.to('2026-10-02');
    expect([pupil.state.status, pupil.state.letters[letterId]?.outcome]).toEqual(['closed', 'questioned']);
    expect(canOnlyBeStopped('letter-2', pupil.state.status)).toBe(true);
    expect(pupil.proposal('letter-2').sentence).toMatch(
      /The case is closed, and nobody does what the letter tells of: it can only be stopped$/,
    );
  });

  it('is not put back while one lies in the print queue', () => {
    const { pupil, letterId } = monitored();
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'to-print' });
    const back = () => pupil.tell({ kind: 'step back', by, to: 'letter 1', textId: 'x' }, 'Wrong child');
    expect(refusalOf(back)).toMatch(/A letter of this case waits to leave/);
    pupil.tell({ kind: 'letter outcome', letterId, outcome: 'posted' });
    back();
    expect(pupil.state.stage).toBe('letter 1');
  });
});

it('a letter that comes back after its case was closed puts no step back: nothing will be asked again', () => {
  const pupil = belowCut();
  const letter = approved(pupil);
  letter('posted');
  close(pupil);
  expect(letter('bounced').map(({ type }) => type)).toEqual(['letter outcome']);
});

it('marks that are in are looked for no more, though nothing rests on them by now', () => {
  const pupil = aCase({ absent: { ...days('2026-09-07', '2026-09-08'), '2026-09-14 PM': 'none' }, on: '2026-09-16' });
  pupil.open();
  expect([pupil.proposals(), pupil.state.missing]).toEqual([['missing marks'], ['2026-09-14 PM']]);
  for (const day of ['2026-09-07', '2026-09-08', '2026-09-14 PM']) delete pupil.absent[day];
  pupil.tell({ kind: 'register changed' });
  expect([pupil.proposals(), pupil.state.missing]).toEqual([[], []]);
});
