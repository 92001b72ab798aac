import { describe, expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { prove } from '../../../policy/prove/prove.ts';
import { agreed } from '../../../policy/simulate/people.ts';
import { smallPolicyThat } from '../../support/small-policy.ts';
import { aCase, calendar } from '../../support/told-case.ts';

const textId = '00000000-0000-4000-8000-000000000000';
const packThat = (needs: string) =>
  readPack(
    smallPolicyThat(`task: { what: attendance plan, says: "Write the plan", by: lead, needs: [${needs}], due: "2 school days" }`),
    'small.yaml',
  );
const absent = { '2026-09-08': 'O', '2026-09-15': 'O', '2026-09-22': 'O' };
function asked(pack: ReturnType<typeof packThat>) {
  const pupil = aCase({ on: '2026-10-06', pack, absent });
  pupil.open();
  return pupil;
}

describe('a task that needs something to be there', () => {
  const refusedFor = (needs: string, said: object): unknown => {
    try {
      asked(packThat(needs)).say('task', { choice: 'done', ...said });
      return null;
    } catch (error) {
      return (error as { concerns?: string }).concerns;
    }
  };

  it.each([
    ['written plan', {}, 'has'],
    ['written plan', { has: ['medical document'], textId }, 'has'],
    ['written plan, medical document', { has: ['written plan'] }, 'has'],
    ['written plan', { has: ['written plan'] }, null],
    ['note', { has: ['note'] }, 'text'],
    ['note', { textId }, null],
  ])('%s: said to be done with %j', (needs, said, concerns) => expect(refusedFor(needs, said)).toBe(concerns));

  it('is done with it on record, and declined without', () => {
    const [done] = asked(packThat('written plan')).say('task', { choice: 'done', has: ['written plan'] });
    expect(done).toMatchObject({ type: 'decided', choice: 'done', has: ['written plan'] });
    const [declined] = asked(packThat('written plan')).say('task', { choice: 'decline', textId });
    expect(declined).toMatchObject({ type: 'decided', choice: 'decline' });
  });

  it('needs it after somebody has agreed, too', () => {
    const visit = 'task: { what: home visit, says: "Visit", by: lead, approved by: head, needs: [note], due: "2 school days" }';
    const pupil = asked(readPack(smallPolicyThat(visit), 'small.yaml'));
    pupil.say('permission', { choice: 'approve' }, 'headteacher');
    expect(() => pupil.say('task', { choice: 'done' })).toThrow(/A note of what was done/);
  });

  it('is done so by the people of a simulation', () => {
    const pupil = asked(packThat('written plan, note'));
    const [event] = pupil.say('task', agreed(pupil.proposal('task'), calendar, '2026-10-06'));
    expect(event).toMatchObject({ type: 'decided', has: ['written plan', 'note'] });
  });

  it('is proved never to be done otherwise', () => {
    const { verdicts } = prove(packThat('written plan, note'), { most: 500 });
    expect(verdicts.find(({ id }) => id === 'evidence')).toMatchObject({ refuted: null });
  });
});
