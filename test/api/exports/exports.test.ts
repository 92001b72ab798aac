import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import pg from 'pg';
import { importRegisterFile } from '../../../activities/register/import-register-file.ts';
import { exportKinds } from '../../../api/exports/exported.ts';
import { casesOpener } from '../../../bin/cases-opener.ts';
import { codeTable } from '../../../policy/register/codes.ts';
import { columnsOf, importKinds } from '../../../policy/register/csv-forms.ts';
import { upnCheckLetter } from '../../../policy/register/upn.ts';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { decideLeave, keepLeave, takeLeaveBack } from '../../../prisma/leave.ts';
import { workbook } from '../../activities/register/reading/a-workbook.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const today = '2026-10-16';
const codes = codeTable.filter(({ until }) => until === null).map(({ code }) => code);
const dayOf = (n: number) => `2026-10-${String(5 + (n % 5) + 7 * Math.floor(n / 5)).padStart(2, '0')}`;
/** Every code that there is, a session each; the first ones of one pupil, the rest of others. */
const everyCode = (from: number) =>
  Object.fromEntries(codes.slice(from, from + 20).map((code, i) => [`${dayOf(Math.floor(i / 2))} ${i % 2 ? 'PM' : 'AM'}`, code]));

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let pool: pg.Pool;
let get: (kind: string) => Promise<string>;

beforeAll(async () => {
  school = await aSchool({
    today,
    workerless: true,
    pupils: { a: everyCode(0), b: everyCode(20), c: { '2026-10-05': 'O', '2026-10-06': 'O' } },
  });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  pool = new pg.Pool({ connectionString: school.config.DATABASE_URL, max: 2 });
  const officer = await desk.signedIn('attendance-officer');
  get = async (kind) => {
    const { status, headers, text } = await officer.get(`/exports/${kind}`);
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      `attachment; filename="${kind}-${today}.csv"`,
    ]);
    return text;
  };
  await school.db.mark.updateMany({ where: { code: 'U' }, data: { minutesLate: 45 } });
  for (const { id, upn } of await school.db.pupil.findMany())
    await school.db.pupil.update({ where: { id }, data: { upn: upnCheckLetter(upn.slice(1)) + upn.slice(1) } });
  const [first] = await school.db.contact.findMany({ orderBy: { contactNo: 'asc' }, take: 1 });
  const awkward = { fullName: '-Ann "Nan" O\'Brien, née Łoś', phone: '+44 1632 960001', address: ['@home', '1, High Street'] };
  await school.db.contact.update({
    where: { id: first?.id ?? '' },
    data: { ...awkward, contactNo: '~0a1b', addressSafe: false, channel: 'email' },
  });
  const order = { restriction: 'Order', restrictionReviewer: '-Ann', restrictionReview: columnOf('2026-11-02') };
  await school.db.pupilContact.updateMany({ where: { contactId: first?.id ?? '' }, data: order });
  const names = { legalName: "Nguyễn-Featherstonehaugh-Łukasz-O'Brien-Zoë-Siobhán-D'Souza-Ng", chosenName: 'Zoë' };
  const agreed = {
    partTimeFrom: columnOf('2026-09-14'),
    partTimeUntil: columnOf('2026-10-23'),
    otherSchool: '-Mill PRU',
    homeAuthority: '-Westshire',
  };
  await askLeave();
  await school.db.pupil.updateMany({ where: { admissionNo: 'a' }, data: { ...names, ...agreed, dualRegistration: 'main' } });
});
afterAll(async () => {
  await pool?.end();
  await desk?.stop();
  await school?.end();
});

/** Two requests: of one a refusal was taken back and it was granted; nobody has decided on the other. */
async function askLeave() {
  const { db } = school;
  const [requestId, refused] = [randomUUID(), randomUUID()];
  const days = { from: '2026-11-02', to: '2026-11-03', receivedOn: '2026-10-01' };
  const kept = { schoolId: trainingSchool.id, recordedBy: 'officer', waitsSince: today };
  const asked = { pupilId: school.idOf('a'), ...days, reason: '=HYPERLINK("http://x")', askedBy: '+Ann, mother' };
  await keepLeave(db, { id: requestId, ...kept }, asked);
  const deed = { by: 'head', role: 'headteacher', on: today, at: new Date() } as const;
  await decideLeave(db, { id: refused, requestId, granted: false }, { ...deed, why: '-not exceptional' });
  await takeLeaveBack(db, { id: refused, requestId }, { ...deed, why: '@mistake' });
  await decideLeave(db, { id: randomUUID(), requestId, granted: true }, { ...deed, why: 'Exceptional,\nas she says' });
  await keepLeave(db, { id: randomUUID(), ...kept }, { ...asked, pupilId: school.idOf('b') });
}

const rowsOf = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true }) as Record<string, string>[];

const asWorkbook = (text: string) =>
  workbook({ sheets: [{ name: 'Sheet1', rows: parse(text, { bom: true }) as string[][] }], shared: true });
const asTabs = (text: string) => `\uFEFF${stringify(parse(text, { bom: true }) as string[][], { delimiter: '\t' })}`;

describe('taking a school’s data out', () => {
  it.each(importKinds)('%s come in again as they went out: nothing changes', async (kind) => {
    const text = await get(kind);
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const rows = rowsOf(text);
    expect(Object.keys(rows[0] ?? {})).toEqual(columnsOf(kind).all);
    const deps = { db: school.db, pool, openCases: casesOpener() };
    const order = { schoolId: trainingSchool.id, fileName: `${kind}.csv`, by: null, on: today };
    for (const file of [Buffer.from(text), await asWorkbook(text), Buffer.from(asTabs(text), 'utf16le')]) {
      const taken = await importRegisterFile(kind, deps, Readable.from([file]), order);
      expect(taken.says).toMatch(/^Nothing changed: all of this was known already/);
      expect([taken.problems, taken.rows]).toEqual([[], rows.length]);
    }
  });

  it('holds every code as it is', async () => {
    const marks = rowsOf(await get('marks'));
    for (const [i, code] of codes.slice(0, 20).entries())
      expect(marks).toContainEqual(
        expect.objectContaining({ admission_no: 'a', date: dayOf(Math.floor(i / 2)), session: i % 2 ? 'PM' : 'AM', code }),
      );
  });

  it('has the marks of an earlier school year, and as they were known, with each correction of them', async () => {
    const { id } = await school.db.pupil.findFirstOrThrow({ where: { admissionNo: 'c' } });
    await school.db.pupil.update({ where: { id }, data: { onRollFrom: columnOf('2025-09-01') } });
    const importId = randomUUID();
    const by = { byUser: null, byName: '=Ann Gone', byRole: 'attendance-officer', reason: '=Found out' };
    await school.db.registerImport.create({
      data: {
        id: importId,
        schoolId: trainingSchool.id,
        kind: 'marks',
        fileName: 'old.csv',
        sha256: 'old',
        status: 'done',
        ...by,
      },
    });
    await school.db.$executeRaw`SELECT make_mark_year('2025-09-01')`;
    const mark = { pupilId: id, day: columnOf('2026-03-02'), session: 'AM', importId };
    const [came, corrected] = [new Date('2026-03-02T09:00:00Z'), new Date('2026-03-31T23:30:00Z')];
    await school.db.mark.create({ data: { ...mark, code: 'N', knownFrom: came, knownUntil: corrected } });
    await school.db.mark.create({ data: { ...mark, code: 'O', knownFrom: corrected } });
    const officer = await desk.signedIn('attendance-officer');
    const rows = async (at: string): Promise<Record<string, string>[]> =>
      parse((await officer.get(`/exports/${at}`).expect(200)).text, { columns: true, bom: true });
    const codesIn = async (at: string) => (await rows(at)).map(({ date, code }) => `${date} ${code}`);
    expect(await codesIn('marks?year=2025/26&knownOn=')).toEqual(['2026-03-02 O']);
    expect(await codesIn('marks?year=2025/26&knownOn=2026-03-31')).toEqual(['2026-03-02 N']);
    expect(await codesIn('marks?year=2025/26&knownOn=2026-03-01')).toEqual([]);
    expect((await codesIn('marks')).some((one) => one.startsWith('2026-03'))).toBe(false);
    // London was an hour ahead by then: it was corrected on the first of April.
    expect(await rows('corrections?year=2025/26')).toMatchObject([
      {
        ...{ admission_no: 'c', date: '2026-03-02', session: 'AM', original: 'N', new: 'O', reason: "'=Found out" },
        ...{ corrected_on: '2026-04-01', corrected_by: "'=Ann Gone", corrected_as: 'attendance-officer' },
      },
    ]);
    expect(await rows('corrections?year=2025/26&knownOn=2026-03-31')).toEqual([]);
    for (const wrong of ['year=2025/27', 'year=2027/28', 'knownOn=2026-10-17', 'year=x'])
      expect([wrong, (await officer.get(`/exports/marks?${wrong}`)).status]).toEqual([wrong, 422]);
    await school.db.pupil.update({ where: { id }, data: { onRollFrom: columnOf('2026-09-02') } });
  });

  it('holds the minutes of a late mark', async () => {
    const late = rowsOf(await get('marks')).filter(({ minutes_late: minutes }) => minutes !== '');
    expect(late.map(({ code, minutes_late: minutes }) => [code, minutes])).toEqual([['U', '45']]);
  });

  it('no cell is a formula for a spreadsheet', async () => {
    for (const kind of ['pupils', 'contacts', 'marks', 'cases', 'letters', 'leave'])
      for (const row of rowsOf(await get(kind)))
        for (const cell of Object.values(row)) expect([kind, cell]).toEqual([kind, expect.not.stringMatching(/^[=+\-@\t\r]/)]);
    expect(rowsOf(await get('pupils'))).toContainEqual(
      expect.objectContaining({
        admission_no: 'a',
        dual_registration: 'main',
        other_school: "'-Mill PRU",
        home_authority: "'-Westshire",
        part_time_until: '2026-10-23',
      }),
    );
    expect(rowsOf(await get('contacts'))).toContainEqual(
      expect.objectContaining({
        full_name: '\'-Ann "Nan" O\'Brien, née Łoś',
        phone: "'+44 1632 960001",
        address_safe: 'no',
        channel: 'email',
      }),
    );
  });

  it('tells of leave: what stands, and what was decided by mistake', async () => {
    const head = { decided_by: 'Helen Marsh', decided_as: 'headteacher', decided_on: today };
    expect(rowsOf(await get('leave'))).toEqual([
      expect.objectContaining({
        ...{ admission_no: 'a', from: '2026-11-02', to: '2026-11-03', standing: 'granted', decision: 'refused', ...head },
        ...{ reason: '\'=HYPERLINK("http://x")', asked_by: "'+Ann, mother", why: "'-not exceptional" },
        ...{ taken_back_by: 'Helen Marsh', taken_back_as: 'headteacher', taken_back_on: today, taken_back_why: "'@mistake" },
      }),
      expect.objectContaining({ standing: 'granted', decision: 'granted', why: 'Exceptional,\nas she says', taken_back_on: '' }),
      expect.objectContaining({ admission_no: 'b', standing: 'not decided', decision: '', decided_on: '', decided_by: '' }),
    ]);
  });

  it('tells of cases and letters, and has its columns before there is one', async () => {
    expect(await get('letters')).toBe('\uFEFFreference,admission_no,name,letter,to,channel,status,why,approved_on,sent_on\r\n');
    const lead = await desk.signedIn('sal');
    const [proposal] = await school.proposals('c');
    const { id } = await school.caseOf('c');
    expect((await lead.post(`/proposals/${id}/${proposal?.key}`, { choice: 'approve' })).status).toBe(303);
    expect(rowsOf(await get('cases'))).toContainEqual(
      expect.objectContaining({ admission_no: 'c', status: 'open', opened_on: today, sessions_possible: '66' }),
    );
    expect(rowsOf(await get('letters'))).toMatchObject([
      { admission_no: 'c', letter: 'letter-1', status: 'waiting', channel: 'email', approved_on: today, sent_on: '' },
      { admission_no: 'c' },
    ]);
  });
});

describe('the same by command', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-export-'));
  const out = path.join(folder, 'out.csv');
  afterAll(() => rmSync(folder, { recursive: true }));

  const command = (...args: string[]): Promise<{ code: unknown; said: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH, DATABASE_URL: school.config.DATABASE_URL };
      const all = ['bin/firstbell.mjs', 'export', ...args, '--school', trainingSchool.id, '--out', out];
      execFile(process.execPath, all, { env }, (error, told, err) => resolve({ code: error?.code ?? 0, said: told + err }));
    });

  it.each(exportKinds)('%s are what the page gives, formulas made harmless as there', async (kind) => {
    expect(await command(kind)).toEqual({ code: 0, said: `Wrote ${out}.\n` });
    expect(readFileSync(out, 'utf8')).toBe(await get(kind));
    expect(statSync(out).mode & 0o077).toBe(0);
  });

  it('are of an earlier school year, and as they were known on a day', async () => {
    const officer = await desk.signedIn('attendance-officer');
    for (const kind of ['marks', 'corrections']) {
      const { text } = await officer.get(`/exports/${kind}?year=2025/26&knownOn=2026-10-15`).expect(200);
      expect(await command(kind, '--year', '2025/26', '--known-on', '2026-10-15')).toMatchObject({ code: 0 });
      expect(readFileSync(out, 'utf8')).toBe(text);
    }
  });

  it('have cases and letters as the record of each case had them at the end of a day', async () => {
    const officer = await desk.signedIn('attendance-officer');
    const rows = async (query: string) =>
      parse((await officer.get(`/exports/${query}`).expect(200)).text, { columns: true, bom: true });
    expect(await rows('cases?knownOn=2026-10-04')).toEqual([]);
    const then = await rows(`cases?knownOn=${today}`);
    expect(then).toHaveLength(3);
    expect(then).toEqual((await rows('cases')).map((now) => ({ ...(now as object), next_on: '', next: '' })));
    const kase = await school.db.attendanceCase.findFirst({ where: { pupil: { admissionNo: 'a' } } });
    const tomorrow = columnOf('2026-10-17');
    const event = await school.db.ledgerEvent.findFirstOrThrow({ where: { matterId: kase?.id ?? '' }, orderBy: { seq: 'desc' } });
    const closed = { ...event, seq: event.seq + 1, onDay: tomorrow, type: 'closed', body: { why: 'Moved', words: null } };
    await school.db.ledgerEvent.create({ data: { ...closed, body: closed.body } });
    await school.db.school.updateMany({ data: { today: tomorrow } });
    expect(await rows(`cases?knownOn=${today}`)).toEqual(then);
    expect(await rows('cases?knownOn=2026-10-17')).toMatchObject([
      ...[{ admission_no: 'a', status: 'closed', closed_on: '2026-10-17' }, { status: 'open' }, { status: 'open' }],
    ]);
    expect(await rows('letters?knownOn=2026-10-15')).toEqual([]);
    expect(await rows(`letters?knownOn=${today}`)).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
    await school.db.school.updateMany({ data: { today: columnOf(today) } });
  });

  it.each([
    [['wishes'], 2, /^Say what to take out, one of: pupils, contacts, marks/],
    [['cases', '--year', '2025/26'], 2, /^--year is for marks and corrections/],
    [['marks', '--year', '2025'], 2, /Write a school year such as 2025\/26/],
    [['marks', '--year', '2031/32'], 1, /^The school year 2031\/32 has not begun yet/],
    [['pupils', '--known-on', '2026-10-15'], 2, /^--known-on is for marks, corrections, cases, letters/],
    [['marks', '--known-on', '2026-10-17'], 1, /has not come yet/],
  ])('says what is wrong with %j, and leaves the file that was there', async (args, code, says) => {
    writeFileSync(out, 'of yesterday');
    expect(await command(...args)).toEqual({ code, said: expect.stringMatching(says) });
    expect([readFileSync(out, 'utf8'), readdirSync(folder)]).toEqual(['of yesterday', ['out.csv']]);
  });
});
