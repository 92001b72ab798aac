import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Day } from '../../../policy/calendar/day.ts';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { keepProfile } from '../../../prisma/authority-profiles.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const september = [14, 15, 16, 17, 18, 21, 22, 23, 24, 25].map((day) => `2026-09-${day}`);
const away = (days: readonly string[], code: string) => Object.fromEntries(days.map((day) => [day, code]));
/** Five days of September, and five of October that are not in a row with them. */
const apart = [...september.slice(0, 5), ...['05', '06', '07', '08', '09'].map((day) => `2026-10-${day}`)];

/** What the school owes its authority, counted by the database from real marks. */
describe('returns on a real register', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let desk: Awaited<ReturnType<typeof aDesk>>;
  beforeAll(async () => {
    school = await aSchool({
      today: '2026-10-16',
      workerless: true,
      pupils: { cont: away(september, 'G'), spread: away(apart, 'O'), ill: away([...september, ...apart], 'I'), well: {} },
    });
    desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  });
  afterAll(async () => {
    await desk?.stop();
    await school?.end();
  });

  const get = async (path: string) => {
    const { status, body } = await (await desk.tokenOf('attendance-officer')).get(`/api/v1/returns/${path}`);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const names = (rows: { pupil: { name: string } }[]) => rows.map(({ pupil }) => pupil.name.split(' ')[0]);
  /** Lets the register believe since this day what it believes of a pupil's marks now, and before it what it believed then. */
  const learntOn = async (pupil: string, on: Day) => {
    const pupilId = school.idOf(pupil);
    const at = new Date(`${on}T09:00:00Z`);
    await school.db.mark.updateMany({ where: { pupilId, knownUntil: { not: null } }, data: { knownUntil: at } });
    const corrected = await school.db.mark.findMany({ where: { pupilId, knownUntil: at }, select: { day: true, session: true } });
    const now = { pupilId, knownUntil: null, OR: corrected.map(({ day, session }) => ({ day, session })) };
    await school.db.mark.updateMany({ where: now, data: { knownFrom: at } });
  };

  it('name who was absent ten days in a row, whose absence is not in a row, and who is ill, and nobody else', async () => {
    const attendance = await get('attendance?month=2026-09');
    expect(names(attendance.tenDays)).toEqual(['cont']);
    expect(attendance.tenDays[0]).toMatchObject({
      from: '2026-09-14',
      to: '2026-09-25',
      days: 10,
      sessions: 20,
      isNew: true,
      goesOn: false,
    });
    expect(attendance.tenDays[0].addresses).toEqual(['1 Kiln Row, Oakbridge, OK1 1AA']);
    expect(attendance.irregular).toEqual([]);
    expect(names((await get('attendance?month=2026-10')).irregular)).toEqual(['spread']);
    const sickness = await get('sickness');
    expect([names(sickness.rows), sickness.rows[0].days, sickness.rows[0].why]).toEqual([['ill'], 15, 'seen']);
    const { groups } = await get('daily?on=2026-10-05');
    expect(groups[0].sessions[0]).toMatchObject({ onRoll: 4, present: 2, authorised: 1, unauthorised: 1, missing: 0 });
  });

  it('say to look twice where an address is not safe or a contact is restricted, by any row of the person', async () => {
    const lookTwice = async () => (await get('attendance?month=2026-09')).tenDays[0].lookTwice as string[];
    expect(await lookTwice()).toEqual([]);
    const mother = { pupilId: school.idOf('cont'), relationship: 'Mother' };
    const { contactId, contact } = await school.db.pupilContact.findFirstOrThrow({
      where: mother,
      include: { contact: true },
    });
    const twin = await school.db.contact.create({
      data: { ...contact, id: randomUUID(), contactNo: 'twin', addressSafe: false },
    });
    const [firstId = '', secondId = ''] = [contactId, twin.id].sort();
    const said = { kind: 'contact', verdict: 'one', why: '', byUser: 'lead', at: new Date(), schoolId: contact.schoolId };
    const { id } = await school.db.samePerson.create({ data: { ...said, firstId, secondId } });
    expect(await lookTwice()).toEqual([expect.stringContaining('not safe')]);
    const lead = await desk.signedIn('sal');
    expect((await lead.get('/returns/attendance?month=2026-09')).text).toContain('The address is marked as not safe');
    await school.db.samePerson.delete({ where: { id } });
    const restriction = { restriction: 'A court order', restrictionFrom: columnOf('2026-12-01') };
    await school.db.pupilContact.updateMany({ where: mother, data: restriction });
    expect(await lookTwice()).toEqual([]);
    const crossed = { restrictionUntil: columnOf('2026-01-01') };
    await school.db.pupilContact.updateMany({ where: mother, data: crossed });
    expect(await lookTwice()).toEqual([expect.stringContaining('A contact is restricted')]);
    const none = { restriction: null, restrictionFrom: null, restrictionUntil: null };
    await school.db.pupilContact.updateMany({ where: mother, data: none });
  });

  /** The authority asks for so many days from a day on. */
  async function asksFor(days: number | null, today: Day) {
    const { authorityId } = await school.db.school.findUniqueOrThrow({ where: { id: trainingSchool.id } });
    const text = `authority: ${authorityId}\ntitle: Theirs\nattendance return: { irregular absence: ${days ?? 'not asked'} }\n`;
    await keepProfile(school.db, { text, fileName: 'theirs.yaml' }, { today });
  }

  it('ask for as many days that are not in a row as the authority does, or for none', async () => {
    const asks = (days: number | null) => asksFor(days, '2026-09-01');
    const lead = await desk.signedIn('sal');
    await asks(5);
    const five = await get('attendance?month=2026-09');
    expect([five.irregularDays, names(five.irregular)]).toEqual([5, ['spread']]);
    expect((await lead.get('/returns/attendance?month=2026-09')).text).toContain(
      'your authority asks for 5 days. 10 sessions or more',
    );
    await asks(11);
    expect((await get('attendance?month=2026-10')).irregular).toEqual([]);
    await asks(null);
    const none = await get('attendance?month=2026-10');
    expect([none.irregularDays, none.irregular]).toEqual([null, []]);
    expect(none.rules.join(' ')).toContain('asks for no number of days');
    expect((await lead.get('/returns/attendance?month=2026-10')).text).not.toContain('Days that are not in a row');
    await asks(10);
  });

  it('ask for a month what the authority asked then', async () => {
    await asksFor(5, '2026-10-01');
    expect((await get('attendance?month=2026-09')).irregularDays).toBe(10);
    expect((await get('attendance?month=2026-10')).irregularDays).toBe(5);
    await asksFor(10, '2026-10-01');
  });

  it('say what the register said at the end of a day, and what it says now', async () => {
    await school.db.mark.updateMany({ data: { knownFrom: columnOf('2026-09-02') } });
    await school.correct('cont', '2026-09-21', { AM: '/', PM: '\\' });
    await school.correct('ill', '2026-09-21', { AM: '/', PM: '\\' });
    for (const pupil of ['cont', 'ill']) await learntOn(pupil, '2026-10-08');
    expect((await get('attendance?month=2026-09')).tenDays).toEqual([]);
    expect(names((await get('attendance?month=2026-09&knownOn=2026-10-07')).tenDays)).toEqual(['cont']);
    expect((await get('attendance?month=2026-09&knownOn=2026-10-08')).tenDays).toEqual([]);
    expect((await get('sickness?on=2026-09-25')).rows).toMatchObject([{ days: 9 }]);
    expect((await get('sickness?on=2026-09-25&knownOn=2026-10-07')).rows).toMatchObject([{ days: 10 }]);
    expect((await get('daily?on=2026-09-21')).groups[0].sessions[0]).toMatchObject({ present: 3 + 1 });
    const then = await get('daily?on=2026-09-21&knownOn=2026-10-07');
    expect([then.knownOn, then.groups[0].sessions[0].present]).toEqual(['2026-10-07', 2]);
    const lead = await desk.signedIn('sal');
    const page = (await lead.get('/returns/attendance?month=2026-09&knownOn=2026-10-07')).text;
    expect(page).toContain('as the register was known at the end of Wednesday 7 October 2026');
    expect(page).toContain('month=2026-09&amp;knownOn=2026-10-07&amp;as=csv');
    expect((await lead.get('/returns/attendance?month=2026-09&knownOn=2026-10-07&as=csv')).text).toContain('cont Testing');
    expect((await lead.get('/returns/attendance?knownOn=2026-10-17')).status).toBe(422);
    expect((await lead.get('/returns/sickness?on=2026-10-08&knownOn=2026-10-07')).status).toBe(422);
  });

  it('pass over a day on which a part of the school was closed to the pupil', async () => {
    const day = new Date('2026-09-21');
    const { className } = await school.db.pupil.findUniqueOrThrow({ where: { id: school.idOf('well') } });
    const closed = { kind: 'closure', label: 'Wing', part: 'East wing', fromDay: day, toDay: day, classes: [className] };
    const { id } = await school.db.calendarPeriod.create({ data: { schoolId: trainingSchool.id, ...closed } });
    const coded = (code: string, ...days: string[]) =>
      school.db.mark.updateMany({ where: { pupilId: school.idOf('well'), day: { in: days.map(columnOf) } }, data: { code } });
    await coded('G', ...september, '2026-09-28');
    await coded('Y3', '2026-09-21');
    const { tenDays } = await get('attendance?month=2026-09');
    expect(tenDays.find(({ pupil }: { pupil: { name: string } }) => pupil.name.startsWith('well'))).toMatchObject({
      ...{ from: '2026-09-14', to: '2026-09-28', days: 10, sessions: 20 },
    });
    await coded('/', ...september, '2026-09-28');
    await school.db.calendarPeriod.delete({ where: { id } });
  });

  it('are recorded as made with the very figures that were seen, and shown so when the register has moved on', async () => {
    const office = await desk.signedIn('attendance-officer');
    const at = '/returns/sickness?on=2026-10-16';
    const { seen, rows } = await get('sickness?on=2026-10-16');
    expect(names(rows)).toEqual(['ill']);
    const said = { kind: 'sickness', on: '2026-10-16', seen, note: 'By the portal' };
    const made = await office.post('/returns/made', said, { form: at });
    expect([made.status, made.headers.location]).toEqual([303, expect.stringMatching(/^\/returns\/made\/[0-9a-f-]{36}$/)]);
    await school.correct('ill', '2026-09-22', { AM: '/', PM: '\\' });
    const shown = (await office.get(made.headers.location ?? '')).text;
    expect(shown).toMatch(/Made on .* by Tom Whitlock, Attendance officer\. It named 1 pupil/);
    expect(shown).toContain('as the register was known when it was made');
    expect(shown).toMatch(/By the portal.*ill Testing.*>14</s);
    expect((await office.get(`${made.headers.location}?as=csv`)).text).toContain('ill Testing');
    expect((await office.get('/returns')).text).toContain('Sickness return, 16 Oct 2026');
    const stale = await office.post('/returns/made', said, { form: at });
    expect([stale.status, stale.text]).toEqual([409, expect.stringContaining('says something else by now')]);
    expect(await school.db.returnMade.count()).toBe(1);
    const trust = await desk.signedIn('trust-lead');
    expect((await trust.get(made.headers.location ?? '')).status).toBe(403);
    expect((await trust.get('/returns')).text).not.toContain('Made so far');
  });

  it('lead on to the next month once it has begun, and not before', async () => {
    const leads = async (on: Day) => {
      await school.db.school.updateMany({ data: { today: columnOf(on) } });
      return (await (await desk.signedIn('sal')).get('/returns/attendance?month=2026-10')).text.includes('?month=2026-11');
    };
    expect([await leads('2026-10-29'), await leads('2026-11-01')]).toEqual([false, true]);
    await leads('2026-10-16');
  });

  it('are recorded once, however often the button is pressed', async () => {
    const office = await desk.tokenOf('attendance-officer');
    const { seen } = await get('attendance?month=2026-09');
    const key = randomUUID();
    const press = () => office.post('/api/v1/returns/made', { kind: 'attendance', month: '2026-09', seen }, key);
    const [first, second] = [await press(), await press()];
    expect([first.status, second.body]).toEqual([200, first.body]);
    expect(await school.db.returnMade.count({ where: { kind: 'attendance' } })).toBe(1);
  });
});
