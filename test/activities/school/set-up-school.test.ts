import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import { makeChange } from '../../../activities/calendar/make-change.ts';
import { bare, showChange } from '../../../activities/calendar/show-change.ts';
import { setUpSchool } from '../../../activities/school/set-up-school.ts';
import type { CalendarChange } from '../../../policy/calendar/calendar-change.ts';
import type { Day } from '../../../policy/calendar/day.ts';
import type { Period } from '../../../policy/calendar/period.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { readSchool } from '../../../policy/school/read-school.ts';
import type { SchoolPlan } from '../../../policy/school/school-plan.ts';
import { demoPassword } from '../../../policy/training/demo-password.ts';
import { trainingPlan } from '../../../policy/training/staff.ts';
import { periodsOf, versionOf } from '../../../prisma/calendar.ts';
import { connect, type Db } from '../../../prisma/client.ts';
import { dayOf } from '../../../prisma/day-column.ts';
import { Prisma } from '../../../prisma/generated/client.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { keepPassword } from '../../../prisma/passwords.ts';
import { demoAccounts } from '../../../prisma/users.ts';
import { aDatabase } from '../../support/servers.ts';

const file = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const example = (name: string, change = (text: string) => text) =>
  readSchool(change(file(`docs/examples/${name}.yaml`)), `${name}.yaml`);

let db: Db;
beforeAll(async () => {
  db = connect(await aDatabase());
  await keepPack(db, file('policy/packs/gloucestershire.yaml'), 'gloucestershire.yaml');
});
afterAll(() => db.$disconnect());

const setUp = (plan: SchoolPlan) => setUpSchool(db, plan, Date.parse('2026-10-05T12:00:00Z'));
const accountOf = (email: string) => db.user.findUniqueOrThrow({ where: { email } });
async function refusal(plan: SchoolPlan): Promise<string> {
  try {
    return `taken: ${JSON.stringify(await setUp(plan))}`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

describe('setting up a school', () => {
  const practice = example('practice-school');

  it('makes the school, its authority, calendar and accounts, and says so', async () => {
    const { changes, notes } = await setUp(practice);
    expect(changes).toEqual([
      'Authority wyeshire: new, Wyeshire Council',
      'School larkfield: new, Larkfield School, a practice school whose clock stands at 5 Oct 2026',
      expect.stringMatching(/^Calendar: new, 2\d\d school days$/),
      'Account lead@larkfield.example: new, Senior attendance lead',
      'Account head@larkfield.example: new, Headteacher',
      'Account office@larkfield.example: new, Attendance officer',
      'Account dsl@larkfield.example: new, Designated safeguarding lead',
      'Account teacher.9a@larkfield.example: new, Class teacher of 9A',
      'Account ewo@wyeshire.example: new, Education welfare officer',
    ]);
    expect(notes).toEqual([]);
    const school = await db.school.findUniqueOrThrow({ where: { id: 'larkfield' } });
    expect(school).toMatchObject({ training: true, seed: null, recallMinutes: 1, packId: 'gloucestershire' });
    expect(school.today && dayOf(school.today)).toBe('2026-10-05');
    const { passwordHash, demo } = await accountOf('ewo@wyeshire.example');
    expect([demo, await verify(passwordHash ?? '', demoPassword)]).toEqual([true, true]);
  });

  it('changes nothing the second time, also when the clock has walked', async () => {
    await db.school.update({ where: { id: 'larkfield' }, data: { today: new Date('2026-10-12') } });
    const before = await Promise.all([
      db.school.findMany(),
      db.user.findMany({ orderBy: { id: 'asc' } }),
      db.calendarPeriod.findMany(),
    ]);
    expect(await setUp(practice)).toEqual({ changes: [], notes: [] });
    const after = await Promise.all([
      db.school.findMany(),
      db.user.findMany({ orderBy: { id: 'asc' } }),
      db.calendarPeriod.findMany(),
    ]);
    expect(after).toEqual(before);
  });

  it('changes what differs and says what: who left is switched off, and comes back with the same account', async () => {
    const changed = example('practice-school', (text) =>
      text
        .replace('"01632 960300"', '"01632 960301"')
        .replace('"1 minute"', '"20 minutes"')
        .replace('role: dsl', 'role: senco')
        .replace(/ {2}- \{ name: Robert Kerr.*\n/, '')
        .replace('  half-terms:', '  closures:\n    - { name: Heating failed, from: 2026-11-30, to: 2026-12-01 }\n  half-terms:')
        .replace('2026-11-27, ', ''),
    );
    const { id } = await accountOf('head@larkfield.example');
    const { changes, notes } = await setUp(changed);
    expect(changes).toEqual([
      'School larkfield, phone: 01632 960300 is now 01632 960301',
      'School larkfield, recall window in minutes: 1 is now 20',
      'Calendar, closure "Heating failed" from 30 Nov 2026 to 1 Dec 2026: new',
      'Calendar, INSET "Staff training" on 27 Nov 2026: taken out',
      'Account dsl@larkfield.example, role: dsl is now senco',
      'Account head@larkfield.example: switched off, as the file does not name it',
    ]);
    expect(notes).toEqual([
      'Nobody has the role headteacher (Headteacher), whom the policy asks: add an account to the file',
      'Nobody has the role dsl (Designated safeguarding lead), whom the policy asks: add an account to the file',
    ]);
    expect((await setUp(practice)).changes).toContain('Account head@larkfield.example, may sign in: no is now yes');
    expect(await accountOf('head@larkfield.example')).toMatchObject({ id, active: true });
  });

  it('puts its trust on record, renames it, and takes the school out of it', async () => {
    const of = (trust: string) => example('practice-school', (text) => text.replace(/^policy:/m, `${trust}policy:`));
    const trustId = async () => (await db.school.findUniqueOrThrow({ where: { id: 'larkfield' } })).trustId;
    expect((await setUp(of('trust: { id: wye-trust, name: Wye Trust }\n'))).changes).toEqual([
      'Trust wye-trust: new, Wye Trust',
      'School larkfield, trust: none is now wye-trust',
    ]);
    expect(await trustId()).toBe('wye-trust');
    expect((await setUp(of('trust: { id: wye-trust, name: Wye Schools }\n'))).changes).toEqual([
      'Trust wye-trust, name: Wye Trust is now Wye Schools',
    ]);
    expect((await setUp(practice)).changes).toEqual(['School larkfield, trust: wye-trust is now none']);
    expect(await trustId()).toBeNull();
  });

  it('tells open cases of a changed calendar', async () => {
    const pupil = await db.pupil.create({
      data: {
        ...{ schoolId: 'larkfield', admissionNo: '1', upn: '1', legalName: 'A Child', chosenName: 'A Child', yearGroup: 9 },
        ...{ born: new Date('2013-01-15'), className: '9A', onRollFrom: new Date('2026-09-02') },
      },
    });
    await db.attendanceCase.create({
      data: {
        ...{
          id: pupil.id,
          schoolId: 'larkfield',
          pupilId: pupil.id,
          packId: 'gloucestershire',
          packVersion: 'x',
          status: 'open',
        },
        ...{ stage: 'concern', headline: '', openedOn: new Date('2026-10-05'), events: 0, state: {} },
      },
    });
    const later = example('practice-school', (text) => text.replace('to: 2026-10-30', 'to: 2026-10-31'));
    expect((await setUp(later)).changes).toContain('Calendar: 1 open case or referral is told of it');
    const [told] = await db.outbox.findMany({ where: { matterId: pupil.id } });
    expect(told).toMatchObject({ matterKind: 'case', kind: 'tell', input: { kind: 'calendar changed' } });
    await setUp(practice);
    expect(await db.outbox.count({ where: { matterId: pupil.id } })).toBe(2);
  });

  describe('leaves what was entered on the calendar page', () => {
    const page = 'larkfield';
    const enter = async (change: CalendarChange) => {
      const changeId = await showChange(db, { schoolId: page, reason: 'Entered on the page', by: 'lead', change });
      await makeChange(db, { schoolId: page, changeId, version: versionOf(await periodsOf(db, page)), by: 'lead' });
    };
    const closure = (label: string, from: Day, to = from): Period => ({ kind: 'closure', label, from, to });
    const labels = async () => (await periodsOf(db, page)).map(({ label }) => label);
    const inFile = (more: string) =>
      example('practice-school', (text) => text.replace('  half-terms:', `  closures:\n${more}\n  half-terms:`));

    it('when the file is read again, with a closure and the session times of the page', async () => {
      await setUp(practice);
      await enter({ added: [closure('Snow', '2026-12-03')], removed: [] });
      const times = { morningFrom: '08:50', morningTo: '12:00', afternoonFrom: '13:00', afternoonTo: '15:20' };
      await db.sessionTimes.create({
        data: { schoolId: page, fromDay: new Date('2026-11-02'), ...times, registerMinutes: 30, reason: 'New day' },
      });
      expect((await setUp(practice)).changes).toEqual([]);
      expect(await labels()).toContain('Snow');
      expect(await db.sessionTimes.count({ where: { schoolId: page } })).toBe(1);
    });

    it('when the file says something new, and when it takes that back', async () => {
      const boiler = inFile('    - { name: Boiler, from: 2026-12-07, to: 2026-12-08 }');
      expect((await setUp(boiler)).changes[0]).toBe('Calendar, closure "Boiler" from 7 Dec 2026 to 8 Dec 2026: new');
      expect(await labels()).toEqual(expect.arrayContaining(['Snow', 'Boiler']));
      expect((await setUp(practice)).changes[0]).toBe('Calendar, closure "Boiler" from 7 Dec 2026 to 8 Dec 2026: taken out');
      expect([await labels(), (await labels()).includes('Boiler')]).toEqual([expect.arrayContaining(['Snow']), false]);
    });

    it('when it was taken out or moved there, though the file still says it', async () => {
      const [halfTerm] = (await periodsOf(db, page)).filter(({ kind }) => kind === 'half-term');
      if (!halfTerm) throw new Error('There is no half-term');
      const moved = { ...bare(halfTerm), from: '2026-10-19', to: '2026-10-23' };
      await enter({ added: [moved], removed: [bare(halfTerm)] });
      expect((await setUp(practice)).changes).toEqual([]);
      expect((await periodsOf(db, page)).filter(({ kind, from }) => kind === 'half-term' && from < '2027-01-01')).toMatchObject([
        moved,
      ]);
      await enter({ added: [bare(halfTerm)], removed: [moved] });
    });

    it('refuses what cannot stand beside it, and says which', async () => {
      await enter({ added: [{ kind: 'half-term', label: 'A long weekend', from: '2026-11-20', to: '2026-11-24' }], removed: [] });
      const other = example('practice-school', (text) =>
        text.replace('  half-terms:\n', '  half-terms:\n    - { name: Theirs, from: 2026-11-23, to: 2026-11-25 }\n'),
      );
      expect(await refusal(other)).toMatch(/"Theirs".*overlaps the half-term "A long weekend".*changed on its page since/);
      expect(await labels()).not.toContain('Theirs');
    });

    it('also where the school was set up before what a file said was kept', async () => {
      await db.school.update({ where: { id: page }, data: { periodsOfFile: Prisma.DbNull } });
      expect((await setUp(practice)).changes).toEqual([]);
      expect(await labels()).toEqual(expect.arrayContaining(['Snow', 'A long weekend']));
      const known = (await periodsOf(db, page)).filter(({ label }) => ['Snow', 'A long weekend'].includes(label));
      await enter({ added: [], removed: known.map(bare) });
    });
  });

  it('makes a real school whose accounts wait for a password', async () => {
    const { changes, notes } = await setUp(example('school'));
    expect(changes).toContain("School st-anne: new, St Anne's School");
    expect(notes).toEqual(['6 accounts have no password yet: firstbell password EMAIL sets one']);
    const { training, today } = await db.school.findUniqueOrThrow({ where: { id: 'st-anne' } });
    expect([training, today]).toEqual([false, null]);
    expect(await accountOf('a.yusuf@st-anne.example')).toMatchObject({ passwordHash: null, demo: false });
  });

  it('shows the accounts of each practice school on the sign-in page, and no others', async () => {
    const shown = await demoAccounts(db);
    expect(new Set(shown.map(({ place }) => place))).toEqual(new Set(['Larkfield School', 'Wyeshire Council']));
    expect(shown).toHaveLength(6);
    await keepPassword(db, (await accountOf('lead@larkfield.example')).id, 'a hash');
    expect((await demoAccounts(db)).map(({ email }) => email)).not.toContain('lead@larkfield.example');
    expect((await setUp(practice)).changes).toEqual([]);
    expect(await accountOf('lead@larkfield.example')).toMatchObject({ passwordHash: 'a hash', demo: false });
  });

  it('takes the demo password away when the file no longer gives it', async () => {
    const without = example('practice-school', (text) => text.replace(/^password: .*\n/m, ''));
    const { changes } = await setUp(without);
    expect(changes).toContain('Account office@larkfield.example: no longer has the demo password');
    expect(await accountOf('office@larkfield.example')).toMatchObject({ passwordHash: null, demo: false });
    expect((await setUp(practice)).changes).toContain('Account office@larkfield.example: has the demo password');
  });

  it('says when there are too few days ahead, and that no file moves the clock', async () => {
    const short = example('practice-school', (text) =>
      text
        .replace(/ {4}- \{ name: (Spring|Summer|Autumn) (half-)?term 2027.*\n/g, '')
        .replace(/ {4}- \{ name: (Spring|Summer) half-term.*\n/g, '')
        .replace(/ {4}- \{ name: Autumn half-term, from: 2027.*\n/, '')
        .replace(/, 2027[^\]]*\]/, ']')
        .replace('today: 2026-10-05', 'today: 2026-10-20'),
    );
    await db.school.update({ where: { id: 'larkfield' }, data: { today: new Date('2026-10-19') } });
    expect((await setUp(short)).notes).toEqual([
      'The clock stays at 19 Oct 2026: only walking moves it',
      'The calendar ends on 18 Dec 2026: add the next terms, as cases count school days ahead',
    ]);
    await setUp(practice);
  });

  it.each<[what: string, plan: () => SchoolPlan, says: RegExp]>([
    ['a practice school made real', () => ({ ...practice, practice: null }), /larkfield is a practice school and stays one/],
    [
      'a real school made a practice school',
      () => ({ ...example('school'), practice: practice.practice }),
      /st-anne is a real school and stays one/,
    ],
    [
      'a real school whose officers have the password that everybody knows',
      () => ({ ...example('school'), authority: practice.authority }),
      /Accounts of wyeshire have the demo password/,
    ],
    [
      'demo officers at an authority with a real school',
      () => ({ ...practice, authority: example('school').authority }),
      /wye has a real school, so nobody there may have the demo password/,
    ],
    [
      'an account that another school has',
      () => example('practice-school', (text) => text.replace('lead@larkfield', 'a.yusuf@st-anne')),
      /a\.yusuf@st-anne\.example is an account of another school/,
    ],
    ['a policy that is not kept', () => ({ ...practice, packId: 'nowhere' }), /There is no policy "nowhere" here/],
  ])('refuses %s, and changes nothing', async (_, plan, says) => {
    const before = await Promise.all([
      db.school.findMany(),
      db.authority.findMany(),
      db.user.findMany({ orderBy: { id: 'asc' } }),
    ]);
    expect(await refusal(plan())).toMatch(says);
    const after = await Promise.all([
      db.school.findMany(),
      db.authority.findMany(),
      db.user.findMany({ orderBy: { id: 'asc' } }),
    ]);
    expect(after).toEqual(before);
  });

  it('leaves the training school to the program that makes it', async () => {
    await setUp(trainingPlan);
    expect((await setUp(trainingPlan)).changes).toEqual([]);
    expect(await refusal({ ...practice, id: trainingPlan.id })).toMatch(/oakbridge is the training school/);
  });

  it('lets somebody who was switched off elsewhere come, without what they had there', async () => {
    const { id } = await accountOf('c.booth@st-anne.example');
    await keepPassword(db, id, 'a hash');
    await db.apiToken.create({ data: { label: 'machine', userId: id, tokenHash: 'x' } });
    await setUp(example('school', (text) => text.replace('role: dsl,', 'role: dsl, active: false,')));
    const moved = example('practice-school', (text) => text.replace('dsl@larkfield', 'c.booth@st-anne'));
    expect((await setUp(moved)).changes).toContain('Account c.booth@st-anne.example: moved here from where it was switched off');
    const account = await accountOf('c.booth@st-anne.example');
    expect(account).toMatchObject({ id, schoolId: 'larkfield', active: true, demo: true });
    expect(await verify(account.passwordHash ?? '', demoPassword)).toBe(true);
    expect(await db.apiToken.count({ where: { userId: id, revokedAt: null } })).toBe(0);
    const left = example('school', (text) => text.replace('role: dsl,', 'role: dsl, active: false,'));
    expect((await setUp(left)).changes).toEqual([]);
  });

  it('is done once when two do it at once', async () => {
    const twin = { ...practice, id: 'twin', staff: practice.staff.map((one) => ({ ...one, email: `twin.${one.email}` })) };
    const [one, other] = await Promise.all([setUp(twin), setUp(twin)]);
    expect([one.changes.length, other.changes.length].sort()).toEqual([0, expect.any(Number)]);
  });
});
