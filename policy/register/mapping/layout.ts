import { addDays, type Day, longDay, weekday } from '../../calendar/day.ts';
import { counted } from '../../counted.ts';
import { cut } from '../../cut.ts';
import { lateAlone } from '../codes.ts';
import type { Session } from '../mark.ts';
import type { RawRow, Wrong } from '../raw-row.ts';
import { cellReader, guarded } from './cells.ts';
import { splitCodes } from './codes-in.ts';
import { readDate } from './dates.ts';
import { fold } from './fold.ts';
import { type Absent, type Headings, type Places, placesIn } from './headings.ts';
import { type Mapping, namesIn } from './mapping.ts';
import { type SessionColumn, sessionColumns } from './session-headings.ts';

/** What a row says: rows of our form. One that is left out says nothing, by the mapping. */
export type ReadCells = (row: number, cells: readonly string[]) => RawRow[];

/** How a mapping fits a heading: without `missing` it is the heading, without `wrongs` it can be read. */
export type Fit = {
  missing: number;
  found: number;
  wrongs: Wrong[];
  ignored: string[];
  absent: Absent[];
  reads(place: number): boolean;
  read: ReadCells;
};

export function fitting(mapping: Mapping, headings: Headings): Fit {
  const places = placesIn(mapping, headings);
  const taken = new Set(places.at.values());
  const wide = mapping.shape === 'wide' ? sessionColumns(mapping, headings.names, taken) : { columns: [], wrongs: [] };
  for (const { place } of wide.columns) taken.add(place);
  const others = headings.names.filter((name, i) => name !== '' && !taken.has(i));
  const without = mapping.shape === 'wide' && wide.columns.length === 0 ? [noSessions] : [];
  return {
    missing: places.missing + without.length,
    found: places.found + wide.columns.length,
    wrongs: [...places.wrongs, ...wide.wrongs, ...without, ...unknown(mapping, others)],
    ignored: others,
    absent: places.absent,
    reads: (place) => taken.has(place),
    read: reader(mapping, headings.names, places, wide.columns),
  };
}

const noSessions: Wrong = {
  column: '',
  value: '',
  cure: 'No heading can be read as a date and a session, for example "14/09/2026 AM"',
};

function unknown({ ignore, mapping }: Mapping, others: readonly string[]): Wrong[] {
  if (ignore === 'others') return [];
  const known = new Set(ignore.map(fold));
  return others
    .filter((name) => !known.has(fold(name)))
    .map((column) => ({
      column,
      value: '',
      cure: `The mapping "${mapping}" does not say what the column "${cut(column, 60)}" is: take it out, or let the mapping ignore it`,
    }));
}

function reader(mapping: Mapping, names: readonly string[], places: Places, sessions: readonly SessionColumn[]): ReadCells {
  const cellsOf = cellReader(mapping, names, places);
  if (mapping.shape === 'wide') return wideReader(mapping, cellsOf, sessions);
  if (mapping.shape === 'weekly') return weeklyReader(mapping, cellsOf, names, places);
  const code = codeReader(mapping);
  return (row, cells) => {
    const named = cellsOf.read(cells);
    if (mapping.kind === 'marks') {
      const said = code(named.code ?? '', named.session === 'PM' ? 'PM' : 'AM');
      if (said === null) return [];
      named.code = said;
    }
    return [{ row, cells: named, columns: cellsOf.columns }];
  };
}

/** Our code for what stands in a cell; null if nothing is said of the session. */
function codeReader({ codes, missing, unsaid }: Mapping): (text: string, session: Session) => string | null {
  const known = new Map(Object.entries(codes));
  return (text, session) => {
    const sign = guarded(text).trim();
    const ours = known.get(sign);
    if (ours !== undefined) return typeof ours === 'string' ? ours : ours[session];
    if (unsaid.includes(sign)) return null;
    // A blank that is no missing mark and not left out is the form's to refuse; it takes '' for a missing mark.
    return missing.includes(sign) ? '-' : sign || 'blank';
  };
}

type Cells = ReturnType<typeof cellReader>;

function wideReader(mapping: Mapping, { read, columns }: Cells, sessions: readonly SessionColumn[]): ReadCells {
  const code = codeReader(mapping);
  const both = mapping.wide?.sessions === 'both';
  const called = sessions.map(({ heading }) => ({ ...columns, date: heading, session: heading, code: heading }));
  return (row, cells) => {
    const named = read(cells);
    return sessions.flatMap((column, i): RawRow[] => {
      const text = cells[column.place] ?? '';
      const codes = both ? pairIn(guarded(text).trim()) : [text];
      const columnsOf = called[i] ?? columns;
      if (codes === null) {
        const cure = lateAlone(text) ?? 'The cell has to hold two codes, the morning’s and the afternoon’s';
        return [{ row, cells: named, columns: columnsOf, wrong: { column: column.heading, value: cut(text, 80), cure } }];
      }
      return column.sessions.flatMap((session, nth): RawRow[] => {
        const said = code(codes[nth] ?? '', session);
        return said === null ? [] : [{ row, cells: { ...named, date: column.date, session, code: said }, columns: columnsOf }];
      });
    });
  };
}

function pairIn(text: string): string[] | null {
  if (text === '') return ['', ''];
  const codes = splitCodes(text.replaceAll(/\s/g, ''));
  return codes?.length === 2 ? codes : null;
}

function weeklyReader(mapping: Mapping, { read, columns }: Cells, names: readonly string[], { at }: Places): ReadCells {
  const { week, marks, split, days } = mapping.weekly as NonNullable<Mapping['weekly']>;
  const code = codeReader(mapping);
  const placeOf = (of: string | string[]) => at.get(namesIn(of)[0] ?? '') ?? -1;
  const fixed = typeof week === 'object' && 'monday' in week ? week.monday : null;
  const weekAt = fixed === null ? placeOf(week as string | string[]) : -1;
  const marksAt = placeOf(marks);
  const [weekName = '', marksName = ''] = [names[weekAt], names[marksAt]];
  return (row, cells) => {
    const named = read(cells);
    const text = guarded(cells[marksAt] ?? '');
    const monday = fixed ?? readDate(guarded(cells[weekAt] ?? ''), mapping.dates);
    const codes = split === 'codes' ? splitCodes(text) : text.split(split);
    const cure = wrongWeek(monday, codes, days, text);
    if (monday === null || codes === null || cure !== null) {
      const ofWeek = monday === null || weekday(monday) !== 1;
      const [column, value] = ofWeek ? [weekName, cells[weekAt] ?? ''] : [marksName, text];
      return [{ row, cells: named, columns, wrong: { column, value: cut(value, 80), cure: cure ?? '' } }];
    }
    return codes.flatMap((sign, i): RawRow[] => {
      const session: Session = i % 2 === 0 ? 'AM' : 'PM';
      const nth = Math.floor(i / 2);
      const date = addDays(monday, 7 * Math.floor(nth / days) + (nth % days));
      const said = code(sign, session);
      if (said === null) return [];
      const heading = `${marksName}, ${date} ${session}`;
      return [{ row, cells: { ...named, date, session, code: said }, columns: { ...columns, date: heading, code: heading } }];
    });
  };
}

/** Why a string of codes cannot be laid over its weeks: one code too few, and all after it would be another day's. */
function wrongWeek(monday: Day | null, codes: readonly string[] | null, days: number, text: string): string | null {
  if (monday === null) return 'Write the Monday with which the week begins, in the mapping’s form of dates';
  if (weekday(monday) !== 1) return `The week has to begin on a Monday; this is ${longDay(monday)}`;
  if (codes !== null && codes.length > 0 && codes.length % (2 * days) === 0) return null;
  const late = lateAlone(text);
  if (late !== null) return late;
  if (codes === null) return 'A code begins with a figure: write codes of the national table';
  return `There ${codes.length === 1 ? 'is' : 'are'} ${counted(codes.length, 'code')}, and a week has ${2 * days}: write "-" for a mark that was not made`;
}
