import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { earlierLetters, lettersThisYear } from '../../../policy/case/letters-had.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase, gloucestershire, packFile } from '../../support/told-case.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const by = { id: 'the lead', role: 'sal' } as const;
const ladder: Pack = { ...gloucestershire, alongside: [] };
const celt: Pack = { ...readPack(readFileSync(new URL('celt.yaml', packFile), 'utf8'), 'celt.yaml'), alongside: [] };

const september = days('2026-09-08', '2026-09-15');
/** Letter 1 went on 16 September; a person closed the case on the 18th. `is` says where attendance stood otherwise than it did. */
function firstCase(pack: Pack, approver: 'sal' | 'headteacher', is: Partial<CaseState> = {}) {
  const first = aCase({ absent: september, on: '2026-09-16', pack });
  first.open();
  first.send('letter-1', approver).to('2026-09-18');
  first.tell({ kind: 'close', by, textId: 'x' }, 'They have moved in with the grandparents');
  const { attendance, letters } = { ...first.state, ...is };
  return { closedOn: '2026-09-18', attendance, letters: Object.values(letters) };
}

/** The case that follows it, of a pupil who was away on more days. */
function nextCase(pack: Pack, on: string, missed: string[], earlier = firstCase(pack, pack === celt ? 'headteacher' : 'sal')) {
  const more: { -readonly [K in keyof Circumstances]?: Circumstances[K] } = {};
  const next = aCase({ absent: { ...september, ...days(...missed) }, on, pack, more });
  more.earlierLetters = earlierLetters([earlier], next.circumstances());
  next.open();
  return next;
}

describe('a case that follows one which a person closed', () => {
  it('does not ask again for the letter that the family has had, and says so', () => {
    const next = nextCase(ladder, '2026-10-20', ['2026-10-20']);
    expect([next.state.stage, next.proposals()]).toEqual(['letter 1', []]);
    const passed = next.events.find(({ event }) => event.type === 'step passed over');
    expect(passed?.event).toMatchObject({ why: 'The family has had this letter this school year, in an earlier case' });
  });

  it('goes on from it: the second letter follows the first one of the earlier case', () => {
    const next = nextCase(ladder, '2026-10-05', ['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-05']);
    expect([next.state.stage, next.proposals()]).toEqual(['formal monitoring', ['letter-2']]);
    next.send('letter-2');
    expect(lettersThisYear(next.state, next.circumstances()).map(({ template }) => template)).toEqual(['letter-2', 'letter-1']);
  });

  it('writes nothing within the days that have to lie between two letters', () => {
    const next = nextCase(ladder, '2026-09-21', ['2026-09-18', '2026-09-21'], {
      ...firstCase(ladder, 'sal'),
      letters: firstCase(ladder, 'sal').letters.map((letter) => ({ ...letter, template: 'congratulation' })),
    });
    expect([next.state.stage, next.proposals()]).toEqual(['letter 1', []]);
    expect(next.wakeUntil('2026-09-22').proposals()).toEqual([]);
    expect(next.wakeUntil('2026-09-23').proposals()).toEqual(['letter-1']);
  });

  it('waits from that letter where its policy waits from the letter', () => {
    const next = nextCase(celt, '2026-10-05', ['2026-09-28', '2026-10-05']);
    expect(next.events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'monitoring began', from: '2026-09-17', until: '2026-10-07' }),
    );
    expect([next.state.stage, next.proposals()]).toEqual(['level C', ['task']]);
    next.wakeUntil('2026-10-08');
    expect([next.state.stage, next.proposals()]).toEqual(['level D', ['letter-2']]);
  });

  it('sends a second letter once more that tells of a time of monitoring: that begins with it', () => {
    const earlier = firstCase(ladder, 'sal');
    const [first] = earlier.letters;
    if (!first) throw new Error('no letter');
    const letters = [first, { ...first, template: 'letter-2' as const, on: '2026-09-17' }];
    const next = nextCase(ladder, '2026-10-05', ['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-05'], {
      ...earlier,
      letters,
    });
    expect(next.proposals()).toEqual(['letter-2']);
    expect(next.state.monitoring).toBeNull();
  });
});

it('a family that had recovered is written to anew, and never a second time before the first', () => {
  const recovered = firstCase(ladder, 'sal', { attendance: { attended: 97, possible: 100 } });
  const next = nextCase(ladder, '2026-10-05', ['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-05'], recovered);
  expect([next.state.stage, next.proposals()]).toEqual(['letter 1', ['letter-1']]);
});

it('a letter of last school year, or one that came back, is none that the family has had', () => {
  const earlier = firstCase(ladder, 'sal');
  const [letter] = earlier.letters;
  if (!letter) throw new Error('no letter');
  const old = { ...earlier, letters: [{ ...letter, on: '2026-07-10' }] };
  const back = { ...earlier, letters: [{ ...letter, outcome: 'bounced' as const }] };
  for (const one of [old, back]) expect(nextCase(ladder, '2026-10-05', ['2026-10-05'], one).proposals()).toEqual(['letter-1']);
});
