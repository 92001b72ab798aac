import { describe, expect, it } from '@jest/globals';
import { shippedPacks } from '../../support/packs.ts';
import { aCase } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const packOf = (name: string) => {
  const pack = shippedPacks.find(([one]) => one === name)?.[1];
  if (!pack) throw new Error(`no pack ${name}`);
  return pack;
};
const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'I']));

describe('the letter with the days missed at the start of a half-term', () => {
  const pupil = (more: Partial<Parameters<typeof aCase>[0]> = {}) => {
    const one = aCase({ absent: days('2026-10-19', '2026-10-20'), on: '2026-10-21', pack: packOf('celt'), ...more });
    one.open();
    return one;
  };

  it('is asked for on that day though letter 1 went the last day of school before, stays until somebody has decided, and holds up no other', () => {
    const one = pupil().to('2026-10-23');
    one.send('letter-1', 'headteacher').to('2026-11-02');
    expect(one.proposals()).toContain('days-missed');
    one.to('2026-11-05');
    expect(one.proposals()).toContain('days-missed');
    expect(one.happened('withdrawn')).toEqual([]);
    const [approved] = one.say('days-missed', { choice: 'approve' }, 'attendance-officer');
    expect(approved).toMatchObject({ type: 'letters approved', template: 'days-missed' });
  });

  it('cannot be approved while marks are missing, and is looked at first for a child of whom the policy wants that', () => {
    const one = pupil({ absent: { ...days('2026-10-19', '2026-10-20'), '2026-10-22 PM': 'none' } }).to('2026-11-02');
    expect(one.proposals()).toEqual(expect.arrayContaining(['days-missed', 'missing marks']));
    expect(refusalOf(() => one.say('days-missed', { choice: 'approve' }, 'attendance-officer'))).toMatch(/Marks are missing/);

    const looked = pupil({ flags: ['bereaved'] }).to('2026-11-02');
    expect(looked.proposals()).not.toContain('days-missed');
    const review = Object.values(looked.state.proposals).find(({ rule }) => rule?.startsWith('A half-term begins'));
    expect(review?.action).toMatchObject({ what: 'review', waits: { letter: { template: 'days-missed' } } });
  });
});

describe('the letter to parents of a child who is away and nobody knows why', () => {
  it('does not wait although another letter went the day before', () => {
    const one = aCase({ absent: days('2026-09-07'), on: '2026-10-06', pack: packOf('demat') });
    Object.assign(one.absent, { '2026-10-06': 'N', '2026-10-07': 'N', '2026-10-08': 'N' });
    one.open();
    one.to('2026-10-07');
    one.send('meeting-invitation').to('2026-10-08');
    expect(one.proposals()).toEqual(expect.arrayContaining(['unexplained-absence', 'permission']));
  });
});
