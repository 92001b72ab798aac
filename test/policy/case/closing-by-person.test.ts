import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase, gloucestershire } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const demat = readPack(readFileSync(new URL('../../../policy/packs/demat.yaml', import.meta.url), 'utf8'), 'demat.yaml');
const by = { id: 'lead', role: 'sal' } as const;
const textId = '00000000-0000-4000-8000-000000000000';
type Pupil = ReturnType<typeof aCase>;
const close = (pupil: Pupil) => pupil.tell({ kind: 'close', by, textId }, 'They have moved');
const asked = (pupil: Pupil, rule: RegExp) =>
  Object.values(pupil.state.proposals).flatMap((one) => (one.rule !== undefined && rule.test(one.rule) ? [one] : []));

describe('a case that a person closes while a rule beside the ladder waits for its answer', () => {
  it('stays open while something is not done that is asked for every pupil, until it is declined or done', () => {
    const absent = { '2026-10-12': 'N', '2026-10-13': 'N', '2026-10-14': 'N' };
    const pupil = aCase({ pack: demat, absent, on: '2026-10-14' });
    pupil.open();
    const [visit, both] = [/^Three days in a row without a reason: visit/, /^Three days in a row without a reason/];
    expect([asked(pupil, visit).length, asked(pupil, both).length]).toEqual([1, 2]);
    expect(refusalOf(() => close(pupil))).toBe(
      'NotAllowed: “Three days in a row without a reason: visit the family, and take the letter along” does not end with the case: say first that it is done, or decline it',
    );
    for (const { key, version, role } of asked(pupil, both))
      pupil.tell({ kind: 'decision', by: { id: role, role }, proposal: key, version, decision: { choice: 'decline', textId } });
    close(pupil);
    expect(pupil.state.status).toBe('closed');
    // It has its answer: whoever opens the case again is not asked the same.
    pupil.tell({ kind: 'reopen', by, textId });
    expect(asked(pupil, both)).toEqual([]);
  });

  it('ends what is asked for pupils with a case, and has it asked anew where the case goes on', () => {
    const absent = Object.fromEntries(['09-08', '09-09', '09-15', '09-16'].map((day) => [`2026-${day}`, 'O']));
    const pupil = aCase({ pack: gloucestershire, absent, on: '2026-09-22' });
    pupil.open();
    const talk = /^A tenth or more is missed/;
    expect(asked(pupil, talk)).toHaveLength(1);
    close(pupil);
    expect(Object.entries(pupil.state.rules ?? {}).filter(([name]) => talk.test(name))).toEqual([
      [expect.any(String), { on: '2026-09-22', so: false }],
    ]);
    pupil.tell({ kind: 'reopen', by, textId });
    expect(asked(pupil, talk)).toHaveLength(1);
  });
});
