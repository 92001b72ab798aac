import type { Day } from '../calendar/day.ts';
import { isSchoolDay, type SchoolCalendar } from '../calendar/school-calendar.ts';
import { absence } from './absence.ts';
import { draw } from './draw.ts';
import type { Trainee } from './made-up-pupil.ts';
import type { Done } from './response.ts';
import { seed, trainingCalendar, yearDays } from './timetable.ts';
import { trainees } from './trainee.ts';

export type { Done } from './response.ts';
export type History = ReadonlyMap<string, readonly Done[]>;
export type MarkCells = {
  admission_no: string;
  date: Day;
  session: 'AM' | 'PM';
  code: string;
  minutes_late: string;
  reason: string;
};

/**
 * The register of one day, with the corrections that come in that day; nothing on a day without school. The same day with
 * the same history always gives the same marks. What pupils do may depend on what was done for them. Days that were taken out
 * of the school's own calendar since have none, and no correction of what was marked on them.
 */
export function dayRegister(day: Day, history: History, calendar: SchoolCalendar = trainingCalendar): MarkCells[] {
  if (!yearDays.includes(day)) return [];
  const made = trainees.flatMap((trainee) => marksOf(trainee, day, history.get(trainee.no) ?? []));
  return [...made, ...corrections(day, history)].filter(({ date }) => isSchoolDay(calendar, date));
}

function marksOf(trainee: Trainee, day: Day, done: readonly Done[]): MarkCells[] {
  const away = trainee.shape === 'scripted' ? null : absence({ no: trainee.no, shape: trainee.shape }, day, done);
  return (['AM', 'PM'] as const).map((session) => {
    const code =
      scripted(trainee, day, session) ?? (away && (!away.half || session === 'AM') ? away.code : inSchool(trainee, day, session));
    const minutes_late = minutesLate(code, `${trainee.no} ${day} ${session}`);
    return { admission_no: trainee.no, date: day, session, code, minutes_late, reason: '' };
  });
}

/** Minutes beside a late mark: up to the half-hour in which a register is open, or after it. Not every office notes them. */
function minutesLate(code: string, session: string): string {
  const least = { L: 2, U: 31 }[code];
  const at = draw(`${seed} ${session} minutes late`);
  return least === undefined || at > 0.8 ? '' : String(least + Math.floor(at * 35));
}

function scripted({ shape, script }: Trainee, day: Day, session: 'AM' | 'PM'): string | null {
  const code = script[`${day} ${session}`] ?? script[day];
  if (code) return code;
  return shape === 'scripted' ? present(session) : null;
}

const present = (session: 'AM' | 'PM'): string => (session === 'AM' ? '/' : '\\');

/** In school, perhaps late: nobody is late twice a day. */
function inSchool({ no, shape }: Trainee, day: Day, session: 'AM' | 'PM'): string {
  if (session === 'PM') return present(session);
  const at = draw(`${seed} ${no} ${day} late`);
  if (shape === 'lateness' && at < 0.25) return at < 0.03 ? 'U' : 'L';
  return at < 0.008 ? 'L' : present(session);
}

/** Reasons found out three school days late: an N becomes illness or is not accepted; a few are never explained. */
function corrections(day: Day, history: History): MarkCells[] {
  const then = yearDays[yearDays.indexOf(day) - 3];
  if (!then) return [];
  return trainees.flatMap((trainee) => {
    const at = draw(`${seed} ${trainee.no} ${then} reason`);
    if (at > 0.9) return [];
    const [code, reason] = at < 0.55 ? ['I', 'Parent called: illness'] : ['O', 'No acceptable reason given'];
    return marksOf(trainee, then, history.get(trainee.no) ?? []).flatMap((mark) =>
      mark.code === 'N' ? [{ ...mark, code, reason } as MarkCells] : [],
    );
  });
}
