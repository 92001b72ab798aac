import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { actionSaid } from '../../../policy/case/action-words.ts';
import { readPack } from '../../../policy/pack/read.ts';
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
const jamesMarks = readPack(
  readFileSync(new URL('../../../policy/packs/james-marks.yaml', import.meta.url), 'utf8'),
  'james-marks.yaml',
);
/** Eight school days of illness in a row, so late in the year that their pace comes to nine. */
const treatment = [...days('2027-05', 10, 14), ...days('2027-05', 17, 19)];

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

  it('stays when the child comes to school for a day, and so does the question while nobody has answered it', () => {
    const pupil = aCase({ absent: Object.fromEntries(treatment), on: '2027-05-19', pack: jamesMarks });
    pupil.open();
    expect(asked(pupil, 'permission')).toHaveLength(1);
    // In school on Thursday: nothing in a row any more, and the pace alone makes fewer than fifteen.
    pupil.to('2027-05-20');
    expect(asked(pupil, 'permission')).toHaveLength(1);
    says(pupil, lead, 'approve');
    pupil.to('2027-06-30');
    expect(asked(pupil, 'permission')).toEqual([]);
    expect(asked(pupil, 'task')).toMatchObject([{ person: 'office' }]);
    says(pupil, { id: 'office', role: 'attendance-officer' }, 'done');
    expect([...asked(pupil, 'permission'), ...asked(pupil, 'task')]).toEqual([]);
  });

  it('is done once: who said yes is not asked again while it is so, nor in a case that follows', () => {
    const pupil = ill();
    says(pupil, lead, 'approve');
    says(pupil, { id: 'officer', role: 'attendance-officer' }, 'done');
    const rule = Object.keys(pupil.state.rules ?? {}).find((name) => name.startsWith('Illness that may come')) ?? '';
    pupil.to('2027-01-29');
    expect(pupil.state.rules?.[rule]).toMatchObject({ so: true, said: true });
    expect([...asked(pupil, 'permission'), ...asked(pupil, 'task')]).toEqual([]);
    pupil.tell({ kind: 'close', by: lead, textId });
    const { rules = {} } = pupil.state;
    pupil.to('2027-02-26');
    const next = aCase({
      absent: pupil.absent,
      on: '2027-02-26',
      pack: gloucestershire,
      more: { lastCase: { closedOn: '2027-01-29', attendance: { attended: 90, possible: 100 }, rules } },
    });
    next.open();
    next.to('2027-04-30');
    expect([...asked(next, 'permission'), ...asked(next, 'task')]).toEqual([]);
  });

  it('is not asked for at fifteen days, which need nobody to say what is likely', () => {
    const pupil = ill();
    Object.assign(pupil.absent, Object.fromEntries(days('2026-11', 12, 20)));
    pupil.to('2026-11-20');
    expect(asked(pupil, 'permission')).toEqual([]);
    expect(asked(pupil, 'task')).toMatchObject([{ sentence: expect.stringContaining('15') }]);
  });

  it('on the ladder is behind the case with a "no": it is not asked every ten school days', () => {
    const [step] = gloucestershire.alongside.flatMap((rule) => rule.do).filter((one) => 'task' in one && one.task['asks first']);
    const stage = gloucestershire.stages['letter 1'];
    if (!step || !stage) throw new Error('Gloucestershire asks first whether illness is likely to last, and has a first letter');
    const pack = { ...gloucestershire, stages: { ...gloucestershire.stages, 'letter 1': { ...stage, do: [step, ...stage.do] } } };
    const pupil = aCase({ absent: { '2026-09-07': 'O', '2026-09-08': 'O' }, on: '2026-09-16', pack });
    pupil.open();
    expect(asked(pupil, 'permission')).toHaveLength(1);
    says(pupil, lead, 'decline');
    expect([asked(pupil, 'permission'), asked(pupil, 'task')]).toEqual([[], []]);
    expect(pupil.proposals()).toContain('letter-1');
    pupil.wakeUntil('2026-10-09');
    expect(asked(pupil, 'permission')).toEqual([]);
  });
});
