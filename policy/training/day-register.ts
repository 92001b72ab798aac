import { type Day, weekday } from '../calendar/day.ts';
import { addSchoolDays, schoolDaysBetween } from '../calendar/school-calendar.ts';
import { draw, pick } from './draw.ts';
import { chances } from './shape.ts';
import { registerBegins, trainingCalendar } from './timetable.ts';
import { type Trainee, trainees } from './trainee.ts';

/** What was done for a pupil, as far as a family notices. */
export type Done = { on: Day; what: 'call' | 'letter' | 'meeting' | 'notice' };
export type History = ReadonlyMap<string, readonly Done[]>;
export type MarkCells = { admission_no: string; date: Day; session: 'AM' | 'PM'; code: string; reason: string };

const seed = 'oakbridge 1';
const yearDays = schoolDaysBetween(trainingCalendar, registerBegins, '2027-07-21').length;

/**
 * The register of one school day, with the corrections that come in that day. The same day with the same history always
 * gives the same marks. What pupils do may depend on what was done for them.
 */
export function dayRegister(day: Day, history: History): MarkCells[] {
  return [...trainees.flatMap((trainee) => marksOf(trainee, day, history.get(trainee.no) ?? [])), ...corrections(day, history)];
}

function marksOf(trainee: Trainee, day: Day, done: readonly Done[]): MarkCells[] {
  return (['AM', 'PM'] as const).map((session) => ({
    admission_no: trainee.no,
    date: day,
    session,
    code: codeOf(trainee, day, session, done),
    reason: '',
  }));
}

function codeOf(trainee: Trainee, day: Day, session: 'AM' | 'PM', done: readonly Done[]): string {
  const present = session === 'AM' ? '/' : '\\';
  const scripted = trainee.script[`${day} ${session}`] ?? trainee.script[day];
  if (scripted) return scripted;
  if (trainee.shape === 'scripted') return present;
  const away = absence(trainee, day, done);
  if (away && (!away.half || session === 'AM')) return away.code;
  if (trainee.shape === 'lateness' && session === 'AM') {
    const at = draw(`${seed} ${trainee.no} ${day} late`);
    if (at < 0.03) return 'U';
    if (at < 0.25) return 'L';
  }
  return draw(`${seed} ${trainee.no} ${day} late`) < 0.008 && session === 'AM' ? 'L' : present;
}

/** The absence that covers a day, if one does: it may have begun up to four school days before. */
function absence(trainee: Trainee, day: Day, done: readonly Done[]): { code: string; half: boolean } | null {
  if (trainee.shape === 'scripted') return null;
  const place = trainingCalendar.days.indexOf(day);
  for (let back = 0; back < 5; back++) {
    const start = trainingCalendar.days[place - back];
    if (!start || start < registerBegins) return null;
    const { begins, longest, codes } = chances[trainee.shape](asked(trainee, start));
    const name = `${seed} ${trainee.no} ${start}`;
    if (draw(`${name} begins`) >= begins * effect(trainee, start, done)) continue;
    const length = 1 + Math.floor(draw(`${name} length`) * longest);
    if (length > back) return { code: pick(`${name} code`, codes), half: length === 1 && draw(`${name} half`) < 0.35 };
  }
  return null;
}

const asked = (trainee: Trainee, day: Day) => ({
  through: schoolDaysBetween(trainingCalendar, registerBegins, day).length / yearDays,
  weekday: weekday(day),
  from: draw(`${seed} ${trainee.no} from`),
});

/** How much what was done helps: some families recover, some partly, some for a while, some not at all. From three school days on. */
function effect(trainee: Trainee, day: Day, done: readonly Done[]): number {
  const felt = done.filter(({ on }) => day >= addSchoolDays(trainingCalendar, on, 3));
  if (felt.length === 0) return 1;
  const kind = draw(`${seed} ${trainee.no} response`) + (felt.some(({ what }) => what === 'meeting') ? -0.15 : 0);
  if (kind < 0.4) return 0.1;
  if (kind < 0.65) return 0.5;
  if (kind < 0.82) return day < addSchoolDays(trainingCalendar, felt.at(-1)?.on ?? day, 20) ? 0.1 : 1.3;
  return 1;
}

/** Reasons found out three school days late: an N becomes illness or is not accepted; a few are never explained. */
function corrections(day: Day, history: History): MarkCells[] {
  const place = trainingCalendar.days.indexOf(day);
  const then = trainingCalendar.days[place - 3];
  if (!then || then < registerBegins) return [];
  return trainees.flatMap((trainee) => {
    const at = draw(`${seed} ${trainee.no} ${then} reason`);
    if (at > 0.9) return [];
    const [code, reason] = at < 0.55 ? ['I', 'Parent called: illness'] : ['O', 'No acceptable reason given'];
    return marksOf(trainee, then, history.get(trainee.no) ?? []).flatMap((mark) =>
      mark.code === 'N' ? [{ ...mark, code, reason } as MarkCells] : [],
    );
  });
}
