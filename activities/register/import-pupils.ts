import { csvForms, type PupilRow } from '../../policy/register/csv-forms.ts';
import { tellOfElsewhere, withOtherSchools } from '../../prisma/absence-elsewhere.ts';
import type { Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { stagedPeople } from '../../prisma/staged-rows.ts';
import { checkRow } from './check-row.ts';
import { followChange } from './follow-change.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { type Found, importKey, type Merged, type Merging, type Prepare } from './importer.ts';
import { changesBetween } from './keep-changes.ts';
import { mostProblems } from './raw-row.ts';
import { recount } from './recount.ts';
import { runImport } from './run-import.ts';
import { columns, differs, known, overwrite } from './upsert-columns.ts';

/** Takes pupils into the register by admission number. Who is not in the file stays as they are. */
export const importPupils = (deps: ImportDeps, order: ImportOrder): Promise<ImportResult> =>
  runImport(deps, order, pupilsImporter);

export const pupilsImporter: Prepare<PupilRow> = async (_, { schoolId }) => ({
  kind: 'pupils',
  table: 'staged_row',
  staging: (importId) => ({
    check: (raw) => checkRow(csvForms.pupils, raw),
    into: 'staged_row (import_id, n, row, body)',
    look: () => [],
    values: (row, place) => [importId, place.n, place.row, JSON.stringify(row)],
  }),
  async problems(tx, importId) {
    await arrive(tx, importId, schoolId);
    return [...(await twice(tx)), ...(await upnOfAnother(tx, schoolId))];
  },
  outdated: async () => [],
  cells: stagedPeople,
  merge: mergePupils,
});

/** What a pupils file may leave out, besides a chosen name and flags. */
const optional = ['on_roll_to', 'dual_registration', 'other_school', 'home_authority']
  .concat(['part_time_from', 'part_time_until', 'part_time_review'])
  .concat(['integration_from', 'integration_until']);

/**
 * Lays the staged pupils out in columns, once for all that looks at them. Who is called by the legal name follows it when that
 * is put right.
 */
const arrive = (tx: Tx, importId: string, schoolId: string): Promise<number> => tx.$executeRaw`
  CREATE TEMPORARY TABLE arriving_pupil ON COMMIT DROP AS
  SELECT s.n, s.row, p.id AS pupil_id, coalesce(nullif(a.chosen_name, ''), a.legal_name) AS called, a.date_of_birth AS born, a.*
  FROM staged_row AS s LEFT JOIN pupil AS p ON p.school_id = ${schoolId} AND p.admission_no = s.body->>'admission_no',
    jsonb_to_record(${known(optional, 'p')} || jsonb_build_object('flags', coalesce(p.flags, '{}'),
      'chosen_name', nullif(p.chosen_name, p.legal_name)) || s.body) AS a (admission_no text, upn text, legal_name text,
    chosen_name text, date_of_birth date, year_group int, class text, on_roll_from date, on_roll_to date, flags text[],
    dual_registration text, other_school text, home_authority text, part_time_from date, part_time_until date, part_time_review date,
    integration_from date, integration_until date)
  WHERE s.import_id = ${importId}::uuid`;

/** A pupil named twice with different content, or two pupils with one UPN. */
async function twice(tx: Tx): Promise<Found[]> {
  const rows = await tx.$queryRaw<
    { row: number; first: number; admissionNo: string; firstNo: string; upn: string; with: number[] }[]
  >`
    SELECT a.row, b.row AS first, b."with", a.admission_no AS "admissionNo", b.admission_no AS "firstNo", a.upn
    FROM arriving_pupil AS a
    JOIN LATERAL (
      SELECT e.*, array_agg(e.n) OVER () || a.n AS "with" FROM arriving_pupil AS e
      WHERE e.n < a.n AND (e.admission_no = a.admission_no OR e.upn = a.upn)
      ORDER BY e.n LIMIT 1
    ) AS b ON to_jsonb(a) - '{n,row}'::text[] <> to_jsonb(b) - '{n,row,with}'::text[]
    ORDER BY a.row LIMIT ${mostProblems}`;
  return rows.map(({ row, first, admissionNo, firstNo, upn, with: all }) => ({
    ...{ row, with: all },
    ...(admissionNo === firstNo
      ? {
          ...{ column: 'admission_no', value: admissionNo },
          cure: `Row ${first} says other things of the same pupil: keep one of the two`,
        }
      : { column: 'upn', value: upn, cure: `Row ${first} gives this UPN to another pupil: mend one of the two` }),
  }));
}

async function upnOfAnother(tx: Tx, schoolId: string): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ n: number; row: number; upn: string; admissionNo: string }[]>`
    SELECT a.n, a.row, a.upn, p.admission_no AS "admissionNo" FROM arriving_pupil AS a
    JOIN pupil AS p ON p.school_id = ${schoolId} AND p.upn = a.upn AND p.admission_no <> a.admission_no
    ORDER BY a.row LIMIT ${mostProblems}`;
  return rows.map(({ n, row, upn, admissionNo }) => ({
    ...{ row, with: [n], column: 'upn', value: upn },
    cure: `The pupil with admission number ${admissionNo} has this UPN: mend the UPN or the admission number`,
  }));
}

const pupil = ['upn', 'legal_name', 'chosen_name', 'born', 'year_group', 'class_name', 'on_roll_from', 'flags'].concat(optional);

/**
 * Writes new pupils and changed ones. A changed day of joining or leaving changes what counts, so their totals are counted again. Who
 * comes from another school here, or turns out to be a child of one, brings from there what counts towards a penalty notice.
 */
async function mergePupils(merging: Merging): Promise<Merged> {
  const { tx, order } = merging;
  const otherwise = await knownOtherwise(tx, order.schoolId, asked);
  const otherDays = await knownOtherwise(tx, order.schoolId, onRoll);
  const otherChild = await knownOtherwise(tx, order.schoolId, ['upn']);
  await merging.onChanges?.(whichChange);
  const touched = await tx.$queryRaw<{ id: string; added: boolean }[]>`
    INSERT INTO pupil AS p (id, school_id, admission_no, ${columns(pupil)})
    SELECT DISTINCT ON (admission_no) gen_random_uuid(), ${order.schoolId}, admission_no, upn, legal_name, called,
      born, year_group, class, on_roll_from, flags, ${columns(optional)}
    FROM arriving_pupil ORDER BY admission_no, n
    ON CONFLICT (school_id, admission_no) DO UPDATE SET ${overwrite(pupil)} WHERE ${differs(pupil, 'p', 'excluded')}
    RETURNING p.id, (xmax = 0) AS added`;
  const there = touched.filter(({ added }) => !added).map(({ id }) => id);
  await moveToNewClass(tx, there);
  const recounted = await recount(tx, { pupilIds: there, ...(await daysOf(tx, there)), on: order.on });
  const counting = recounted.map((one) => ({ ...one, towardsNotice: otherDays.has(one.pupilId) }));
  const cases = await followChange(merging, counting, otherDays, otherwise);
  const comes = touched.flatMap(({ id, added }) => (added || otherChild.has(id) ? [id] : []));
  await tellOfElsewhere(tx, await withOtherSchools(tx, comes), importKey(merging.importId));
  return { added: touched.length - there.length, changed: there.length, ...cases };
}

/** What waits for the class teacher of a pupil who changes class is the new teacher's from now on. */
async function moveToNewClass(tx: Tx, pupilIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE proposal SET class_name = p.class_name FROM pupil AS p
    WHERE p.id = proposal.pupil_id AND p.id = ANY (${[...pupilIds]}::uuid[]) AND matter_kind = 'case'
      AND status IN ('open', 'held') AND proposal.class_name IS DISTINCT FROM p.class_name`;
}

/** What the form calls otherwise than the register does. */
const inForm: Record<string, string> = { born: 'date_of_birth', class_name: 'class' };
const whichChange = Prisma.sql`SELECT a.n, a.row, p.id, NULL, NULL, NULL, ${changesBetween(
  pupil.map((name) => {
    const column = inForm[name] ?? name;
    return { column, was: `p.${name}`, now: column === 'chosen_name' ? 'a.called' : `a.${column}` };
  }),
)} AS changes
  FROM (SELECT DISTINCT ON (admission_no) * FROM arriving_pupil ORDER BY admission_no, n) AS a JOIN pupil AS p ON p.id = a.pupil_id`;

/** What decides which marks count: other days change the figures of letters that went, as a corrected mark does. */
const onRoll = ['on_roll_from', 'on_roll_to'];

/** What policies and the law ask of a pupil beside marks, and what decides which marks count. */
const asked = [
  'flags',
  'born',
  'year_group',
  ...onRoll,
  'part_time_from',
  'part_time_until',
  'integration_from',
  'integration_until',
];

/** Pupils of whom the file says any of that otherwise than it is known. */
async function knownOtherwise(tx: Tx, schoolId: string, asked: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM pupil AS p
    JOIN (SELECT DISTINCT ON (admission_no) * FROM arriving_pupil ORDER BY admission_no, n) AS a
      ON p.school_id = ${schoolId} AND p.admission_no = a.admission_no
    WHERE ${differs(asked, 'p', 'a')}`;
  return new Set(rows.map(({ id }) => id));
}

/** The first and last day on which these pupils have marks. */
async function daysOf(tx: Tx, pupilIds: string[]): Promise<{ from: string | undefined; to: string | undefined }> {
  const [days] = await tx.$queryRaw<{ from: string | null; to: string | null }[]>`
    SELECT min(day)::text AS "from", max(day)::text AS "to" FROM mark WHERE pupil_id = ANY (${pupilIds}::uuid[])`;
  return { from: days?.from ?? undefined, to: days?.to ?? undefined };
}
