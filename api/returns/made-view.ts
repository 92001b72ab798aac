import { plainMonth, shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { instant } from '../letters/words.ts';
import type { Ctx, Download, View } from '../web/route.ts';
import { personWords } from '../web/shapes.ts';
import { sheetFile } from '../web/sheet.ts';
import { asMade, madeSoFar } from './made.ts';
import { irregularSheet, sicknessSheet, tenDaySheet } from './sheets.ts';
import { attendanceModel, sicknessModel } from './views.ts';

type Row = Awaited<ReturnType<typeof madeSoFar>>['rows'][number];

const titleOf = ({ kind, of }: Row): string =>
  kind === 'attendance' ? `Attendance return, ${plainMonth(of)}` : `Sickness return, ${shortDay(of)}`;

const madeWords = ({ madeAt, madeBy, named }: Row): string =>
  `Made on ${instant(new Date(madeAt))}${madeBy ? ` by ${personWords(madeBy)}` : ''}. It named ${counted(named, 'pupil')}`;

/** The newest returns that were made, a line each. */
export const madeLines = async (ctx: Pick<Ctx, 'deps' | 'user'>) =>
  (await madeSoFar(ctx)).rows.slice(0, 20).map((row) => ({
    ...{ href: `/returns/made/${row.id}`, title: titleOf(row), says: madeWords(row), note: row.note },
  }));

/** A return as it was made: the same tables, and no form. */
export async function madeView(ctx: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<View> {
  const { db } = ctx.deps;
  const { attendance, sickness, ...row } = await asMade(ctx, id);
  const at = (as: string) => `/returns/made/${id}?as=${as}`;
  const made = { says: madeWords(row), note: row.note };
  if (attendance)
    return { template: 'returns/attendance.njk', model: { ...(await attendanceModel(db, attendance, at, true)), made } };
  if (sickness)
    return { template: 'returns/sickness.njk', model: { ...(await sicknessModel(db, sickness, at('csv'), true)), made } };
  throw new Error(`Return ${id} is of no kind that is known`);
}

/** What it said, as the file that could be taken out of it then. */
export async function madeFile(ctx: Pick<Ctx, 'deps' | 'user'>, id: string, as: 'csv' | 'irregular'): Promise<Download> {
  const { attendance, sickness } = await asMade(ctx, id);
  if (attendance) return sheetFile(as === 'irregular' ? irregularSheet(attendance, 'file') : tenDaySheet(attendance, 'file'));
  if (sickness) return sheetFile(sicknessSheet(sickness.rows, sickness.on, 'file'));
  throw new Error(`Return ${id} is of no kind that is known`);
}
