import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import pg from 'pg';
import { openCases } from '../../../activities/matter/open-cases.ts';
import { importMarks } from '../../../activities/register/import-marks.ts';
import { importRegisterFile } from '../../../activities/register/import-register-file.ts';
import type { ImportDeps } from '../../../activities/register/import-result.ts';
import type { RawRow } from '../../../activities/register/raw-row.ts';
import type { Day } from '../../../policy/calendar/day.ts';
import { columnsOf, type ImportKind } from '../../../policy/register/csv-forms.ts';
import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import { upnCheckLetter } from '../../../policy/register/upn.ts';
import { connect } from '../../../prisma/client.ts';
import { columnOf, dayOf } from '../../../prisma/day-column.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aDatabase } from '../../support/servers.ts';

export const schoolId = 'kiln';

export const upnOf = (n: number): string => {
  const rest = `8854001260${String(n).padStart(2, '0')}`;
  return upnCheckLetter(rest) + rest;
};

export const pupilCells = (no: string, n: number, over: Record<string, string> = {}) => ({
  admission_no: no,
  upn: upnOf(n),
  legal_name: `Pupil ${no}`,
  chosen_name: '',
  date_of_birth: '2013-01-15',
  year_group: '9',
  class: '9A',
  on_roll_from: '2026-09-02',
  on_roll_to: '',
  flags: '',
  ...over,
});

export const contactCells = (no: string, admissionNo: string, over: Record<string, string> = {}) => ({
  ...Object.fromEntries(columnsOf('contacts').all.map((column) => [column, ''])),
  contact_no: no,
  admission_no: admissionNo,
  full_name: `Parent ${no}`,
  relationship: 'Mother',
  parental_responsibility: 'yes',
  lives_with: 'yes',
  permission: 'full',
  priority: '1',
  email: `parent.${no.toLowerCase()}@families.example`,
  address: '1 Kiln Row; Oakbridge',
  postcode: 'OK1 1AA',
  ...over,
});

/** A CSV file of these rows, each cell in quotation marks; `without` are columns that it leaves out. */
export function csvOf(kind: ImportKind, rows: readonly Record<string, string>[], without: readonly string[] = []): string {
  const all = columnsOf(kind).all.filter((column) => !without.includes(column));
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  return [all.join(','), ...rows.map((row) => line(all.map((column) => row[column] ?? '')))].join('\n');
}

type Marked = [no: string, date: Day, session: string, code: string, reason?: string];
export const markCells = ([admission_no, date, session, code, reason = '']: Marked) => ({
  admission_no,
  date,
  session,
  code,
  reason,
});

/** A school with an empty register on a real database: a term from 2 September 2026 with a half-term and an INSET day. */
export async function aRegister({ pupils = ['A1', 'A2'], on = '2026-10-16' }: { pupils?: string[]; on?: Day } = {}) {
  const url = await aDatabase();
  const db = connect(url);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  await keepPack(
    db,
    readFileSync(new URL('../../../policy/packs/gloucestershire.yaml', import.meta.url), 'utf8'),
    'gloucestershire.yaml',
  );
  const place = { address: ['1 High Street'], phone: '01452 000000', email: 'office@kiln.example' };
  await db.authority.create({ data: { id: 'shire', name: 'The Shire', ...place } });
  await db.school.create({
    data: {
      id: schoolId,
      name: 'Kiln School',
      ...place,
      authorityId: 'shire',
      packId: 'gloucestershire',
      training: true,
      today: columnOf(on),
    },
  });
  const period = (kind: string, from: Day, to: Day) => ({
    schoolId,
    kind,
    label: kind,
    fromDay: columnOf(from),
    toDay: columnOf(to),
  });
  await db.calendarPeriod.createMany({
    data: [
      period('term', '2025-09-02', '2026-07-21'),
      period('term', '2026-09-02', '2026-12-18'),
      period('half-term', '2026-10-26', '2026-10-30'),
      period('inset', '2026-09-25', '2026-09-25'),
      period('term', '2027-01-04', '2027-07-21'),
    ],
  });
  const opened: string[][] = [];
  const deps: ImportDeps = {
    db,
    pool,
    lockWaitMs: 10_000,
    openCases: (tx, opening) => {
      opened.push([...opening.pupilIds]);
      return openCases(tx, Date.now(), opening);
    },
  };
  const file = (
    kind: ImportKind,
    content: string | Buffer | Readable,
    over: Partial<ImportDeps> & { on?: Day; limitBytes?: number; mapping?: Mapping } = {},
  ) => {
    const { on: day = on, limitBytes, mapping, ...other } = over;
    // A stream comes once, as from a pipe; anything else can be read again.
    const source = content instanceof Readable ? content : () => Readable.from([Buffer.from(content)]);
    const order = {
      schoolId,
      fileName: `${kind}.csv`,
      by: null,
      on: day,
      mapping,
      ...(limitBytes === undefined ? {} : { limitBytes }),
    };
    return importRegisterFile(kind, { ...deps, ...other }, source, order);
  };
  await file(
    'pupils',
    csvOf(
      'pupils',
      pupils.map((no, i) => pupilCells(no, i)),
    ),
  );
  const idOf = async (no: string) =>
    (await db.pupil.findUniqueOrThrow({ where: { schoolId_admissionNo: { schoolId, admissionNo: no } } })).id;
  return {
    url,
    db,
    pool,
    deps,
    file,
    idOf,
    /** The pupils for whom each import asked for cases. */
    opened,
    marks: (rows: readonly Marked[], over: Parameters<typeof file>[2] = {}) =>
      file('marks', csvOf('marks', rows.map(markCells)), over),
    /** The same rows straight from memory, as a training school's clock feeds them. */
    fed: (rows: readonly Marked[], day: Day = on) =>
      importMarks(deps, {
        schoolId,
        rows: rows.map((row, i): RawRow => ({ row: i + 2, cells: markCells(row) })),
        fileName: 'fed',
        sha256: day,
        by: null,
        on: day,
      }),
    /** The register as it is believed now, in words. */
    async believed(no: string) {
      const marks = await db.mark.findMany({
        where: { pupilId: await idOf(no), knownUntil: null },
        orderBy: [{ day: 'asc' }, { session: 'asc' }],
      });
      return marks.map(({ day, session, code }) => `${dayOf(day)} ${session} ${code}`);
    },
    async left() {
      const [marks, rows] = await Promise.all([db.stagedMark.count(), db.stagedRow.count()]);
      return marks + rows;
    },
    end: () => Promise.all([db.$disconnect(), pool.end()]),
  };
}
