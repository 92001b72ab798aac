import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, londonInstant } from '../../../policy/calendar/day.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aRegister, schoolId } from './a-register.ts';

const celt = readFileSync(new URL('../../../policy/packs/celt.yaml', import.meta.url), 'utf8');
/** Marks stay: each test has a day of its own. */
const days = ['06', '07', '08', '09', '13', '14', '15', '16'].map((day) => `2026-10-${day}`);
let on = '';

describe('marks of today that come in after the time by which families are to be spoken to', () => {
  let school: Awaited<ReturnType<typeof aRegister>>;
  beforeAll(async () => {
    school = await aRegister({ pupils: ['a', 'b', 'c'] });
    await keepPack(school.db, celt, 'celt.yaml');
    await keepPack(
      school.db,
      celt.replace(/pack: celt/, 'pack: teachers').replace('by: office\n', 'by: class teacher\n'),
      'teachers.yaml',
    );
    const person = (id: string, role: Role, className: string | null = null) => ({
      ...{ id, role, className, schoolId, name: id, email: `${id}@kiln.example`, passwordHash: '' },
    });
    await school.db.user.createMany({
      data: [
        person('office', 'attendance-officer'),
        person('of-9a', 'class-teacher', '9A'),
        person('of-9b', 'class-teacher', '9B'),
      ],
    });
    await school.db.pupil.updateMany({ where: { admissionNo: 'b' }, data: { className: '9B' } });
  });
  afterAll(() => school.end());
  beforeEach(async () => {
    await school.db.staffReminder.deleteMany();
    await school.db.outbox.deleteMany();
    on = days.shift() ?? '';
    await school.db.school.updateMany({ data: { packId: 'celt', training: false, today: null } });
  });

  const at = (time: string) => ({ on, now: () => londonInstant(on, time) });
  const reminded = async () =>
    (await school.db.staffReminder.findMany({ orderBy: { userId: 'asc' } })).map(({ userId, kind, atTime }) => [
      userId,
      kind,
      atTime,
    ]);
  const office = ['office', 'contact', '09:30'];

  it('remind whoever the policy names, once a day, of however many files', async () => {
    await school.marks([['a', on, 'AM', 'N']], at('09:40'));
    expect(await reminded()).toEqual([office]);
    expect(await school.db.outbox.count({ where: { matterKind: 'reminder' } })).toBe(1);
    await school.marks([['b', on, 'AM', 'N']], at('09:50'));
    expect(await reminded()).toEqual([office]);
  });

  it('remind when a mark that was made before becomes one without a reason', async () => {
    await school.marks([['a', on, 'AM', '/']], at('09:00'));
    await school.marks([['a', on, 'AM', 'N']], at('10:00'));
    expect(await reminded()).toEqual([office]);
  });

  it.each([
    ['before the time: the list of the hour does', 'AM', 'N', '09:20'],
    ['where every absence has a reason', 'AM', 'I', '09:40'],
    ['of the afternoon alone, of which nothing was due by the morning', 'PM', 'N', '13:40'],
  ])('do not remind %s', async (_, session, code, time) => {
    await school.marks([['a', on, session, code]], at(time));
    expect(await reminded()).toEqual([]);
  });

  it('do not remind of the day before', async () => {
    await school.marks([['a', addDays(on, -1), 'AM', 'N']], at('09:40'));
    expect(await reminded()).toEqual([]);
  });

  it('do not remind in a training school, whose day its clock ends', async () => {
    await school.db.school.updateMany({ data: { training: true } });
    await school.marks([['a', on, 'AM', 'N']], at('09:40'));
    expect(await reminded()).toEqual([]);
  });

  it('remind each class teacher of the class, where the policy names class teachers', async () => {
    await school.db.school.updateMany({ data: { packId: 'teachers' } });
    await school.marks([['b', on, 'AM', 'N']], at('09:40'));
    expect(await reminded()).toEqual([['of-9b', 'contact', '09:30']]);
  });
});
