import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lookAtRegisterFile } from '../../../activities/register/import-register-file.ts';
import { started } from '../../../activities/register/import-row.ts';
import { recount } from '../../../activities/register/recount.ts';
import { takeImport } from '../../../activities/register/take-import.ts';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { codeTable } from '../../../policy/register/codes.ts';
import type { Session } from '../../../policy/register/mark.ts';
import { pupilFigures } from '../../../policy/register/measures/pupil-figures.ts';
import { totalsIn } from '../../../policy/register/measures/totals.ts';
import { pupilRegister } from '../../../policy/register/pupil-register.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { fingerprint } from '../../../prisma/imports.ts';
import { calendarOf, marksOf, totalsOf } from '../../../prisma/register.ts';
import { aRegister, csvOf, markCells, schoolId } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister();
});
afterAll(() => school.end());

type Row = [no: string, on: string, session: string, code: string];
type Marks = [...Row, reason: string];
const codes = [...codeTable.filter(({ until }) => until === null).map(({ code }) => code), '-'];
const years = { '2025/26': { from: '2025-09-01', to: '2026-08-31' }, '2026/27': { from: '2026-09-01', to: '2027-08-31' } };

/** The register forgets what it has to keep: only whoever owns the database can make it. */
const emptied = () =>
  school.db.$transaction([
    school.db.$executeRaw`SET LOCAL session_replication_role = replica`,
    school.db.$executeRaw`TRUNCATE mark, pupil_total`,
  ]);

describe('any register', () => {
  it('has totals equal to what its marks say, whatever the order and the corrections', async () => {
    await school.db.pupil.updateMany({ data: { onRollFrom: new Date('2026-06-01') } });
    const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-07-10', '2026-09-11');
    const row = fc.tuple(
      fc.constantFrom('A1', 'A2'),
      fc.constantFrom(...days),
      fc.constantFrom('AM', 'PM'),
      fc.constantFrom(...codes),
    );
    const oneFile = fc.uniqueArray(row, { maxLength: 25, selector: ([no, day, session]) => `${no} ${day} ${session}` });
    await fc.assert(
      fc.asyncProperty(fc.array(oneFile, { minLength: 1, maxLength: 3 }), async (files) => {
        for (const rows of files) expect((await school.fed(rows)).status).toBe('done');
        for (const no of ['A1', 'A2']) {
          const pupilId = await school.idOf(no);
          for (const [year, span] of Object.entries(years)) {
            const { attended, possible, authorised, unauthorised } = totalsIn(await marksOf(school.db, pupilId, span), span);
            const kept = (await totalsOf(school.db, pupilId, year)) ?? {
              attended: 0,
              possible: 0,
              authorised: 0,
              unauthorised: 0,
            };
            expect(kept).toMatchObject({ attended, possible, authorised, unauthorised });
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is the same whatever the order in which its files came', async () => {
    const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-09-14', '2026-09-24');
    const files = days.map(
      (day, i) =>
        [
          ['A1', day, 'AM', codes[i * 3]],
          ['A2', day, 'PM', codes[i * 2]],
        ] as [string, string, string, string][],
    );
    const totalsAfter = async (order: typeof files) => {
      await emptied();
      for (const rows of order) await school.fed(rows);
      const all = await school.db.pupilTotal.findMany({ orderBy: { pupilId: 'asc' } });
      return [all, await school.believed('A1'), await school.believed('A2')];
    };
    expect(await totalsAfter([...files].reverse())).toEqual(await totalsAfter(files));
  });

  it('is the same whether a file could go straight in or was staged', async () => {
    const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-09-14', '2026-09-16');
    const row = fc.tuple(
      fc.constantFrom('A1', 'A2'),
      fc.constantFrom(...days),
      fc.constantFrom('AM', 'PM'),
      fc.constantFrom('/', 'I', '-'),
      fc.constantFrom('', 'He rang', '\\t'),
    );
    const files = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 });
    const leftBy = async (take: (rows: Marks[]) => ReturnType<typeof school.fed>, all: Marks[][]) => {
      await emptied();
      const said = [];
      for (const rows of all) {
        const { status, rows: read, added, changed, unchanged, problems } = await take(rows);
        said.push({ status, read, added, changed, unchanged, problems: problems.map(({ row: at, cure }) => `${at} ${cure}`) });
      }
      const totals = await school.db.pupilTotal.findMany({ orderBy: { pupilId: 'asc' } });
      const reasons = await school.db.mark.findMany({
        select: { reason: true },
        orderBy: [{ pupilId: 'asc' }, { day: 'asc' }, { session: 'asc' }, { knownFrom: 'asc' }],
      });
      return [said, totals, reasons, await school.believed('A1'), await school.believed('A2')];
    };
    await fc.assert(
      fc.asyncProperty(files, async (all) => {
        expect(await leftBy(school.marks, all)).toEqual(await leftBy(school.fed, all));
      }),
      { numRuns: 15 },
    );
  });

  it('has every figure again when a correction is taken back, and keeps what was known between', async () => {
    await emptied();
    const pupilId = await school.idOf('A1');
    const calendar = await calendarOf(school.db, 'kiln');
    const days = schoolDaysBetween(calendar, '2026-09-02', '2026-10-09');
    const session = fc.tuple(fc.constantFrom(...days), fc.constantFrom<Session>('AM', 'PM'));
    const figures = async (knownAt?: Date) => {
      const marks = await marksOf(school.db, pupilId, years['2026/27'], knownAt);
      return pupilFigures(pupilRegister({ marks, calendar, on: '2026-10-16', onRollFrom: '2026-09-02', onRollTo: null }));
    };
    const first = days.flatMap((on, i) => [
      ['A1', on, 'AM', i % 7 === 3 ? 'I' : '/'] as Row,
      ['A1', on, 'PM', i % 11 === 5 ? 'U' : '\\'] as Row,
    ]);
    await school.fed(first, '2026-10-12');
    const before = await figures();
    const corrections = fc.uniqueArray(fc.tuple(session, fc.constantFrom(...codes)), {
      minLength: 1,
      maxLength: 12,
      selector: ([[on, when]]) => `${on} ${when}`,
    });
    await fc.assert(
      fc.asyncProperty(corrections, async (wrong) => {
        const changed = new Set(wrong.map(([[on, when]]) => `${on} ${when}`));
        await school.fed(
          wrong.map(([[on, when], code]) => ['A1', on, when, code] as Row),
          '2026-10-14',
        );
        await school.fed(
          first.filter(([, on, when]) => changed.has(`${on} ${when}`)),
          '2026-10-16',
        );
        expect(await figures()).toEqual(before);
        expect(await figures(new Date('2026-10-13T00:00:00Z'))).toEqual(before);
      }),
      { numRuns: 5 },
    );
  });

  it('has totals of the time on roll alone, whenever the pupil is said to have joined and left', async () => {
    await emptied();
    await school.db.pupil.updateMany({ data: { onRollFrom: columnOf('2026-06-01'), onRollTo: null } });
    const pupilId = await school.idOf('A1');
    const calendar = await calendarOf(school.db, 'kiln');
    const days = schoolDaysBetween(calendar, '2026-07-01', '2026-10-09');
    await school.fed(
      days.flatMap((on, i) => [['A1', on, 'AM', codes[i % codes.length]] as Row, ['A1', on, 'PM', i % 3 ? '/' : 'O'] as Row]),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...days), fc.constantFrom(...days, null), async (onRollFrom, onRollTo) => {
        const data = { onRollFrom: columnOf(onRollFrom), onRollTo: onRollTo === null ? null : columnOf(onRollTo) };
        await school.db.pupil.update({ where: { id: pupilId }, data });
        await school.db.$transaction((tx) =>
          recount(tx, { pupilIds: [pupilId], from: '2026-07-01', to: '2026-10-09', on: '2026-10-16' }),
        );
        for (const [year, span] of Object.entries(years)) {
          const marks = await marksOf(school.db, pupilId, span);
          const known = { on: span.to, marks, calendar, onRollFrom, onRollTo };
          const { attended, possible, authorised, unauthorised } = totalsIn(pupilRegister(known).marks, span);
          expect(await totalsOf(school.db, pupilId, year)).toMatchObject({ attended, possible, authorised, unauthorised });
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('any file that somebody looks at and takes', () => {
  it('has each of its rows stored or among the rejected, and no other', async () => {
    await emptied();
    const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-09-14', '2026-09-16');
    // Of a pupil nobody knows, on a Sunday, of no session, with no code, and right ones: some of one session.
    const row = fc.tuple(
      fc.constantFrom('A1', 'A2', 'A1', 'A2', 'nobody'),
      fc.constantFrom(...days, ...days, '2026-09-13', 'never'),
      fc.constantFrom('AM', 'PM', 'AM', 'PM', 'noon'),
      fc.constantFrom('/', 'I', 'O', 'Q9'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        await emptied();
        const importId = randomUUID();
        const of = { schoolId, fileName: 'marks.csv', by: null };
        await started(school.db, importId, 'marks', 'waiting', of);
        const content = csvOf('marks', rows.map(markCells));
        const order = { ...of, on: '2026-10-16', importId, mapping: undefined };
        await lookAtRegisterFile('marks', school.deps, () => Readable.from([Buffer.from(content)]), order);
        const { status, effects } = await school.db.registerImport.findUniqueOrThrow({ where: { id: importId } });
        if (status === 'looked')
          await takeImport(school.deps, { ...of, on: order.on, importId, seen: fingerprint(effects), leaveOutRejected: true });
        const { rows: read, ...counts } = await school.db.registerImport.findUniqueOrThrow({ where: { id: importId } });
        expect([read, counts.added + counts.changed + counts.unchanged + counts.rejected]).toEqual([rows.length, rows.length]);
        const rejected = await school.db.rejectedRow.findMany({ where: { importId } });
        expect(rejected).toHaveLength(counts.rejected);
        const left = new Set(rejected.map(({ row: at }) => at));
        const stored = rows.flatMap(([no, ...mark], i) => (left.has(i + 2) ? [] : [`${no} ${mark.join(' ')}`]));
        const believed = [];
        for (const no of ['A1', 'A2']) believed.push(...(await school.believed(no)).map((mark) => `${no} ${mark}`));
        expect(believed.sort()).toEqual([...new Set(stored)].sort());
      }),
      { numRuns: 25 },
    );
  });
});
