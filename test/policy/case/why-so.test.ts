import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase } from '../../support/told-case.ts';

const packOf = (id: string) =>
  readPack(readFileSync(new URL(`../../../policy/packs/${id}.yaml`, import.meta.url), 'utf8'), `${id}.yaml`);
const away = (code: string, ...days: string[]) => Object.fromEntries(days.map((day) => [day, code]));

/** Two weeks in, five days away without a reason: ten sessions towards the threshold of a penalty notice. */
function tenAway() {
  const absent = away('O', '2026-09-08', '2026-09-09', '2026-09-15', '2026-09-16', '2026-09-22');
  const pupil = aCase({ absent, on: '2026-09-22', pack: packOf('james-marks'), more: { born: '2014-05-05' } });
  pupil.open();
  return pupil;
}

const ten = ['08', '09', '15', '16', '22'].flatMap((day) => [`2026-09-${day} AM`, `2026-09-${day} PM`]);

describe('what a proposal rests on', () => {
  it('is the figure that made a rule so, with its sessions, codes and days', () => {
    const rests = Object.values(tenAway().state.proposals).flatMap(({ rule, evidence }) =>
      rule === undefined ? [] : [evidence.figures ?? []],
    );
    const towards = rests.flat().find(({ says }) => says.startsWith('Sessions towards the penalty-notice threshold'));
    expect(towards?.sessions.map(({ id }) => id)).toEqual(ten);
    expect(new Set(towards?.sessions.map(({ code, as }) => `${code} ${as}`))).toEqual(new Set(['O unauthorised absence']));
  });

  it('goes on to the one that comes of it', () => {
    const pupil = tenAway();
    const asked = Object.values(pupil.state.proposals).find(
      ({ action, evidence }) => ['permission', 'referral request'].includes(action.what) && evidence.figures,
    );
    if (!asked) throw new Error('nothing is asked for first');
    const by = { id: 'one', role: asked.role };
    const followed = pupil.tell(
      { kind: 'decision', by, proposal: asked.key, version: asked.version, decision: { choice: 'approve' } },
      'Yes',
    );
    const next = followed.flatMap((event) => (event.type === 'proposed' ? [event.proposal] : []));
    expect(next.map(({ evidence }) => evidence.figures)).toEqual([asked.evidence.figures]);
  });

  it('is nothing beside attendance where attendance alone brings a stage', () => {
    const pupil = aCase({ absent: away('I', '2026-09-08', '2026-09-15'), on: '2026-09-22' });
    pupil.open();
    expect(Object.values(pupil.state.proposals).map(({ evidence }) => 'figures' in evidence)).toEqual([false]);
  });
});
