import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { By } from '../../../policy/case/input.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const file = new URL('../../../policy/packs/demat.yaml', import.meta.url);
/** The pupil that is told of has no date of birth: the policy asks here for no age. */
const text = readFileSync(file, 'utf8').replace(', compulsory school age: true }', ' }');
const demat = readPack(text, 'demat.yaml');
const week = ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13'];

/** On the day on which the headteacher is asked whether a notice is asked for, and the safeguarding lead about a visit. */
function asked() {
  const pupil = aCase({ absent: Object.fromEntries(week.map((day) => [day, 'G'])), on: '2026-11-10', pack: demat });
  pupil.open();
  pupil.to('2026-11-13');
  const about = (task: string) => {
    const found = Object.values(pupil.state.proposals).find(({ action }) => action.what === 'permission' && action.task === task);
    if (!found) throw new Error(`Nobody is asked about a ${task}, only ${pupil.proposals().join(', ')}`);
    return found;
  };
  const agree = (task: string, by: By) => {
    const { key: proposal, version } = about(task);
    return pupil.tell({ kind: 'decision', by, proposal, version, decision: { choice: 'approve' } });
  };
  return { pupil, about, agree };
}

describe('who decides for somebody who is away', () => {
  it('agrees to what that person is asked, and is then not the one who does it: nor is the person who was away', () => {
    const { pupil, about, agree } = asked();
    const { role } = about('home visit');
    agree('home visit', { id: 'grace', role, for: 'lee' });
    const visit = Object.values(pupil.state.proposals).findLast(
      ({ action }) => action.what === 'task' && action.task === 'home visit',
    );
    expect(visit).toMatchObject({ notBy: 'grace', notFor: 'lee' });
    const does = (by: Omit<By, 'role'>) =>
      refusalOf(() =>
        pupil.tell({
          ...{ kind: 'decision', by: { ...by, role: visit?.role ?? 'sal' }, proposal: visit?.key ?? '', version: 1 },
          decision: { choice: 'done' },
        }),
      );
    for (const by of [{ id: 'grace' }, { id: 'lee' }, { id: 'ann', for: 'lee' }, { id: 'ann', for: 'grace' }])
      expect(does(by)).toMatch(/^Forbidden: You asked for this/);
    expect(does({ id: 'tom', for: 'tim' })).toBe('done');
  });

  it('does not say for a headteacher that a penalty notice is asked for; the headteacher does', () => {
    const { about, agree } = asked();
    const { role } = about('penalty notice request');
    expect(role).toBe('headteacher');
    expect(refusalOf(() => agree('penalty notice request', { id: 'lead', role, for: 'head' }))).toBe(
      'Forbidden: This is not handed on while somebody is away: it waits for the headteacher',
    );
    agree('penalty notice request', { id: 'head', role });
  });

  it('has no more say than that person: another role is refused for them as it is to them', () => {
    const { agree } = asked();
    expect(refusalOf(() => agree('home visit', { id: 'grace', role: 'class-teacher', for: 'lee' }))).toMatch(
      /^Forbidden: This is for the/,
    );
  });

  it('is told what a proposal says now only if it is theirs to decide, whatever version is named', () => {
    const { pupil, about } = asked();
    const { key: proposal, role } = about('home visit');
    const decision = { choice: 'approve' } as const;
    const says = (as: By['role']) =>
      refusalOf(() => pupil.tell({ kind: 'decision', by: { id: 'x', role: as }, proposal, version: 99, decision }));
    expect([says('class-teacher'), says(role)]).toEqual([
      expect.stringMatching(/^Forbidden: This is for the/),
      expect.stringMatching(/^Stale: This changed since you opened it/),
    ]);
  });
});
