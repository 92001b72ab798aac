import { describe, expect, it } from '@jest/globals';
import type { Day } from '../../../policy/calendar/day.ts';
import { besideStage, openingStage } from '../../../policy/case/opening.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { type Rule, ruleName } from '../../../policy/pack/stage.ts';
import { peopleWho, usual } from '../../../policy/simulate/assumptions.ts';
import { storyOf } from '../../../policy/simulate/story.ts';
import { aCase, calendar, gloucestershire } from '../../support/told-case.ts';

const [signed] = gloucestershire.alongside;
if (!signed) throw new Error('Gloucestershire has rules beside its ladder');
/** Four lates in a half-term: it stays so until the half-term ends. */
const lates: Rule = {
  ...{ says: 'Late four times: speak to the parents', source: 'a policy’s own', for: 'every pupil', do: signed.do },
  when: { figure: { of: { measure: 'late-before-close', over: 'half-term' }, 'at least': 4 } },
};
const name = ruleName(lates);
const packWith = (rule: Rule): Pack => ({ ...gloucestershire, alongside: [rule] });

const late = (...days: string[]) => Object.fromEntries(days.map((day) => [day, 'L']));
const lead = { id: 'the lead', role: 'sal' } as const;

/** A pupil for whom the rule opened a case on 15 September, which a person closed on the 16th. */
function closed(marks: Record<string, string>, rule = lates) {
  const pack = packWith(rule);
  const first = aCase({ absent: marks, on: '2026-09-15', pack });
  first.open();
  first.to('2026-09-16');
  first.tell({ kind: 'close', by: lead, textId: 'x' });
  const lastCase = { closedOn: first.on, attendance: first.state.attendance, rules: first.state.rules ?? {} };
  return (on: Day) => aCase({ absent: marks, on, pack, more: { lastCase } });
}

describe('a case that was closed while a rule beside the ladder is so', () => {
  const twice = late('2026-09-08', '2026-09-15');

  it('does not come back for what the rule was answered for, nor for more of the same', () => {
    const next = closed({ ...twice, ...late('2026-09-21') });
    for (const on of ['2026-09-16', '2026-09-17', '2026-09-21', '2026-10-23']) {
      expect([openingStage(next(on).circumstances()), besideStage(next(on).circumstances())]).toEqual([null, null]);
    }
    const without = aCase({ absent: twice, on: '2026-09-17', pack: packWith(lates) });
    expect(besideStage(without.circumstances())).toBe('watched');
  });

  it('comes back when it becomes so again: in the next half-term', () => {
    const next = closed({ ...twice, ...late('2026-11-03', '2026-11-10') });
    expect(openingStage(next('2026-11-03').circumstances())).toBeNull();
    expect(openingStage(next('2026-11-10').circumstances())).toBe('watched');
  });

  it('comes back when the policy asks again after a time, while it is still so', () => {
    const next = closed(twice, { ...lates, again: { n: 10, unit: 'school day' } });
    expect(openingStage(next('2026-09-28').circumstances())).toBeNull();
    expect(openingStage(next('2026-09-29').circumstances())).toBe('watched');
  });

  it('is remembered by a next case that opens for another reason: it does not ask for the same again, until it is so anew', () => {
    const next = closed({ ...twice, '2026-09-17': 'O', ...late('2026-11-03', '2026-11-10') })('2026-09-17');
    expect(next.open()[0]).toEqual({ type: 'opened', stage: 'letter 1', answered: { [name]: '2026-09-15' } });
    expect(next.state.rules).toEqual({ [name]: { on: '2026-09-15', so: true } });
    expect(next.happened('rule met')).toEqual([]);
    next.to('2026-11-12');
    expect([next.happened('rule over'), next.happened('rule met')]).toEqual([['2026-10-31'], ['2026-11-10']]);
  });
});

it('a simulated year opens a case once for what stays so, and again when it is so anew', () => {
  const lateDays = ['2026-09-08', '2026-09-15', '2026-09-22', '2026-11-03', '2026-11-10'];
  const all = aCase({ absent: late(...lateDays), on: '2026-12-18' }).circumstances();
  const pupil = { ...all, id: 'p', marksOn: () => all.marks };
  const setting = { pack: packWith(lates), calendar, people: peopleWho(usual, 'p'), from: '2026-09-02', until: '2026-12-18' };
  const told = storyOf(pupil, setting);
  const days = (type: string) => told.flatMap(({ on, event }) => (event.type === type ? [on] : []));
  expect(days('opened')).toEqual(['2026-09-15', '2026-11-10']);
  expect(days('closed')[0]).toBeDefined();
  expect((days('closed')[0] ?? '') < '2026-10-23').toBe(true);
});
