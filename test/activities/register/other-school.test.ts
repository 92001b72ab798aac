import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pupilLooker } from '../../../activities/matter/look-at-pupil.ts';
import { circumstancesOf } from '../../../activities/matter/pupil-circumstances.ts';
import { importRegisterFile } from '../../../activities/register/import-register-file.ts';
import { sessionKept } from '../../../policy/register/absence-elsewhere.ts';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import { absenceElsewhereOf, keepAbsence } from '../../../prisma/absence-elsewhere.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aRegister, csvOf, markCells, pupilCells, schoolId } from './a-register.ts';

type Row = Parameters<typeof markCells>[0];

const mill = 'mill';
const on = '2026-10-16';
const span = { from: '2026-09-01', to: on };
const mornings = ['2026-10-05', '2026-10-07', '2026-10-09', '2026-10-12', '2026-10-14'];
const afternoons = (no: string, days: readonly string[], code: string): Row[] => days.map((day) => [no, day, 'PM', code]);

let kiln: Awaited<ReturnType<typeof aRegister>>;

/** A child at two schools (A1), one at the first alone (A2), and one who left it for the second in October (A3). */
beforeAll(async () => {
  kiln = await aRegister({ pupils: ['A1', 'A2', 'A3'], on });
  const pack = 'learning-partners.yaml';
  await keepPack(kiln.db, readFileSync(new URL(`../../../policy/packs/${pack}`, import.meta.url), 'utf8'), pack);
  await kiln.db.school.update({ where: { id: schoolId }, data: { packId: 'learning-partners' } });
  const one = await kiln.db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const { seed: _, ...same } = one;
  await kiln.db.school.create({ data: { ...same, id: mill, name: 'Mill School', periodsOfFile: undefined } as never });
  const periods = await kiln.db.calendarPeriod.findMany({ where: { schoolId } });
  await kiln.db.calendarPeriod.createMany({
    data: periods.map(({ kind, label, fromDay, toDay }) => ({ schoolId: mill, kind, label, fromDay, toDay })),
  });
  await atMill('pupils', csvOf('pupils', [pupilCells('M1', 0), pupilCells('M3', 2, { on_roll_from: '2026-10-08' })]));
  await kiln.file('pupils', csvOf('pupils', [pupilCells('A3', 2, { on_roll_to: '2026-10-07' })]));
});
afterAll(() => kiln.end());

const atMill = (kind: ImportKind, content: string) =>
  importRegisterFile(kind, kiln.deps, () => Readable.from([Buffer.from(content)]), {
    schoolId: mill,
    fileName: `${kind}.csv`,
    by: null,
    on,
  });
const marksAtMill = (rows: readonly Row[]) => atMill('marks', csvOf('marks', rows.map(markCells)));
const lookedFor = async (no: string) =>
  kiln.db.outbox.findMany({ where: { matterId: await kiln.idOf(no), matterKind: 'pupil' } });
const look = async (no: string) => {
  const rows = await lookedFor(no);
  for (const { input } of rows)
    await pupilLooker({ ...kiln, now: Date.now })(await kiln.idOf(no), (input as { key: string }).key);
  await kiln.db.outbox.deleteMany({ where: { matterId: await kiln.idOf(no) } });
  return rows.length;
};
const casesOf = async (no: string) => kiln.db.attendanceCase.findMany({ where: { pupilId: await kiln.idOf(no) } });
const knownElsewhere = async (no: string) => {
  const id = await kiln.idOf(no);
  return ((await absenceElsewhereOf(kiln.db, [id], span)).get(id) ?? []).map((mark) => `${sessionKept(mark)} ${mark.source}`);
};

it('sessions at the child’s other school count towards a notice here, and nothing else of that school is read', async () => {
  await kiln.marks([...mornings.map((day): Row => ['A1', day, 'AM', 'U']), ...afternoons('A1', mornings, 'D')]);
  expect([await casesOf('A1'), await look('A1')]).toEqual([[], 0]);
  await marksAtMill([
    ...afternoons('M1', mornings.slice(0, 4), 'O'),
    ['M1', '2026-10-14', 'AM', 'D'],
    ['M1', '2026-10-15', 'AM', 'I'],
  ]);
  expect(await knownElsewhere('A1')).toEqual(
    mornings.slice(0, 4).map((day) => `${day} PM O Mill School: its register here, by the UPN`),
  );
  // Nine: it was looked at, and there is nothing to do.
  expect([await look('A1'), await casesOf('A1')]).toEqual([1, []]);
});

it('a mark there opens a case here as one here would, once; illness there wakes nobody', async () => {
  await marksAtMill(afternoons('M1', ['2026-10-15'], 'I'));
  expect(await look('A1')).toBe(0);
  await marksAtMill(afternoons('M1', ['2026-10-14'], 'O'));
  const [word] = await lookedFor('A1');
  await look('A1');
  const cases = await casesOf('A1');
  expect(cases).toMatchObject([{ status: 'open', schoolId, packId: 'learning-partners' }]);
  expect(await kiln.db.proposal.count({ where: { matterId: cases[0]?.id ?? '' } })).toBeGreaterThan(0);
  await pupilLooker({ ...kiln, now: Date.now })(await kiln.idOf('A1'), (word?.input as { key: string } | undefined)?.key ?? '');
  expect(await casesOf('A1')).toHaveLength(1);
  expect(await kiln.db.outbox.count({ where: { matterId: cases[0]?.id ?? '' } })).toBe(1);
});

it('a mark corrected there tells the open case here, as it was known then the other stands', async () => {
  const [open] = await casesOf('A1');
  await marksAtMill(afternoons('M1', ['2026-10-14'], 'I'));
  const words = await kiln.db.outbox.findMany({ where: { matterId: open?.id ?? '', kind: 'tell' } });
  expect(words).toMatchObject([{ schoolId, matterKind: 'case', input: { kind: 'register changed' } }]);
  const id = await kiln.idOf('A1');
  const counts = async (at?: Date) => (await absenceElsewhereOf(kiln.db, [id], span, at)).get(id)?.length ?? 0;
  // This school's date is a training one: a mark of it is known from its own day on.
  expect([await counts(new Date('2026-10-15T23:00:00Z')), await counts()]).toEqual([0, 4]);
});

it('recorded absence opens a case as well, and one that was opened meanwhile is told', async () => {
  await kiln.marks(mornings.map((day): Row => ['A2', day, 'AM', 'U']));
  expect(await casesOf('A2')).toEqual([]);
  const pupilId = await kiln.idOf('A2');
  const sessions = ['2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24', '2026-09-28'].map(
    (day) => ({ on: day, session: 'AM', code: 'O' }) as const,
  );
  const said = { pupilId, place: 'Eastfield Academy', source: 'A letter' };
  const by = { id: 'officer', role: 'attendance-officer' };
  await keepAbsence(kiln.db, { ...said, id: '00000000-0000-4000-8000-000000000001', sessions }, by, new Date());
  expect(await look('A2')).toBe(1);
  const [open] = await casesOf('A2');
  expect(open).toMatchObject({ status: 'open' });
  await pupilLooker({ ...kiln, now: Date.now })(pupilId, 'absence-elsewhere:later');
  expect(await kiln.db.outbox.findMany({ where: { matterId: open?.id ?? '', kind: 'tell' } })).toMatchObject([
    { input: { key: 'absence-elsewhere:later', kind: 'register changed' } },
  ]);
});

it('the school that a child left learns nothing of where it is now; the new one counts what was before', async () => {
  await kiln.marks(['2026-10-05', '2026-10-06'].map((day): Row => ['A3', day, 'AM', 'O']));
  await kiln.db.outbox.deleteMany();
  await marksAtMill(['2026-10-08', '2026-10-09'].map((day): Row => ['M3', day, 'AM', 'O']));
  expect([await lookedFor('A3'), await knownElsewhere('A3')]).toEqual([[], []]);
  const there = await kiln.db.pupil.findUniqueOrThrow({
    where: { schoolId_admissionNo: { schoolId: mill, admissionNo: 'M3' } },
  });
  const [found] = await kiln.db.$transaction((tx) => circumstancesOf(tx, [there.id], Date.now()));
  expect(found?.elsewhere.map(sessionKept)).toEqual(['2026-10-05 AM O', '2026-10-06 AM O']);
});

it('who comes from another school here is looked at, a child of a training school is nobody’s at a real one', async () => {
  await kiln.file('pupils', csvOf('pupils', [pupilCells('A4', 30)]));
  await kiln.marks(['2026-10-05', '2026-10-06'].map((day): Row => ['A4', day, 'AM', 'O']));
  await kiln.db.outbox.deleteMany();
  await atMill('pupils', csvOf('pupils', [pupilCells('M4', 30, { on_roll_from: '2026-10-08' })]));
  expect(await kiln.db.outbox.findMany()).toMatchObject([{ schoolId: mill, matterKind: 'pupil' }]);
  await kiln.db.school.update({ where: { id: mill }, data: { training: false, today: null } });
  expect(await knownElsewhere('A1')).toEqual([]);
  await kiln.db.school.update({ where: { id: mill }, data: { training: true, today: columnOf(on) } });
});
