import type { MarkRow } from '../../policy/register/csv-forms.ts';
import { schoolDays } from '../../policy/register/mark-day.ts';
import { calendarOn } from '../../prisma/register.ts';
import { stagedMarks } from '../../prisma/staged-rows.ts';
import { marksChecker } from './check-marks.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import type { Prepare } from './importer.ts';
import { knownPupils } from './known-pupils.ts';
import { looksWrong, outdatedMarks } from './look-at-mark.ts';
import { contradictions, mergeMarks } from './merge-marks.ts';
import { runImport } from './run-import.ts';
import { straightMarks } from './straight-marks.ts';

/**
 * Takes marks into the register: new ones are added, changed ones close what was believed before, equal ones are left.
 * Totals are counted again for the pupils touched; cases are opened or told in the same transaction.
 */
export const importMarks = (deps: ImportDeps, order: ImportOrder): Promise<ImportResult> => runImport(deps, order, marksImporter);

export const marksImporter: Prepare<MarkRow> = async (client, { schoolId, on }) => {
  const pupils = await knownPupils(client, schoolId);
  const calendar = await calendarOn(client, schoolId);
  const days = schoolDays(calendar, on);
  return {
    kind: 'marks',
    table: 'staged_mark',
    staging: (importId) => ({
      check: marksChecker(),
      into: 'staged_mark (import_id, n, row, pupil_id, day, session, code, minutes_late, reason)',
      look: (row) => looksWrong(row, pupils.get(row.admission_no), days),
      values: ({ admission_no, date, session, code, minutes_late, reason }, { n, row }) => [
        ...[importId, n, row, pupils.get(admission_no)?.id ?? null],
        ...[date, session, code, minutes_late ?? null, reason],
      ],
    }),
    problems: contradictions,
    outdated: (tx, importId) => outdatedMarks(tx, importId, days),
    cells: stagedMarks,
    merge: mergeMarks,
    straight: straightMarks({ pupils, days, client }),
  };
};
