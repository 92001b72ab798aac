import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { addDays, type Day, longDay, plainMonth, shortDay } from '../../policy/calendar/day.ts';
import type { Db } from '../../prisma/client.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { View } from '../web/route.ts';
import { printed } from '../web/sheet.ts';
import { type Asking, asking, type Known } from './asking.ts';
import { attendanceReturn, dailySummary, sicknessReturn } from './facts.ts';
import type { AttendanceReturn, SicknessReturn } from './shapes.ts';
import { irregularSheet, sicknessSheet, summarySheet, tenDaySheet } from './sheets.ts';

/** What somebody typed into the form that records a return as made. */
type Typed = Record<string, unknown>;

/** How far what is counted was known; `made` of a return that was made. */
const known = (knownOn: Day | null, made = false): string =>
  knownOn === null
    ? `as the register ${made ? 'was known when it was made' : 'is known now'}`
    : `as the register was known at the end of ${longDay(knownOn)}. The school’s calendar, who is on roll and who they live with are as they are now`;

/** An address of a return with what is asked of it; what is null is not asked. */
function address(path: string, asked: Record<string, string | null>): string {
  const said = Object.entries(asked).filter((one): one is [string, string] => one[1] !== null);
  return `${path}?${new URLSearchParams(said)}`;
}

/** The form that records a return as made, with what it is of. */
const madeForm = (of: Record<string, string | null>, typed: Typed) => ({
  fields: Object.entries(of).flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
  typed,
  decisionKey: randomUUID(),
});

type Attendance = z.infer<typeof AttendanceReturn>;
type Named = { pupil: { id: string; name: string } };

/** Calls the pupils of rows so that nobody who reads a page takes one for another; a file tells them apart by UPN. */
async function namesApart(db: Db, rows: readonly Named[]) {
  const ids = rows.map(({ pupil }) => pupil.id);
  const called = await toldApart(db, ids);
  return <Row extends Named>(row: Row): Row => ({ ...row, pupil: { ...row.pupil, name: called(row.pupil) } });
}

/** What an attendance return says, now or when it was made; `csv` is where its tables can be had as files. */
export async function attendanceModel(db: Db, said: Attendance, csv: (as: 'csv' | 'irregular') => string, made = false) {
  const apart = await namesApart(db, [...said.tenDays, ...said.irregular]);
  const facts = { ...said, tenDays: said.tenDays.map(apart), irregular: said.irregular.map(apart) };
  const { month, to, knownOn, tenDays, irregular, irregularDays, rules } = facts;
  return {
    ...{ title: `Attendance return, ${plainMonth(month)}`, rules, month, knownOn: knownOn ?? '', irregularDays },
    says: `Counted up to ${longDay(to)}, ${known(knownOn, made)}.`,
    tenDays: tenDays.length > 0 ? printed(tenDaySheet(facts, 'page'), csv('csv')) : null,
    irregular: irregular.length > 0 ? printed(irregularSheet(facts, 'page'), csv('irregular')) : null,
  };
}

/** The attendance return of a month, with the rule it rests on. */
export async function attendanceView(
  ctx: Asking,
  asked: { month?: string | undefined } & Known,
  typed: Typed = {},
): Promise<View> {
  const facts = await attendanceReturn(ctx, asked);
  const { month, from, knownOn, seen } = facts;
  const { today } = await asking(ctx, {});
  const [before, after] = [addDays(from, -1).slice(0, 7), addDays(from, 32).slice(0, 7)];
  const at = (of: string) => address('/returns/attendance', { month: of });
  return {
    template: 'returns/attendance.njk',
    model: {
      ...(await attendanceModel(ctx.deps.db, facts, (as) => address('/returns/attendance', { month, knownOn, as }))),
      before: { href: at(before), text: plainMonth(before) },
      after: `${after}-01` > today ? null : { href: at(after), text: plainMonth(after) },
      form: madeForm({ kind: 'attendance', month, knownOn, seen }, typed),
    },
  };
}

/** What a sickness return says, now or when it was made; `csv` is where it can be had as a file. */
export async function sicknessModel(db: Db, said: z.infer<typeof SicknessReturn>, csv: string, made = false) {
  const { on, knownOn, rules } = said;
  const rows = said.rows.map(await namesApart(db, said.rows));
  const [seen, expected] = [rows.filter(({ why }) => why === 'seen'), rows.filter(({ why }) => why !== 'seen')];
  return {
    ...{ title: `Sickness return, ${shortDay(on)}`, on, knownOn: knownOn ?? '', rules },
    says: `Counted up to ${longDay(on)}, ${known(knownOn, made)}.`,
    csv: rows.length > 0 ? csv : null,
    seen: seen.length > 0 ? printed(sicknessSheet(seen, on, 'page')) : null,
    expected: expected.length > 0 ? printed(sicknessSheet(expected, on, 'page')) : null,
  };
}

/** The sickness return as it stands on a day. */
export async function sicknessView(ctx: Asking, asked: { on?: Day | undefined } & Known, typed: Typed = {}): Promise<View> {
  const facts = await sicknessReturn(ctx, asked);
  const { on, knownOn, seen } = facts;
  return {
    template: 'returns/sickness.njk',
    model: {
      ...(await sicknessModel(ctx.deps.db, facts, address('/returns/sickness', { on, knownOn, as: 'csv' }))),
      form: madeForm({ kind: 'sickness', on, knownOn, seen }, typed),
    },
  };
}

/** How a day went, by class of code. */
export async function summaryView(ctx: Asking, asked: { on?: Day | undefined } & Known): Promise<View> {
  const { on, knownOn, groups, rules, schoolDay } = await dailySummary(ctx, asked);
  const classes = groups.filter(({ of }) => of === 'class');
  return {
    template: 'returns/daily.njk',
    model: {
      ...{ title: `Daily summary, ${shortDay(on)}`, on, knownOn: knownOn ?? '', rules, schoolDay },
      csv: address('/returns/daily', { on, knownOn, as: 'csv' }),
      says: `${longDay(on)}, ${known(knownOn)}.`,
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
