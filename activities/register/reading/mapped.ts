import { headingsOf } from '../../../policy/register/mapping/headings.ts';
import { type Fit, fitting } from '../../../policy/register/mapping/layout.ts';
import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import { UnreadableFile, type Wrong } from '../raw-row.ts';
import type { GridRow } from './grid.ts';
import type { How } from './how.ts';
import { ragged } from './own-form.ts';
import { headingWithin, type Layout, type Sheet } from './sheet.ts';

/** A file as a mapping says it is. */
export function mapped(mapping: Mapping, how: How): Sheet {
  const { row: only, rows: high } = mapping.heading;
  const fitOf = (rows: readonly GridRow[]): Fit => fitting(mapping, headingsOf(rows.slice(-high).map(({ cells }) => cells)));
  return {
    within: Math.max(headingWithin, (only ?? 0) + high - 1),
    layout(rows) {
      const row = rows.at(-1)?.row ?? 0;
      if (rows.length < high || (only !== undefined && row !== only + high - 1)) return null;
      const found = fitOf(rows);
      if (found.missing > 0 && only === undefined) return null;
      if (found.wrongs.length > 0) throw refused(row, found.wrongs);
      if (found.absent.length > 0) how.notes.push(lacking(found.absent));
      if (mapping.shape !== 'long') how.notes.push(withoutMinutes);
      if (found.ignored.length > 0) how.notes.push(`Columns that are not read: ${found.ignored.join(', ')}`);
      return layout(found, width(rows.slice(-high)));
    },
    refusal(rows) {
      const [first] = rows;
      if (!first) return refused(1, [{ column: '', value: '', cure: 'The file is empty: export it again' }]);
      const tried = rows.slice(high - 1).map((row, i) => ({ row: row.row, ...fitOf(rows.slice(0, i + high)) }));
      const likest = tried.reduce((best, one) => (one.found > best.found ? one : best), tried[0] ?? { row: 1, ...fitOf(rows) });
      return refused(likest.row, likest.wrongs);
    },
  };
}

const width = (rows: readonly GridRow[]): number => Math.max(...rows.map(({ cells }) => cells.length));

const refused = (row: number, wrongs: readonly Wrong[]): UnreadableFile =>
  new UnreadableFile(wrongs.slice(0, 50).map((one) => ({ row, ...one })));

const withoutMinutes =
  'Minutes late are not read from this layout, as no print is known that shows them: those that are known already stay';

const lacking = (absent: Fit['absent']): string => {
  const columns = absent.map(({ column, field }) => `${column} (${field})`).join(', ');
  return `The file has no column ${columns}: it is taken to be empty there, and what was known of it goes`;
};

const layout = ({ read, reads }: Fit, columns: number): Layout => ({
  width: columns,
  reads,
  read: ({ row, cells }) => (cells.length === columns ? read(row, cells) : [{ row, cells: {}, wrong: ragged(cells, columns) }]),
});
