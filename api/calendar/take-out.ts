import { z } from 'zod';
import { calendarColumns, rowOf } from '../../policy/calendar/calendar-form.ts';
import { periodsOf } from '../../prisma/calendar.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { school } from '../register/reach.ts';
import { csv } from '../web/csv.ts';
import type { Download } from '../web/route.ts';
import { apiFile, page } from '../web/routes.ts';
import type { Asking } from './facts.ts';
import { icsOf } from './ics.ts';

/** The calendar in the form in which it comes in. */
async function csvFile({ deps, user }: Asking): Promise<Download> {
  const { id } = await schoolOf(deps.db, user);
  const rows = (await periodsOf(deps.db, id)).map(rowOf);
  return { file: `calendar-${id}.csv`, type: 'text/csv', content: csv([...calendarColumns.all], rows) };
}

/** The same as any calendar shows it. */
async function icsFile({ deps, user, at }: Asking): Promise<Download> {
  const { id, name } = await schoolOf(deps.db, user);
  return { file: `calendar-${id}.ics`, type: 'text/calendar', content: icsOf(name, await periodsOf(deps.db, id), new Date(at)) };
}

const icsSaid = { path: '/calendar/calendar.ics', may: school, summary: 'The calendar, as an iCalendar file' };
const csvSaid = { path: '/calendar/calendar.csv', may: school, summary: 'The calendar, as a CSV file' };

/** The calendar, taken out by people and by machines. */
export const calendarFiles = [
  page({ ...csvSaid, handle: csvFile }),
  apiFile({ ...csvSaid, method: 'get', name: 'exportCalendarCsv', params: z.object({}), sends: 'text/csv', handle: csvFile }),
  page({ ...icsSaid, handle: icsFile }),
  apiFile({
    ...icsSaid,
    method: 'get',
    name: 'exportCalendarIcs',
    params: z.object({}),
    sends: 'text/calendar',
    handle: icsFile,
  }),
];
