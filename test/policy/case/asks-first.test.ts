import { describe, expect, it } from '@jest/globals';
import { actionSaid } from '../../../policy/case/action-words.ts';
import { aCase, gloucestershire } from '../../support/told-case.ts';

const textId = '00000000-0000-4000-8000-000000000000';
const whether = 'illness is likely to come to 15 school days this year, by what the family or a doctor has told';
const days = (month: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => [`${month}-${String(from + i).padStart(2, '0')}`, 'I']);

/** Ill on each school day from 2 to 11 November 2026: eight days of illness, in a row. */
function ill() {
  const pupil = aCase({ absent: Object.fromEntries(days('2026-11', 2, 11)), on: '2026-11-04', pack: gloucestershire });
  pupil.open();
  return pupil.to('2026-11-11');
}
type Ill = ReturnType<typeof ill>;
const asked = (pupil: Ill, what: 'permission' | 'task') =>
  Object.values(pupil.state.proposals).filter(({ action }) => action.what === what && action.task === 'notify authority');
const says = (pupil: Ill, by: { id: string; role: 'sal' | 'attendance-officer' }, choice: 'approve' | 'done' | 'decline') => {
  const [proposal] = [...asked(pupil, 'permission'), ...asked(pupil, 'task')];
  if (!proposal) throw new Error('nothing asks');
  const decision = choice === 'decline' ? { choice, textId } : { choice };
  return pupil.tell({ kind: 'decision', by, proposal: proposal.key, version: proposal.version, decision }, 'The doctor rang');
};
const lead = { id: 'lead', role: 'sal' } as const;

describe('a task for what no register can tell', () => {
  it('is asked for only when somebody has said that it is so, and what they said is kept', () => {
    const pupil = ill();
    const [first] = asked(pupil, 'permission');
    expect(asked(pupil, 'task')).toEqual([]);
    expect(first).toMatchObject({
      person: 'attendance lead',
      role: 'sal',
      step: null,
      action: { whether, by: 'attendance officer' },
    });
    expect(first && actionSaid(first.action, gloucestershire)).toBe(`Whether ${whether}`);
    expect(says(pupil, lead, 'approve')).toMatchObject([
      { type: 'decided', choice: 'approve', words: 'The doctor rang' },
      { type: 'proposed', proposal: { action: { what: 'task', task: 'notify authority' }, person: 'attendance officer' } },
    ]);
    const [task] = asked(pupil, 'task');
    expect(task?.action).not.toHaveProperty('whether');
    expect(task).not.toHaveProperty('notBy');
  });

  it('may be done by whoever said so, who asked nobody for a legal step', () => {
    const pupil = ill();
    says(pupil, lead, 'approve');
    const [task] = asked(pupil, 'task');
    expect(task?.role).toBe('attendance-officer');
    says(pupil, { id: lead.id, role: 'attendance-officer' }, 'done');
    expect(asked(pupil, 'task')).toEqual([]);
  });

  it('is asked about again while it may be so, and not at once; nothing follows meanwhile', () => {
    const pupil = ill();
    says(pupil, lead, 'decline');
    pupil.to('2026-12-08');
    expect([...asked(pupil, 'permission'), ...asked(pupil, 'task')]).toEqual([]);
    pupil.to('2026-12-09');
    expect(asked(pupil, 'permission')).toHaveLength(1);
  });

  it('is not asked for at fifteen days, which need nobody to say what is likely', () => {
    const pupil = ill();
    Object.assign(pupil.absent, Object.fromEntries(days('2026-11', 12, 20)));
    pupil.to('2026-11-20');
    expect(asked(pupil, 'permission')).toEqual([]);
    expect(asked(pupil, 'task')).toMatchObject([{ sentence: expect.stringContaining('15') }]);
  });
});
