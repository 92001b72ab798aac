import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { londonInstant } from '../../policy/calendar/day.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { simulatedSchool } from '../../prisma/simulated-pupils.ts';
import { aRegister, schoolId } from '../activities/register/a-register.ts';

const lastYear = { from: '2025-09-01', to: '2026-08-31' };
const thisYear = { from: '2026-09-01', to: '2027-08-31' };

describe('the pupils of a simulation', () => {
  let school: Awaited<ReturnType<typeof aRegister>>;
  let importId: string;
  beforeAll(async () => {
    school = await aRegister({ pupils: ['A1', 'A2', 'A3'] });
    await school.marks([['A1', '2026-09-14', 'AM', '/']]);
    ({ id: importId } = await school.db.registerImport.findFirstOrThrow({ where: { kind: 'marks' } }));
    const leaves = async (no: string, onRollFrom: string, onRollTo: string | null) =>
      school.db.pupil.update({
        where: { id: await school.idOf(no) },
        data: { onRollFrom: columnOf(onRollFrom), onRollTo: onRollTo === null ? null : columnOf(onRollTo) },
      });
    await leaves('A1', '2026-06-01', null);
    await leaves('A2', '2024-09-02', '2026-07-17');
    await leaves('A3', '2026-09-02', null);
  });
  afterAll(() => school.end());

  const simulated = async (days: typeof lastYear, asKnown = false) =>
    (await simulatedSchool(school.db, schoolId, { ...days, asKnown })).pupils;

  it('are those who were on the roll, in the year group of then', async () => {
    const [a1, a2, a3] = await Promise.all(['A1', 'A2', 'A3'].map((no) => school.idOf(no)));
    const groups = async (days: typeof lastYear) =>
      Object.fromEntries((await simulated(days)).map((one) => [one.id, one.yearGroup]));
    expect(await groups(lastYear)).toEqual({ [a1 ?? '']: 8, [a2 ?? '']: 9 });
    expect(await groups(thisYear)).toEqual({ [a1 ?? '']: 9, [a3 ?? '']: 9 });
  });

  it('have their marks of the year before too, and each day as it was known at its end in London', async () => {
    const pupilId = await school.idOf('A1');
    const mark = (day: string, session: string, code: string, from: number, until: number | null = null) => ({
      ...{ pupilId, day: columnOf(day), session, code, importId },
      ...{ knownFrom: new Date(from), knownUntil: until === null ? null : new Date(until) },
    });
    const corrected = londonInstant('2026-06-03', '00:30');
    await school.db.mark.createMany({
      data: [
        mark('2026-06-02', 'AM', 'N', londonInstant('2026-06-02', '09:00'), corrected),
        mark('2026-06-02', 'AM', 'I', corrected),
        mark('2026-06-01', 'PM', 'O', corrected),
        mark('2026-05-22', 'AM', 'O', corrected),
      ],
    });
    const one = (await simulated(thisYear, true)).find(({ id }) => id === pupilId);
    const codes = (day: string) =>
      one?.marksOn(day).flatMap(({ on, session, code }) => (on < '2026-09' ? [`${on} ${session} ${code}`] : []));
    // What came in late of another session is no correction: it is taken as known on its day.
    expect(codes('2026-06-02')).toEqual(['2026-06-01 PM O', '2026-06-02 AM N']);
    expect(codes('2026-06-03')).toEqual(['2026-06-01 PM O', '2026-06-02 AM I']);
  });
});
