import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import type { TextEncoding } from './encodings.ts';

export type Format = 'csv' | 'tsv' | 'semicolons' | 'bars' | 'xlsx';

/** How a file was read, for the person who brought it. All of it is known once its rows have been read. */
export type How = {
  format: Format;
  /** Null in a workbook. */
  encoding: TextEncoding | null;
  /** The name of the mapping; "our own form" without one. */
  mapping: string;
  /** The row that names the columns, the first being 1; null until it is found. */
  headingRow: number | null;
  /** Rows under the heading in which something is written. */
  rows: number;
  blankRows: number;
  /** Rows that say nothing by the mapping, such as those of a pupil without a session. */
  silentRows: number;
  /** What a person should look at before they import. */
  notes: string[];
};

/** Nothing known yet but the mapping. */
export const howWith = (mapping: Mapping | undefined): How => ({
  format: 'csv',
  encoding: 'utf-8',
  mapping: mapping?.mapping ?? 'our own form',
  headingRow: null,
  rows: 0,
  blankRows: 0,
  silentRows: 0,
  notes: [],
});
