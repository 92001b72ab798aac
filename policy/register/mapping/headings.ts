import { columnsOf } from '../csv-forms.ts';
import type { Wrong } from '../raw-row.ts';
import { fold } from './fold.ts';
import { type Mapping, namesIn, partsOf } from './mapping.ts';

/** The heading of a file: what each column is called; in a heading of two rows both names together, and each alone. */
export type Headings = { names: string[]; alone: string[][] };

/** A name in the upper of two rows counts for the columns to its right as well, as a date stands over its two sessions. */
export function headingsOf(rows: readonly (readonly string[])[]): Headings {
  const [upper = [], lower] = rows;
  if (!lower) return { names: upper.map((name) => name.trim()), alone: upper.map(() => []) };
  const width = Math.max(upper.length, lower.length);
  const both: string[] = [];
  let above = '';
  for (let i = 0; i < width; i++) {
    above = upper[i]?.trim() || above;
    both.push(`${above} ${lower[i]?.trim() ?? ''}`.trim());
  }
  return { names: both, alone: both.map((_, i) => [lower[i] ?? '', upper[i] ?? '']) };
}

/** Where the columns of a mapping stand in a file, and what is wrong with its heading. */
export type Places = { at: ReadonlyMap<string, number>; wrongs: Wrong[]; missing: number; found: number; absent: Absent[] };

/** A column that a file lacks, and need not have. Its cells of ours are empty, and what was known of them before goes. */
export type Absent = { column: string; field: string };

/** Finds by name each column that a mapping reads. `at` has the first of a column's names. */
export function placesIn(mapping: Mapping, headings: Headings): Places {
  const byName = new Map<string, number[]>();
  for (const [i, name] of headings.names.entries())
    for (const one of new Set([name, ...(headings.alone[i] ?? [])].map(fold))) {
      if (one !== '') byName.set(one, [...(byName.get(one) ?? []), i]);
    }
  const at = new Map<string, number>();
  const wrongs: Wrong[] = [];
  const absent: Absent[] = [];
  const given = new Set<string>();
  const { optional: sayNothing } = columnsOf(mapping.kind);
  let missing = 0;
  for (const { names, field, optional } of columnsRead(mapping)) {
    const name = names.find((one) => byName.has(fold(one)));
    const [first = '', ...others] = names;
    const [place, second] = (name !== undefined && byName.get(fold(name))) || [];
    if (place !== undefined) {
      at.set(first, place);
      given.add(field);
    }
    if (place !== undefined && second !== undefined)
      wrongs.push({ column: headings.names[place] ?? '', value: '', cure: `The column "${name}" is there twice: keep one` });
    if (place !== undefined) continue;
    if (optional) {
      absent.push({ column: first, field });
      continue;
    }
    missing++;
    const or = others.length > 0 ? ` (or ${others.map((one) => `"${one}"`).join(', ')})` : '';
    wrongs.push({ column: first, value: '', cure: `The column "${first}"${or} is missing: it gives "${field}"` });
  }
  // A field that no column gives says nothing where our form may lack it; one that some give is read without the others.
  const read = absent.filter(({ field }) => given.has(field) || !sayNothing.includes(field));
  return { at, wrongs, missing, found: at.size, absent: read };
}

/** Every column that a mapping names, with what it is for. */
function columnsRead({ columns, weekly }: Mapping): { names: string[]; field: string; optional: boolean }[] {
  const read = Object.entries(columns).flatMap(([field, source]) =>
    partsOf(source).parts.map(({ column, optional = false }) => ({ names: namesIn(column), field, optional })),
  );
  if (!weekly) return read;
  const { week, marks } = weekly;
  if (typeof week === 'string' || Array.isArray(week)) read.push({ names: namesIn(week), field: 'date', optional: false });
  return [...read, { names: namesIn(marks), field: 'code', optional: false }];
}
