import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { settleOverdue } from '../../../activities/register/settle-overdue.ts';
import { settleUnexplained } from '../../../activities/register/settle-unexplained.ts';
import type { Day } from '../../../policy/calendar/day.ts';
import { absenceId } from '../../../policy/register/correction.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { correctionsOf } from '../../../prisma/register.ts';
import { aRegister, csvOf, pupilCells } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

/** N on the Friday before an INSET Friday's week: 18 September 2026 is due on the 28th, as the 25th is no school day. */
const absences: [no: string, on: Day, session: 'AM' | 'PM'][] = [
  ['A1', '2026-09-18', 'AM'],
  ['A1', '2026-09-18', 'PM'],
  ['A2', '2026-09-21', 'AM'],
];
const named = async () =>
  Promise.all(absences.map(async ([no, on, session]) => absenceId({ pupilId: await school.idOf(no), on, session })));
const settle = async (today: Day, ids?: string[]) =>
  settleUnexplained(school.deps, { schoolId: 'kiln', absences: ids ?? (await named()), by: 'officer', today });

describe('absences that nobody explained', () => {
  it('become O from the day after the fifth school day, and not before', async () => {
    school = await aRegister({ on: '2026-09-28' });
    await school.marks(absences.map(([no, on, session]) => [no, on, session, 'N']));
    expect(await settle('2026-09-28')).toMatchObject({ status: 'done', changed: 0 });
    expect(await settle('2026-09-29')).toMatchObject({ status: 'done', changed: 2 });
    expect(await school.believed('A1')).toEqual(['2026-09-18 AM O', '2026-09-18 PM O']);
    expect(await school.believed('A2')).toEqual(['2026-09-21 AM N']);
    expect(await settle('2026-09-29')).toMatchObject({ changed: 0 });
    const kept = await school.db.mark.findMany({ where: { code: 'N', knownUntil: { not: null } } });
    expect(kept).toHaveLength(2);
  });

  it('stay as they are if they were not named, or a reason came in meanwhile', async () => {
    school = await aRegister({ on: '2026-10-01' });
    await school.marks(absences.map(([no, on, session]) => [no, on, session, 'N']));
    const ids = await named();
    await school.marks([['A1', '2026-09-18', 'AM', 'I', 'Mother rang']]);
    expect(await settle('2026-10-01', ids.slice(0, 2))).toMatchObject({ changed: 1 });
    expect(await school.believed('A1')).toEqual(['2026-09-18 AM I', '2026-09-18 PM O']);
    expect(await school.believed('A2')).toEqual(['2026-09-21 AM N']);
  });

  it('on a day that is no school day any more, or after the pupil left, keep no other from becoming O', async () => {
    school = await aRegister({ pupils: ['A1', 'A2', 'A3'], on: '2026-09-29' });
    await school.marks([...absences, ['A3', '2026-09-17', 'AM'] as const].map(([no, on, session]) => [no, on, session, 'N']));
    await school.file('pupils', csvOf('pupils', [pupilCells('A3', 2, { on_roll_to: '2026-09-16' })]));
    const closed = { fromDay: new Date('2026-09-21'), toDay: new Date('2026-09-21') };
    await school.db.calendarPeriod.create({ data: { schoolId: 'kiln', kind: 'closure', label: 'Boiler', ...closed } });
    const all = [...(await named()), absenceId({ pupilId: await school.idOf('A3'), on: '2026-09-17', session: 'AM' })];
    expect(await settle('2026-09-30', all)).toMatchObject({ status: 'done', changed: 2 });
    expect(await school.believed('A1')).toEqual(['2026-09-18 AM O', '2026-09-18 PM O']);
    expect([await school.believed('A2'), await school.believed('A3')]).toEqual([['2026-09-21 AM N'], ['2026-09-17 AM N']]);
  });

  it('of July become O in September', async () => {
    school = await aRegister({ on: '2026-09-09' });
    await school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, { on_roll_from: '2025-09-02' })]));
    await school.marks([['A1', '2026-07-20', 'AM', 'N']]);
    const july = [absenceId({ pupilId: await school.idOf('A1'), on: '2026-07-20', session: 'AM' })];
    expect(await settle('2026-09-07', july)).toMatchObject({ changed: 0 });
    expect(await settle('2026-09-08', july)).toMatchObject({ status: 'done', changed: 1 });
  });

  it('are not due while the calendar does not reach so far', async () => {
    school = await aRegister({ on: '2026-10-16' });
    await school.db.calendarPeriod.updateMany({
      where: { kind: 'term', fromDay: new Date('2026-09-02') },
      data: { toDay: new Date('2026-09-22') },
    });
    await school.db.calendarPeriod.deleteMany({ where: { kind: 'term', fromDay: new Date('2027-01-04') } });
    await school.marks([['A1', '2026-09-18', 'AM', 'N']]);
    expect(await settle('2026-10-16')).toMatchObject({ status: 'done', changed: 0 });
  });
});

describe('a policy that says they become O by itself', () => {
  const packed = async (how: string) => {
    const text = readFileSync(new URL('../../../policy/packs/gloucestershire.yaml', import.meta.url), 'utf8');
    await keepPack(school.db, `${text.replace(/become O: .*/, `become O: ${how}`)}\n`, 'gloucestershire.yaml');
  };

  it('makes them so in the morning, and nothing else; where a person does it, nothing happens', async () => {
    school = await aRegister({ on: '2026-09-29' });
    await school.marks(absences.map(([no, on, session]) => [no, on, session, 'N']));
    expect(await settleOverdue(school.deps, 'kiln')).toBe(0);
    await packed('by a person');
    expect(await settleOverdue(school.deps, 'kiln')).toBe(0);
    await packed('by itself');
    expect(await settleOverdue(school.deps, 'kiln')).toBe(2);
    const span = { from: '2026-09-01', to: '2026-09-29' } as const;
    expect((await correctionsOf(school.db, await school.idOf('A1'), span))[0]).toMatchObject({
      ...{ was: 'N', is: 'O', reason: 'No reason was found in five school days', by: null },
      byName: 'By itself, as the school’s policy “Gloucestershire trust attendance policy” says',
    });
    expect(await school.believed('A1')).toEqual(['2026-09-18 AM O', '2026-09-18 PM O']);
    expect(await school.believed('A2')).toEqual(['2026-09-21 AM N']);
    expect(await settleOverdue(school.deps, 'kiln')).toBe(0);
  });
});
