import { weekday } from '../../calendar/day.ts';
import { lateAlone } from '../codes.ts';
import { columnsOf, type ImportKind, importKinds, isHeadingOf } from '../csv-forms.ts';
import { splitCodes } from './codes-in.ts';
import { type DateForm, readDate } from './dates.ts';
import { fold } from './fold.ts';
import { isDateField } from './form.ts';
import { headingsOf } from './headings.ts';
import { fitting } from './layout.ts';
import { Mapping, namesIn, type Part, partsOf, type Source } from './mapping.ts';
import { sessionColumns } from './session-headings.ts';

/** What a person has to look at before a guess is used: a column of the file, or one of ours that none gives. */
export type Unsure = { column: string; says: string };

/**
 * How a file is likely to be read. `mapping` is null if it is in our own form, or if too little of it is known to read it:
 * then `unsure` says what is missing. `preset` is the mapping that fits as it is.
 */
export type Guess = { ownForm: boolean; preset: string | null; mapping: Mapping | null; headingRow: number; unsure: Unsure[] };

type Table = readonly (readonly string[])[];

/**
 * Guesses from the first rows of a table, headings among them, how it becomes one of our forms. It decides nothing: what it
 * found goes before a person. A file of our own form is known by its heading alone.
 */
export function guessMapping(kind: ImportKind, table: Table, presets: readonly Mapping[]): Guess {
  // Of a file that could not be read nothing is known, also not that a column is missing.
  if (table.length === 0) return { ownForm: false, preset: null, mapping: null, headingRow: 1, unsure: [] };
  const own = table.findIndex((row) => isHeadingOf(kind, row));
  if (own >= 0) return { ownForm: true, preset: null, mapping: null, headingRow: own + 1, unsure: [] };
  const known = presets.filter((one) => one.kind === kind);
  const guess = presetThatFits(known, table) ?? madeUp(kind, table, known);
  const others = guess.mapping ? [] : importKinds.filter((one) => one !== kind && looksLike(one, table, presets));
  const unsure = others.map((one) => ({ column: '', says: `The file looks like one of ${one}, not of ${kind}` }));
  return { ...guess, unsure: [...unsure, ...guess.unsure] };
}

const looksLike = (kind: ImportKind, table: Table, presets: readonly Mapping[]): boolean =>
  table.some((row) => isHeadingOf(kind, row)) ||
  presetThatFits(
    presets.filter((one) => one.kind === kind),
    table,
  ) !== null;

/** The preset that finds the most of its columns, of those that can read the file as it is. Others that fit as well are told. */
function presetThatFits(presets: readonly Mapping[], table: Table): Guess | null {
  const fits = presets.flatMap((mapping) => {
    for (let row = mapping.heading.rows - 1; row < table.length; row++) {
      const fit = fitting(mapping, headingsOf(table.slice(row - mapping.heading.rows + 1, row + 1)));
      if (fit.wrongs.length === 0) return [{ ...fit, mapping, row }];
    }
    return [];
  });
  const most = Math.max(...fits.map(({ found }) => found));
  // One that leaves nothing out says more of the file than one that would ignore what it does not know.
  const lenient = (one: Mapping) => Number(one.ignore === 'others');
  const likest = fits.filter(({ found }) => found === most).sort((a, b) => lenient(a.mapping) - lenient(b.mapping));
  const [best, ...equals] = likest;
  if (!best) return null;
  const { mapping, row, absent, ignored } = best;
  const also = equals.map((one) => one.mapping.mapping).join(', ');
  const unsure = [
    ...(also === '' ? [] : [{ column: '', says: `These mappings fit as well: ${also}` }]),
    ...doubtfulDates(mapping, table, row),
    ...absent.map(({ column, field }) => ({
      column,
      says: `The file does not have it: ${field} is taken to be empty there, and what was known of it goes`,
    })),
    ...ignored.map((column) => ({ column, says: 'This column is not read' })),
  ];
  return { ownForm: false, preset: mapping.mapping, mapping, headingRow: row + 1, unsure };
}

/** What presets call each column of ours, with its own name: what a column may be known by. */
function lexicon(kind: ImportKind, presets: readonly Mapping[]): Map<string, Source[]> {
  const sources = new Map<string, Source[]>(columnsOf(kind).all.map((field) => [field, [[field]]]));
  for (const { columns } of presets)
    for (const [field, source] of Object.entries(columns)) sources.set(field, [...(sources.get(field) ?? []), source]);
  return sources;
}

/** A mapping put together from what single columns are called, and what stands in them. */
function madeUp(kind: ImportKind, table: Table, presets: readonly Mapping[]): Guess {
  const words = lexicon(kind, presets);
  const scored = table.map((row) => sourcesIn(words, row).size + sessionsIn(row).length);
  const at = scored.indexOf(Math.max(...scored, 0));
  const heading = table[Math.max(at, 0)] ?? [];
  const below = table.slice(at + 1);
  const columns = sourcesIn(words, heading);
  const shape = kind === 'marks' ? shapeOf(heading, below) : { shape: 'long' as const };
  if (shape.shape !== 'long') for (const field of ['date', 'session', 'code']) columns.delete(field);
  const dates = datesIn(kind, columns, heading, below, shape.shape);
  const parsed = Mapping.safeParse({
    ...{ mapping: 'guessed', title: 'Guessed from the file', 'rests on': 'the names of its columns and its first rows' },
    ...{ kind, dates, ignore: 'others', columns: Object.fromEntries(columns), ...shape },
    ...(shape.shape === 'wide' ? { missing: ['-'], unsaid: [''] } : {}),
  });
  const missing = columnsOf(kind)
    .all.filter((field) => parsed.error?.issues.some(({ message }) => message.includes(`"${field}"`)))
    .map((field) => ({ column: field, says: 'No column of the file looks like this one' }));
  if (!parsed.success)
    return {
      ownForm: false,
      preset: null,
      mapping: null,
      headingRow: at + 1,
      unsure: [...missing, ...unreadIn(heading, columns)],
    };
  const { ignored } = fitting(parsed.data, headingsOf([heading]));
  const guessed = [...columns].map(([field, source]) => ({
    column: namesOf(source).join(' and '),
    says: `It looks like ${field}`,
  }));
  const unread = ignored.map((column) => ({ column, says: 'This column is not read' }));
  const unsure = [...guessed, ...doubtfulDates(parsed.data, table, at), ...unread];
  return { ownForm: false, preset: null, mapping: parsed.data, headingRow: at + 1, unsure };
}

const namesOf = (source: Source): string[] => partsOf(source).parts.map(({ column }) => namesIn(column)[0] ?? '');

const unreadIn = (heading: readonly string[], columns: ReadonlyMap<string, Source>): Unsure[] => {
  const known = new Set([...columns.values()].flatMap(namesOf).map(fold));
  return heading
    .filter((name) => name.trim() !== '' && !known.has(fold(name)))
    .map((column) => ({ column, says: 'What is this column?' }));
};

/** The columns of ours that a heading has, each from the first source of which it has every part that is needed. */
function sourcesIn(words: ReadonlyMap<string, readonly Source[]>, heading: readonly string[]): Map<string, Source> {
  const there = new Map(heading.map((name) => [fold(name), name.trim()]));
  const found = new Map<string, Source>();
  for (const [field, sources] of words) {
    const source = sources.flatMap((one) => narrowed(one, there) ?? [])[0];
    if (source !== undefined) found.set(field, source);
  }
  return found;
}

/** A source with only the columns that are there; null if one that it needs is not. */
function narrowed(source: Source, there: ReadonlyMap<string, string>): Source | null {
  const { parts, between, whole } = partsOf(source);
  const kept: Part[] = [];
  for (const part of parts) {
    const name = namesIn(part.column).find((one) => there.has(fold(one)));
    if (name !== undefined) kept.push({ ...part, column: there.get(fold(name)) ?? name });
    else if (whole || !part.optional) return null;
  }
  if (kept.length === 0) return null;
  const [only] = kept;
  return kept.length === 1 && only && between === '' ? only : { join: kept, with: between, whole };
}

const sessionsIn = (heading: readonly string[]): string[] => {
  const probe = { dates: 'british' as const } as Mapping;
  return sessionColumns(probe, heading, new Set()).columns.map(({ heading: name }) => name);
};

type Shape = Pick<Mapping, 'shape' | 'weekly'>;

function shapeOf(heading: readonly string[], below: Table): Shape {
  if (sessionsIn(heading).length > 0) return { shape: 'wide' };
  const cellsOf = (place: number) => below.map((row) => row[place]?.trim() ?? '').filter((cell) => cell !== '');
  const placeOf = (fits: (cells: readonly string[]) => boolean) =>
    heading.findIndex((_, i) => cellsOf(i).length > 0 && fits(cellsOf(i)));
  // Somebody may have been away for a whole week; that everybody was in every week is not to be believed.
  const marks = placeOf((cells) => cells.every(holdsWeek) && cells.some((cell) => /[/\\]/.test(cell)));
  const days = (cells: readonly string[]) => cells.map((cell) => readDate(cell, 'british'));
  // A date of birth is a date too, but nobody's class was born on Mondays.
  const mondays = placeOf((cells) => days(cells).every((day) => day !== null && weekday(day) === 1));
  const week = mondays >= 0 ? mondays : placeOf((cells) => !days(cells).includes(null));
  if (marks < 0 || week < 0) return { shape: 'long' };
  return { shape: 'weekly', weekly: { week: heading[week] ?? '', marks: heading[marks] ?? '', split: 'codes', days: 5 } };
}

/** A figure beside a late code does not make it another layout: which cell has one is said when the file is read. */
const holdsWeek = (cell: string): boolean =>
  (splitCodes(cell)?.length ?? 0) >= 10 || (cell.length >= 10 && lateAlone(cell) !== null);

function datesIn(
  kind: ImportKind,
  columns: ReadonlyMap<string, Source>,
  heading: readonly string[],
  below: Table,
  shape: Mapping['shape'],
): DateForm {
  if (shape !== 'long') return 'british';
  const places = [...columns].filter(([field]) => isDateField(kind, field)).flatMap(([, source]) => placesOf(source, heading));
  const cells = below.flatMap((row) => places.map((place) => row[place]?.trim() ?? '')).filter((cell) => cell !== '');
  const likely: DateForm[] = ['iso', 'british', 'excel-1900'];
  return likely.find((form) => cells.every((cell) => readDate(cell, form) !== null)) ?? 'british';
}

const placesOf = (source: Source, heading: readonly string[]): number[] =>
  namesOf(source).flatMap((name) => heading.flatMap((one, i) => (fold(one) === fold(name) ? [i] : [])));

/** Dates in figures that could be month and day as well as day and month, as long as none shows which. */
function doubtfulDates({ kind, columns, dates, shape, wide }: Mapping, table: Table, headingAt: number): Unsure[] {
  if (dates === 'excel-1900' || dates === 'excel-1904')
    return [{ column: '', says: 'Dates are written as numbers and are counted from 1900: look whether they are right' }];
  if (dates !== 'british') return [];
  const heading = table[headingAt] ?? [];
  const places = Object.entries(columns)
    .filter(([field]) => isDateField(kind, field))
    .flatMap(([, source]) => partsOf(source).parts.flatMap(({ column }) => placesOf(namesIn(column), heading)));
  const cells =
    shape === 'wide' || wide ? heading : table.slice(headingAt + 1).flatMap((row) => places.map((at) => row[at] ?? ''));
  const inFigures = cells.flatMap((cell) => {
    const [, day, month] = /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}/.exec(cell) ?? [];
    return day === undefined || month === undefined ? [] : [{ day: Number(day) }];
  });
  if (inFigures.length === 0 || inFigures.some(({ day }) => day > 12)) return [];
  return [{ column: '', says: 'Dates are read as day, month, year, and none of the first rows shows whether that is right' }];
}
