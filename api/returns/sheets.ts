import type { z } from 'zod';
import { shown } from '../../policy/register/fraction.ts';
import type { Cell, Sheet } from '../web/sheet.ts';
import type { AttendanceReturn, DailySummary, SicknessReturn } from './shapes.ts';

type Attendance = z.infer<typeof AttendanceReturn>;
type Sickness = z.infer<typeof SicknessReturn>;
type Daily = z.infer<typeof DailySummary>;
type Named = Pick<Sickness['rows'][number], 'pupil' | 'legalName' | 'upn' | 'born' | 'addresses' | 'homeAuthority' | 'lookTwice'>;

/**
 * A file names a pupil in full, also in whose area the child lives where that is not the school's authority, to whom every return goes;
 * a page leaves out what it would not fit with.
 */
type For = 'page' | 'file';

const whoHeads = (to: For) =>
  to === 'file'
    ? ['Pupil', 'Class', 'Legal name', 'UPN', 'Date of birth', 'Address', 'Home authority']
    : ['Pupil', 'Class', 'Address'];
const who = ({ pupil, legalName, upn, born, addresses, homeAuthority }: Named, to: For): Cell[] => [
  { text: pupil.name, href: `/register/${pupil.id}` },
  pupil.className,
  ...(to === 'file' ? [legalName, upn, born] : []),
  addresses.length > 0 ? addresses.join('; ') : 'Not known',
  ...(to === 'file' ? [homeAuthority] : []),
];
const lookTwice = ({ lookTwice: why }: Named): string => why.join('; ');

/** Continuous absences of ten days, a row each. */
export const tenDaySheet = ({ tenDays, month }: Attendance, to: For): Sheet => ({
  ...{ name: `attendance-return-${month}`, caption: 'Absent for ten school days or more in a row, all G, N, O or U' },
  heads: [...whoHeads(to), 'Absent from', 'To', 'School days', 'Ten days on', 'In this month', 'Look twice'],
  rows: tenDays.map((row) => [
    ...who(row, to),
    ...[row.from, row.goesOn ? 'Goes on' : row.to, row.days, row.reachedOn, row.isNew ? 'New' : 'Known before', lookTwice(row)],
  ]),
});

/** So many days of absence as the authority asks for, not in a row. */
export const irregularSheet = ({ irregular, irregularDays, month }: Attendance, to: For): Sheet => ({
  ...{
    name: `irregular-absence-${month}`,
    caption: `${2 * (irregularDays ?? 0)} sessions or more of G, N, O and U this school year, no ten days in a row`,
  },
  heads: [...whoHeads(to), 'Sessions', 'Newest', 'Look twice'],
  rows: irregular.map((row) => [...who(row, to), ...[row.sessions, row.newest, lookTwice(row)]]),
});

const whyWords = { seen: '15 days seen', 'goes on': 'If this illness goes on', pace: 'At this pace' };

/** Illness of 15 days, seen or expected. */
export const sicknessSheet = (rows: Sickness['rows'], on: string, to: For): Sheet => ({
  ...{ name: `sickness-return-${on}`, caption: 'Illness of 15 school days, seen or expected' },
  heads: [
    ...[...whoHeads(to), 'Why', 'Days of illness', 'Fifteenth day', 'Days by end of year'],
    ...['Newest illness from', 'To', 'Look twice'],
  ],
  rows: rows.map((row) => [
    ...who(row, to),
    ...[whyWords[row.why], row.days, row.reachedOn ?? row.wouldReachOn, row.projected],
    ...[row.newest?.from ?? null, row.newest?.goesOn ? 'Goes on' : (row.newest?.to ?? null), lookTwice(row)],
  ]),
});

/** A day by class of code, a row a group and session. */
export const summarySheet = (groups: Daily['groups'], on: string, caption: string): Sheet => ({
  ...{ name: `daily-summary-${on}`, caption },
  heads: [
    ...['Group', 'Session', 'On roll', 'Present', 'Approved activity', 'Authorised', 'Unauthorised', 'Not possible'],
    ...['Closed or not on roll', 'No mark', 'Attendance'],
  ],
  rows: groups.flatMap(({ of, name, sessions }) =>
    sessions.map((line): Cell[] => [
      of === 'class' ? `Class ${name}` : name,
      line.session === 'AM' ? 'Morning' : 'Afternoon',
      ...[line.onRoll, line.present, line.aea, line.authorised, line.unauthorised, line['not-possible'], line.administrative],
      ...[line.missing, attendanceOf(line)],
    ]),
  ),
});

const attendanceOf = ({ present, aea, authorised, unauthorised }: Daily['groups'][number]['sessions'][number]): string =>
  shown({ attended: present + aea, possible: present + aea + authorised + unauthorised });
