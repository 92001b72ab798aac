import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { roles } from '../../../policy/people/roles.ts';
import { explore } from '../../../policy/prove/explore.ts';
import { kindsOfPupil } from '../../../policy/prove/kinds-of-pupil.ts';
import { worldOf } from '../../../policy/prove/world.ts';
import { smallPolicy } from '../../support/small-policy.ts';
import { aCase } from '../../support/told-case.ts';

const file = 'james-marks.yaml';
const pack = readPack(readFileSync(new URL(`../../../policy/packs/${file}`, import.meta.url), 'utf8'), file);
const concern = (role: (typeof roles)[number] = 'sal') =>
  ({ kind: 'concern', by: { id: 'somebody', role }, textId: 'x' }) as const;
const words = 'He comes, and sits alone';

describe('a case that a person opens for a concern', () => {
  it('begins in the stage that the policy has for it, whatever the figures say, with the reason on record', () => {
    const pupil = aCase({ on: '2026-10-06', pack });
    const [first, ...then] = pupil.tell(concern(), words);
    expect(first).toEqual({ type: 'opened', stage: 'concern', words });
    expect(then.map(({ type }) => type)).toEqual(['attendance noted', 'stage entered', 'recovering', 'proposed']);
    expect(pupil.state).toMatchObject({ status: 'open', stage: 'concern', openedOn: '2026-10-06' });
    expect(pupil.proposals()).toEqual(['how-can-we-help']);
  });

  it('goes on at once to where the figures call for it, and is said to be opened by them no more than it was', () => {
    const pupil = aCase({ on: '2026-10-06', pack, absent: { '2026-09-08': 'I', '2026-09-15': 'I', '2026-09-22': 'I' } });
    const [first] = pupil.tell(concern(), words);
    expect(first).toEqual({ type: 'opened', stage: 'concern', words });
    expect(pupil.state.stage).toBe('contact');
  });

  it('is opened by who leads and by the attendance officer, and by nobody else', () => {
    const may = roles.filter((role) => {
      try {
        return aCase({ on: '2026-10-06', pack }).tell(concern(role), words).length > 0;
      } catch (error) {
        expect(error).toMatchObject({ code: 'Forbidden' });
        return false;
      }
    });
    expect(may.sort()).toEqual(['attendance-officer', 'headteacher', 'sal']);
  });

  it('is refused where the policy does not say in which stage it begins, and for who has left', () => {
    const { 'concern opens': _, ...silent } = pack;
    const refused = { code: 'NotAllowed', message: expect.stringContaining('"concern opens"') };
    expect(() => aCase({ on: '2026-10-06', pack: silent }).tell(concern(), words)).toThrow(expect.objectContaining(refused));
    const left = aCase({ on: '2026-10-06', pack, more: { onRollTo: '2026-10-02' } });
    const gone = { code: 'NotAllowed', message: expect.stringContaining('left the school') };
    expect(() => left.tell(concern(), words)).toThrow(expect.objectContaining(gone));
  });

  it('begins in a stage that the policy has, and is among all that a proof tries', () => {
    const opens = (stage: string) => `${smallPolicy}\nconcern opens: ${stage}\n`;
    expect(() => readPack(opens('nowhere'), 'small.yaml')).toThrow(/There is no stage "nowhere"/);
    const begun = (text: string) => {
      const small = readPack(text, 'small.yaml');
      const [kind = { flags: [], yearGroup: 7, born: '2014-05-11' }] = kindsOfPupil(small);
      const { nodes } = explore(worldOf(small, kind), () => undefined, 500);
      return nodes.flatMap(({ from, says }) => (from === null ? [says] : []));
    };
    expect(begun(smallPolicy).filter((says) => says.includes('concern'))).toEqual([]);
    expect(begun(opens('visit'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^a case is opened for a concern at 9/)]),
    );
  });
});
