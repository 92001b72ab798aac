import { columnsOf } from '../csv-forms.ts';
import { commonValues, yesOrNo } from './common-values.ts';
import { readDate } from './dates.ts';
import { isDateField } from './form.ts';
import type { Places } from './headings.ts';
import { type Mapping, namesIn, type Part, partsOf } from './mapping.ts';

type Cell = (cells: readonly string[]) => string;

/** Without the apostrophe that keeps a spreadsheet from taking a cell for a formula. */
export const guarded = (text: string): string => (text.startsWith("'") && /^'[=+\-@]/.test(text) ? text.slice(1) : text);

/** Reads a row's cells by our names, and tells what the file calls each. What no column gives is a constant, or empty. */
export function cellReader(mapping: Mapping, names: readonly string[], { at }: Places) {
  const columns: Record<string, string> = {};
  const given: Record<string, string> = { ...emptyForm(mapping), ...mapping.constants };
  const { optional } = columnsOf(mapping.kind);
  const readers = Object.entries(mapping.columns).flatMap(([field, source]): [string, Cell][] => {
    const { parts, between, whole } = partsOf(source);
    const placed = parts.flatMap((part): [Part, number][] => {
      const place = at.get(namesIn(part.column)[0] ?? '');
      return place === undefined ? [] : [[part, place]];
    });
    if (placed.length === 0 && optional.includes(field)) return [];
    columns[field] = placed.map(([, place]) => names[place] ?? '').join(' and ') || field;
    return [[field, inOurWords(mapping, field, joined(placed, between, whole ? parts.length : 1))]];
  });
  const read = (cells: readonly string[]): Record<string, string> => {
    const named = { ...given };
    for (const [field, cell] of readers) named[field] = cell(cells);
    return named;
  };
  return { columns, read };
}

/** Columns of our form that a file may do without are empty; the optional ones are not there. */
function emptyForm({ kind }: Mapping): Record<string, string> {
  const { all, optional } = columnsOf(kind);
  return Object.fromEntries(all.filter((field) => !optional.includes(field)).map((field) => [field, '']));
}

function joined(placed: readonly [Part, number][], between: string, least: number): Cell {
  const cells = placed.map(([part, place]) => partReader(part, place));
  const [only] = cells;
  if (only && cells.length === 1 && least === 1) return only;
  return (row) => {
    const texts = cells.map((cell) => cell(row)).filter((text) => text !== '');
    return texts.length < least ? '' : texts.join(between);
  };
}

function partReader({ values, empty = '', swap }: Part, place: number): Cell {
  const ours = values && new Map(Object.entries(values).map(([theirs, word]) => [theirs.trim().toLowerCase(), word]));
  return (cells) => {
    const text = guarded(cells[place] ?? '').trim();
    if (text === '') return empty;
    const said = ours?.get(text.toLowerCase()) ?? ours?.get(yesOrNo(text) ?? '*') ?? ours?.get('*') ?? text;
    return swap ? said.replace(/^([^,]+),\s*(.+)$/, '$2 $1') : said;
  };
}

/** What cannot be put into our words is left as it is, for the form to say what is wrong with it. */
function inOurWords({ kind, dates }: Mapping, field: string, cell: Cell): Cell {
  if (isDateField(kind, field)) return dayReader(cell, dates);
  const common = commonValues(kind, field);
  return common ? (cells) => common(cell(cells)) : cell;
}

/** A file has few dates and many cells with them, so that each is worked out once, and again when there have been many. */
function dayReader(cell: Cell, dates: Mapping['dates']): Cell {
  const known = new Map<string, string>();
  return (cells) => {
    const text = cell(cells);
    const day = known.get(text) ?? readDate(text, dates) ?? text;
    if (known.size > 1_000) known.clear();
    known.set(text, day);
    return day;
  };
}
