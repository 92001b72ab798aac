import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { columnsOf, csvForms, type ImportKind, importKinds } from '../../../policy/register/csv-forms.ts';
import { csvText, trainingFiles } from '../../../policy/training/csv.ts';

describe('the training school as files', () => {
  const files = trainingFiles('2026-09-02', '2026-09-15');
  const rowsOf = (kind: ImportKind): Record<string, string>[] => parse(files[kind], { columns: true });

  it.each(importKinds)('%s: every row is one that the import takes', (kind) => {
    expect(files[kind].split('\r\n')[0]).toBe(columnsOf(kind).all.join(','));
    expect(rowsOf(kind).filter((row) => !csvForms[kind].safeParse(row).success)).toEqual([]);
  });

  it('has all pupils, and one mark for each of their sessions, as last found out', () => {
    expect(rowsOf('pupils')).toHaveLength(1060);
    const marks = rowsOf('marks');
    expect(marks).toHaveLength(10 * 2 * 1060);
    expect(new Set(marks.map((row) => `${row.admission_no} ${row.date} ${row.session}`)).size).toBe(marks.length);
    expect(marks.some(({ reason }) => reason !== '')).toBe(true);
    expect(marks.some(({ minutes_late: minutes }) => minutes !== '')).toBe(true);
  });

  it('puts quotes where a cell needs them', () => {
    const [row] = parse(csvText('pupils', [{ legal_name: 'Zoë "Zo" O\'Brien, senior' }]), { columns: true }) as {
      legal_name: string;
    }[];
    expect(row?.legal_name).toBe('Zoë "Zo" O\'Brien, senior');
  });
});
