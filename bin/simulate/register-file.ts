import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { readCalendar } from '../../activities/calendar/read-calendar.ts';
import { checkRow } from '../../activities/register/check-row.ts';
import { UnreadableFile, type Wrong } from '../../activities/register/raw-row.ts';
import { mappingOf } from '../../activities/register/reading/presets.ts';
import { readRegisterFile } from '../../activities/register/reading/read-register-file.ts';
import { addDays, type Day } from '../../policy/calendar/day.ts';
import { calendarFor, type SchoolCalendar, schoolCalendar, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import type { AuthorityProfile } from '../../policy/referral/authority.ts';
import { csvForms, type PupilRow } from '../../policy/register/csv-forms.ts';
import { type Mark, sessionId } from '../../policy/register/mark.ts';
import { calendarOfMarks } from '../../policy/simulate/calendar-of-marks.ts';
import { oneParent, type SimulatedPupil } from '../../policy/simulate/pupil.ts';
import type { SimulatedSchool } from '../../policy/simulate/school.ts';
import { national } from '../../prisma/authority-profiles.ts';
import { Obstacle } from '../obstacle.ts';

export type RegisterFiles = {
  marks: string;
  /** Who they are: without it nothing is known of pupils but their marks. */
  pupils?: string | undefined;
  /** Without it the school's days are those on which somebody was marked. */
  calendar?: string | undefined;
  /** How the files name their columns, where they are not in our own form. */
  mapping?: string | undefined;
  /** Without it the national profile is the authority's. */
  authority?: AuthorityProfile | undefined;
};

/**
 * The school, the way to one of its pupils (by admission number, or by UPN where the file of pupils tells it), and what of its calendar
 * could not be taken, and why.
 */
type InFiles = { school: SimulatedSchool; pupilOf: (named: string) => SimulatedPupil | undefined; notTaken: string[] };

/**
 * A school whose year is in files, as its own system exported it: no database is asked. A pupil is known by the admission number.
 * @throws Obstacle that says which rows are wrong, and how to mend them
 */
export async function schoolInFiles(files: RegisterFiles, { from, to }: { from: Day; to: Day }): Promise<InFiles> {
  const known = new Map(
    (files.pupils ? await rowsOf('pupils', csvForms.pupils, files.pupils, files.mapping) : []).map((row) => [
      row.admission_no,
      row,
    ]),
  );
  const since = schoolYearStart(addDays(from, -1));
  const all = await marksIn(files.marks, files.mapping, { from: since, to });
  // Who has none of the year itself had left before it.
  const marks = new Map([...all].filter(([, theirs]) => (theirs.at(-1)?.on ?? '') >= from));
  if (marks.size === 0) throw new Obstacle(`${files.marks} has no marks from ${from} to ${to}. Name the year that it is of.`);
  const { calendar, notTaken } = files.calendar
    ? await calendarIn(files.calendar, since)
    : { calendar: calendarOfMarks(daysOf(marks.values())), notTaken: [] };
  const calendars = new Map(
    [...known].map(([no, row]) => [no, calendarFor(calendar, { yearGroup: row.year_group, className: row.class })]),
  );
  const pupils = [...marks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([no, theirs]) => pupilOf(no, theirs, known.get(no), to));
  const school: SimulatedSchool = {
    ...{ calendar, pupils, authority: files.authority ?? national },
    calendarOf: (no): SchoolCalendar => calendars.get(no) ?? calendar,
  };
  const numbers = new Map([...known].map(([no, { upn }]) => [upn, no]));
  return { school, pupilOf: (named) => pupils.find(({ id }) => id === (numbers.get(named) ?? named)), notTaken };
}

function pupilOf(id: string, marks: readonly Mark[], row: PupilRow | undefined, to: Day): SimulatedPupil {
  const onRollFrom = row?.on_roll_from ?? marks[0]?.on ?? to;
  const theirs = marks.filter(({ on }) => on >= onRollFrom);
  const span = (first: Day | null | undefined, last: Day | null | undefined) => (first ? [{ from: first, to: last ?? to }] : []);
  return {
    ...{ id, onRollFrom, onRollTo: row?.on_roll_to ?? null, flags: row?.flags ?? [], recipients: oneParent },
    ...(row ? { born: row.date_of_birth, yearGroup: row.year_group } : {}),
    settlingIn: span(row?.integration_from, row?.integration_until),
    partTime: span(row?.part_time_from, row?.part_time_until),
    marksOn: () => theirs,
  };
}

/** The marks of these days, by pupil and in order of session. */
async function marksIn(
  file: string,
  mapping: string | undefined,
  { from, to }: { from: Day; to: Day },
): Promise<Map<string, Mark[]>> {
  const found = new Map<string, Map<string, Mark>>();
  for (const { admission_no: no, date: on, session, code } of await rowsOf('marks', csvForms.marks, file, mapping)) {
    if (on < from || on > to) continue;
    const theirs = found.get(no) ?? new Map<string, Mark>();
    found.set(no, theirs);
    const id = sessionId({ on, session });
    const other = theirs.get(id);
    if (other && other.code !== code)
      throw new Obstacle(`${file} says of pupil ${no} on ${id} both ${other.code} and ${code}. Keep the one that is right.`);
    theirs.set(id, { on, session, code });
  }
  return new Map(
    [...found].map(([no, theirs]) => [no, [...theirs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mark]) => mark)]),
  );
}

/** The days on which the school was open to somebody. */
const daysOf = (marks: Iterable<readonly Mark[]>): Day[] =>
  [...marks].flatMap((theirs) => theirs.flatMap(({ on, code }) => (code === '#' ? [] : [on])));

async function calendarIn(file: string, since: Day): Promise<{ calendar: SchoolCalendar; notTaken: string[] }> {
  const { rows, problems } = await readCalendar(file, { terms: [], since });
  if (problems.length > 0)
    throw wrongIn(
      file,
      problems.map(({ at, cure }) => `${at}: ${cure}`),
    );
  return {
    calendar: schoolCalendar(rows.flatMap(({ period }) => period ?? [])),
    notTaken: rows.flatMap(({ at, says, why }) => (why === null ? [] : [`${at}, ${says}: ${why}`])),
  };
}

/** Every row of a file, checked by its form. A mapping of another kind than the file's does not concern it. */
async function rowsOf<Row>(
  kind: 'marks' | 'pupils',
  form: z.ZodType<Row>,
  file: string,
  named: string | undefined,
): Promise<Row[]> {
  const mapping = named === undefined ? undefined : mappingOf(named);
  const rows: Row[] = [];
  const wrongs: ({ row: number } & Wrong)[] = [];
  try {
    const read = readRegisterFile(createReadStream(file), { kind, mapping: mapping?.kind === kind ? mapping : undefined });
    for await (const raw of read.rows) {
      const checked = checkRow(form, raw);
      if (checked.read === null) wrongs.push(...checked.wrongs.map((wrong) => ({ row: checked.row, ...wrong })));
      else rows.push(checked.read);
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    wrongs.push(...error.wrongs);
  }
  if (wrongs.length > 0)
    throw wrongIn(
      file,
      wrongs.map(({ row, column, cure }) => `row ${row}${column ? `, ${column}` : ''}: ${cure}`),
    );
  return rows;
}

const mostShown = 20;

function wrongIn(file: string, wrongs: readonly string[]): Obstacle {
  const more = wrongs.length > mostShown ? [`  and ${wrongs.length - mostShown} more`] : [];
  return new Obstacle(
    [`${path.basename(file)} cannot be read:`, ...wrongs.slice(0, mostShown).map((one) => `  ${one}`), ...more].join('\n'),
  );
}
