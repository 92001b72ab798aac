import { addDays, type Day, longDay, plainMonth, shortDay } from '../../policy/calendar/day.ts';
import type { View } from '../web/route.ts';
import { printed } from '../web/sheet.ts';
import { type Asking, attendanceReturn, dailySummary, sicknessReturn } from './facts.ts';
import { irregularSheet, sicknessSheet, summarySheet, tenDaySheet } from './sheets.ts';

/** The attendance return of a month, with the rule it rests on. */
export async function attendanceView(ctx: Asking, asked: { month?: string | undefined }): Promise<View> {
  const facts = await attendanceReturn(ctx, asked);
  const at = (month: string, as?: string) => `/returns/attendance?month=${month}${as ? `&as=${as}` : ''}`;
  const { month, from, to, tenDays, irregular } = facts;
  return {
    template: 'returns/attendance.njk',
    model: {
      ...{ title: `Attendance return, ${plainMonth(month)}`, rules: facts.rules },
      says: `Counted up to ${longDay(to)}, as the register is known now.`,
      before: { href: at(addDays(from, -1).slice(0, 7)), text: plainMonth(addDays(from, -1).slice(0, 7)) },
      after:
        to < addDays(from, 27)
          ? null
          : { href: at(addDays(from, 32).slice(0, 7)), text: plainMonth(addDays(from, 32).slice(0, 7)) },
      tenDays: tenDays.length > 0 ? printed(tenDaySheet(facts, 'page'), at(month, 'csv')) : null,
      irregular: irregular.length > 0 ? printed(irregularSheet(facts, 'page'), at(month, 'irregular')) : null,
    },
  };
}

/** The sickness return as it stands on a day. */
export async function sicknessView(ctx: Asking, asked: { on?: Day | undefined }): Promise<View> {
  const { on, rows, rules } = await sicknessReturn(ctx, asked);
  const [seen, expected] = [rows.filter(({ why }) => why === 'seen'), rows.filter(({ why }) => why !== 'seen')];
  const csv = `/returns/sickness?on=${on}&as=csv`;
  return {
    template: 'returns/sickness.njk',
    model: {
      ...{ title: `Sickness return, ${shortDay(on)}`, on, rules },
      says: `Counted up to ${longDay(on)}, as the register is known now.`,
      csv: rows.length > 0 ? csv : null,
      seen: seen.length > 0 ? printed(sicknessSheet(seen, on, 'page')) : null,
      expected: expected.length > 0 ? printed(sicknessSheet(expected, on, 'page')) : null,
    },
  };
}

/** How a day went, by class of code. */
export async function summaryView(ctx: Asking, asked: { on?: Day | undefined }): Promise<View> {
  const { on, groups, rules, schoolDay } = await dailySummary(ctx, asked);
  const classes = groups.filter(({ of }) => of === 'class');
  const csv = `/returns/daily?on=${on}&as=csv`;
  return {
    template: 'returns/daily.njk',
    model: {
      ...{ title: `Daily summary, ${shortDay(on)}`, on, rules, schoolDay, csv },
      says: `${longDay(on)}, as the register is known now.`,
      whole: printed(
        summarySheet(
          groups.filter(({ of }) => of !== 'class'),
          on,
          'The school and its year groups',
        ),
      ),
      classes: printed(summarySheet(classes, on, 'Classes')),
    },
  };
}
