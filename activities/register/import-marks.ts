import { csvForms, type MarkRow } from '../../policy/register/csv-forms.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { type KnownPupil, knownPupils } from './known-pupils.ts';
import { looksWrong, type SchoolDays, schoolDays } from './look-at-mark.ts';
import { contradictions, mergeMarks } from './merge-marks.ts';
import { type Importer, runImport } from './run-import.ts';

/**
 * Takes marks into the register: new ones are added, changed ones close what was believed before, equal ones are left.
 * Totals are counted again for the pupils touched; cases are opened or told in the same transaction.
 */
export const importMarks = (deps: ImportDeps, order: ImportOrder): Promise<ImportResult> =>
  runImport(deps, order, async () => {
    const pupils = await knownPupils(deps.db, order.schoolId);
    return marksImporter(pupils, schoolDays(await calendarOf(deps.db, order.schoolId), order.on));
  });

const marksImporter = (pupils: ReadonlyMap<string, KnownPupil>, days: SchoolDays): Importer<MarkRow> => ({
  kind: 'marks',
  table: 'staged_mark',
  staging: (importId) => ({
    form: csvForms.marks,
    into: 'staged_mark (import_id, row, pupil_id, day, session, code, reason)',
    look: (row) => looksWrong(row, pupils.get(row.admission_no), days),
    values: (row, number) => [
      importId,
      number,
      pupils.get(row.admission_no)?.id ?? null,
      row.date,
      row.session,
      row.code,
      row.reason,
    ],
  }),
  problems: contradictions,
  merge: mergeMarks,
});
