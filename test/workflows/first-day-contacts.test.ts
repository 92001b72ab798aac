import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contactsDue } from '../../activities/register/first-contacts.ts';
import { londonInstant } from '../../policy/calendar/day.ts';
import { aSchool, until } from '../support/school.ts';

describe('a word with the family by a time of each day of absence without a reason, on the real engine and mail server', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    const pupils = { una: { '2026-09-22': 'N' }, vic: { '2026-09-22 AM': 'N', '2026-09-24 AM': 'N' }, wes: {} };
    school = await aSchool({ today: '2026-09-21', pupils, packId: 'celt' });
  });
  afterAll(() => school.end());

  const reminded = async () =>
    (
      await school.db.staffReminder.findMany({ where: { kind: 'contact' }, orderBy: { onDay: 'asc' }, include: { user: true } })
    ).map(({ onDay, atTime, user }) => `${onDay.toISOString().slice(0, 10)} ${atTime} ${user.role}`);

  it('is reminded of once for all pupils of the day, when the day is over on the training clock', async () => {
    await school.stepTo('2026-09-22');
    expect(await reminded()).toEqual([]);
    await school.stepTo('2026-09-23');
    expect(await reminded()).toEqual(['2026-09-22 09:30 attendance-officer']);
    await until(async () => (await school.db.staffReminder.count({ where: { kind: 'contact', status: 'sent' } })) === 1);
    const [mail] = school.mail.received.filter(({ text }) => text.includes('Absences without a reason'));
    expect(mail?.to).toBe('office@oakbridge.example');
    const text = mail?.text.replaceAll(/=\r?\n/g, '');
    expect(text).toMatch(/By 09:30 the policy asks .*Tuesday 22 September 2026/);
    expect(text).toContain('/register/unexplained');
    expect(mail?.text).not.toMatch(/una|vic|Testing|Parent/);
  });

  it('is reminded of on no day on which every absence has a reason', async () => {
    await school.stepTo('2026-09-24');
    expect(await reminded()).toHaveLength(1);
    await school.correct('vic', '2026-09-24', { AM: 'I', PM: '\\' });
    await school.stepTo('2026-09-25');
    expect(await reminded()).toHaveLength(1);
  });

  it('is due in schools by the wall clock alone, on school days, under a policy that names a time', async () => {
    const at = (day: string) => contactsDue(school.db, londonInstant(day, '06:31'));
    expect(await at('2026-09-28')).toEqual([]);
    await school.db.school.updateMany({ data: { training: false, today: null } });
    const { id: schoolId } = await school.db.school.findFirstOrThrow();
    expect(await at('2026-09-28')).toEqual([{ schoolId, on: '2026-09-28', at: londonInstant('2026-09-28', '09:30') }]);
    expect(await at('2026-09-27')).toEqual([]);
    await school.db.school.updateMany({ data: { packId: 'gloucestershire' } });
    expect(await at('2026-09-28')).toEqual([]);
  });

  it('is looked for by a schedule that every worker makes sure of', async () => {
    const { spec, action } = await school.engine.client.schedule.getHandle('first-day-contacts').describe();
    expect([spec.timezone, action]).toMatchObject(['Europe/London', { workflowType: 'firstDayContacts' }]);
  });
});
