import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSchool, until } from '../support/school.ts';

const absent = { '2026-09-10': 'O' };

describe('reminders to staff, on the real engine and mail server', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: absent, vic: absent } });
  });
  afterAll(() => school.end());

  const sent = () => school.db.staffReminder.count({ where: { status: 'sent' } });
  const mailTo = (email: string) => school.mail.received.filter(({ to }) => to === email);

  it('reach the lead once, two school days on, although two letters wait', async () => {
    await school.stepTo('2026-09-22');
    expect(await school.db.staffReminder.count()).toBe(0);
    await school.stepTo('2026-09-23');
    await until(async () => (await sent()) === 1);
    expect(mailTo('lead@oakbridge.example')).toHaveLength(1);
  });

  it('put what is late before the headteacher, five school days on, the weekend not counted', async () => {
    await school.stepTo('2026-09-25');
    expect(mailTo('head@oakbridge.example')).toHaveLength(0);
    await school.stepTo('2026-09-28');
    await until(async () => (await sent()) === 2);
    expect(mailTo('head@oakbridge.example')).toHaveLength(1);
    expect(mailTo('lead@oakbridge.example')).toHaveLength(1);
  });

  it('name no pupil and no family, and say where the inbox is', () => {
    for (const { text } of school.mail.received) {
      expect(text).not.toMatch(/una|vic|Testing|Parent/);
      expect(text).toMatch(/\/inbox/);
    }
  });

  it('are not sent again when the day is told again', async () => {
    await school.stopWorker();
    await school.startWorker();
    await school.stepTo('2026-09-29');
    expect(await school.db.staffReminder.count()).toBe(2);
    expect(school.mail.received).toHaveLength(2);
  });
});
