import { z } from 'zod';
import { schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { capital } from '../../policy/capital.ts';
import { columnsOf } from '../../policy/register/csv-forms.ts';
import { type ExportKind, exportedRows } from '../../prisma/exports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { keepers } from '../register/reach.ts';
import { csv } from '../web/csv.ts';
import type { Ctx, Download } from '../web/route.ts';
import { apiFile, page } from '../web/routes.ts';

const kinds = Object.keys(exportedRows) as ExportKind[];

const what: Record<ExportKind, string> = {
  pupils: 'The school’s pupils',
  contacts: 'Everyone the school knows for its pupils',
  marks: 'The marks of this school year',
  cases: 'All cases',
  letters: 'All letters',
  leave: 'All requests for leave, a row for each decision',
};

/** In their order, and there though no row is. */
const columns: Record<ExportKind, string[]> = {
  pupils: columnsOf('pupils').all,
  contacts: columnsOf('contacts').all,
  marks: columnsOf('marks').all,
  cases: [
    ...['admission_no', 'name', 'class', 'status', 'stage', 'headline', 'opened_on', 'closed_on', 'next_on', 'next'],
    ...['sessions_attended', 'sessions_possible'],
  ],
  leave: [
    ...['admission_no', 'name', 'class', 'from', 'to', 'reason', 'asked_by', 'received_on', 'standing'],
    ...[
      'decision',
      'decided_on',
      'decided_by',
      'decided_as',
      'why',
      'taken_back_on',
      'taken_back_by',
      'taken_back_as',
      'taken_back_why',
    ],
  ],
  letters: ['reference', 'admission_no', 'name', 'letter', 'to', 'channel', 'status', 'why', 'approved_on', 'sent_on'],
};

/** The rows of one kind as a file, made while it is sent. */
async function exported({ deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>, kind: ExportKind): Promise<Download> {
  const school = await schoolOf(deps.db, user);
  const today = todayAt(school, at);
  const of = { schoolId: school.id, schoolYear: schoolYearOf(today), from: schoolYearStart(today), to: today };
  return { file: `${kind}-${today}.csv`, type: 'text/csv', content: csv(columns[kind], exportedRows[kind](deps.db, of)) };
}

/** A school's data, taken out as CSV by its people and by machines. */
export const exportRoutes = kinds.flatMap((kind) => {
  const said = { path: `/exports/${kind}`, may: keepers, summary: `${what[kind]}, as a CSV file` };
  const handle = (ctx: Pick<Ctx, 'deps' | 'user' | 'at'>) => exported(ctx, kind);
  return [
    page({ ...said, handle }),
    apiFile({ ...said, method: 'get', name: `export${capital(kind)}`, params: z.object({}), sends: 'text/csv', handle }),
  ];
});
