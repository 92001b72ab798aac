import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { besideStage } from '../../../policy/case/opening.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase } from '../../support/told-case.ts';

const packOf = (id: string) => {
  const file = new URL(`../../../policy/packs/${id}.yaml`, import.meta.url);
  return readPack(readFileSync(file, 'utf8'), id);
};

const vulnerable = 'A looked-after child, or one with a social worker, is absent without a reason: speak to somebody today';
const halfTerm = 'A half-term begins and attendance is below 96%: write how many days were missed in the last one';

type Pupil = ReturnType<typeof aCase>;
const asked = (pupil: Pupil, rule: string) => Object.values(pupil.state.proposals).filter((proposal) => proposal.rule === rule);

function done(pupil: Pupil, rule: string) {
  for (const { key, version, role, action } of asked(pupil, rule)) {
    const choice = action.what === 'letter' ? 'approve' : 'done';
    pupil.tell({ kind: 'decision', by: { id: role, role }, proposal: key, version, decision: { choice } });
  }
}

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

  it('is asked where the marks of a day come overnight, or the next morning', () => {
    const absent = { '2026-10-14': 'none', '2026-10-15': 'none' };
    const pupil = aCase({ pack: packOf('demat'), absent, flags: ['social-worker'], on: '2026-10-14' });
    expect(besideStage(pupil.circumstances())).toBeNull();
    pupil.to('2026-10-15');
    pupil.absent['2026-10-14'] = 'N';
    expect(besideStage(pupil.circumstances())).toBe('universal prevention');
    pupil.tell({ kind: 'opened', beside: true });
    expect(contacts(pupil)).toContain('safeguarding lead');
    expect(pupil.state.rules?.[vulnerable]).toEqual({ on: '2026-10-14', so: true });
    // Once for the day, and again for the next one: its marks are there on the morning after.
    done(pupil, vulnerable);
    pupil.tell({ kind: 'register changed' });
    expect(contacts(pupil)).not.toContain('safeguarding lead');
    pupil.absent['2026-10-15'] = 'N';
    pupil.absent['2026-10-16'] = 'none';
    pupil.to('2026-10-16');
    expect(contacts(pupil)).toContain('safeguarding lead');
  });

  it('stays while a later day is as bad that was not asked beside it, though the first is put right', () => {
    const pupil = away();
    pupil.absent['2026-10-15'] = 'N';
    pupil.to('2026-10-16');
    pupil.absent['2026-10-14'] = 'I';
    pupil.tell({ kind: 'register changed' });
    expect(contacts(pupil)).toContain('safeguarding lead');
    pupil.absent['2026-10-15'] = 'I';
    pupil.tell({ kind: 'register changed' });
    expect(contacts(pupil)).not.toContain('safeguarding lead');
  });

  it('is judged by the attendance of that day: a child who is in school on the next one is written about all the same', () => {
    const absent = { '2026-10-05': 'I', '2026-10-06': 'I', '2026-10-07': 'I' };
    const pupil = aCase({ pack: packOf('celt'), absent, on: '2026-10-16' });
    pupil.open();
    pupil.to('2026-12-18');
    done(pupil, halfTerm);
    pupil.to('2027-01-04');
    expect([pupil.state.attendance, asked(pupil, halfTerm)]).toMatchObject([{ attended: 142, possible: 148 }, [{}]]);
    pupil.to('2027-01-05');
    expect([pupil.state.attendance, asked(pupil, halfTerm)]).toMatchObject([{ attended: 144, possible: 150 }, [{}]]);
  });

  it('of a half-term is still there on its second day', () => {
    const absent = { '2026-10-05': 'I', '2026-10-06': 'I', '2026-10-12': 'I' };
    const pupil = aCase({ pack: packOf('celt'), absent, on: '2026-10-23' });
    pupil.open();
    pupil.to('2026-11-02');
    expect(asked(pupil, halfTerm)).toHaveLength(1);
    pupil.to('2026-11-04');
    expect(asked(pupil, halfTerm)).toHaveLength(1);
  });
});

it('a rule that is asked again after hours is done with for the day on which somebody did it', () => {
  const [name, pack] = ['The golden hour', packOf('demat')];
  const rule = pack.alongside.find(({ again, when }) => again && JSON.stringify(when).includes('schoolDays'));
  if (!rule) throw new Error('DEMAT asks again about an absence without a reason');
  const hourly = { ...rule, says: name, for: 'every pupil' as const, again: { n: 2, unit: 'hour' as const } };
  const pupil = aCase({
    pack: { ...pack, alongside: [hourly] },
    absent: { '2026-10-14': 'N', '2026-10-15': 'N' },
    on: '2026-10-14',
  });
  pupil.open();
  expect(asked(pupil, name)).toHaveLength(1);
  done(pupil, name);
  expect(asked(pupil, name)).toEqual([]);
  pupil.to('2026-10-15').tell({ kind: 'register changed' });
  expect(asked(pupil, name)).toHaveLength(1);
});
