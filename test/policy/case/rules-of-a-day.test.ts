import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase } from '../../support/told-case.ts';

const packOf = (id: string) => {
  const file = new URL(`../../../policy/packs/${id}.yaml`, import.meta.url);
  return readPack(readFileSync(file, 'utf8'), id);
};

describe('what is asked because of one day', () => {
  /** A child with a social worker, away without a reason on Wednesday 14 October. */
  function away() {
    const absent: Record<string, string> = { '2026-10-14': 'N', '2026-10-15': 'none' };
    const pupil = aCase({ pack: packOf('demat'), absent, flags: ['social-worker'], on: '2026-10-14' });
    pupil.open();
    return pupil;
  }
  const contacts = (pupil: ReturnType<typeof away>) =>
    Object.values(pupil.state.proposals).flatMap(({ action, person }) =>
      action.what === 'task' && action.task === 'contact' ? [person] : [],
    );

  it('stays until somebody has done it, is reminded of, and is asked once while it is open', () => {
    const pupil = away();
    const asked = contacts(pupil);
    expect(asked).toContain('safeguarding lead');
    pupil.to('2026-10-15');
    expect([contacts(pupil), pupil.happened('reminded').length > 0]).toEqual([asked, true]);
    // Wednesday's stands, so Thursday's is not asked beside it.
    pupil.absent['2026-10-15'] = 'N';
    pupil.tell({ kind: 'register changed' });
    expect(contacts(pupil)).toEqual(asked);
  });

  it('is withdrawn when the register comes to say something else of that day', () => {
    const pupil = away().to('2026-10-15');
    delete pupil.absent['2026-10-14'];
    pupil.tell({ kind: 'register changed' });
    expect(contacts(pupil)).toEqual([]);
  });

  it('of a half-term is still there on its second day', () => {
    const absent = { '2026-10-05': 'I', '2026-10-06': 'I', '2026-10-12': 'I' };
    const pupil = aCase({ pack: packOf('celt'), absent, on: '2026-10-23' });
    pupil.open();
    pupil.to('2026-11-02');
    const asked = () => Object.values(pupil.state.proposals).filter(({ rule }) => rule?.startsWith('A half-term begins'));
    expect(asked()).toHaveLength(1);
    pupil.to('2026-11-04');
    expect(asked()).toHaveLength(1);
  });
});
