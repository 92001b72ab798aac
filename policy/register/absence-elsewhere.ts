import { addDays, type Day, isDay, longDay, weekday } from '../calendar/day.ts';
import { Refusal } from '../refusal.ts';
import { codeOn, isMissing } from './codes.ts';
import { type Mark, sessionId } from './mark.ts';

const most = 400;
const cure = 'Write a line such as: 2026-09-14 AM O, or 2026-09-14 O for the whole day, or 2026-09-14 to 2026-09-18 O';
const wrong = (text: string) => new Refusal('BadInput', text, { concerns: 'sessions' });

/**
 * Absence at another school as that school told of it: evidence from outside, never a mark of the school's own register. In law its
 * G, N, O and U count on (national framework for penalty notices 2024); in no other figure of the school does any of it. Read here
 * are the sessions that lines of text tell of, oldest first: a day with a session or without, or days from Monday to Friday, and the
 * code that they bear. Of a session at which the pupil was to attend here, the school's own mark tells (`withElsewhere`).
 * @throws Refusal('BadInput') naming the line, what is wrong in it and the cure.
 */
export function readSessionsElsewhere(text: string, here: readonly Mark[], today: Day): Mark[] {
  const own = new Map(here.filter(saysOfAttendance).map((mark) => [sessionId(mark), mark.code]));
  const lines = text.split(/[\n;]/).map((line) => line.trim());
  const marks = new Map<string, Mark>();
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const place = `Line ${i + 1}, “${line}”`;
    for (const mark of sessionsIn(line, place, today)) {
      const session = sessionId(mark);
      const code = own.get(session);
      if (code !== undefined)
        throw wrong(
          `${place}: the register here says ${code} of ${session}, and that stands. Leave it out; where the child was to be at the other school, correct it to D first`,
        );
      if (marks.has(session)) throw wrong(`${place}: ${session} stands in another line already. Keep one of them`);
      marks.set(session, mark);
    }
  }
  if (marks.size === 0) throw wrong(`Enter the sessions. ${cure}`);
  if (marks.size > most) throw wrong(`Enter at most ${most} sessions at a time: these are ${marks.size}`);
  return [...marks.values()].sort((a, b) => (sessionId(a) < sessionId(b) ? -1 : 1));
}

const form = /^(\S+?)(?:\s+to\s+(\S+?))?(?:\s+(AM|PM))?\s+([A-Za-z0-9#]+)$/;

function sessionsIn(line: string, place: string, today: Day): Mark[] {
  const [, from = '', to = from, session, code = ''] = form.exec(line) ?? [];
  for (const day of [from, to]) if (!isDay(day)) throw wrong(`${place} is not understood. ${cure}`);
  if (to < from) throw wrong(`${place}: the last day comes before the first. Write them the other way round`);
  if (to > today) throw wrong(`${place}: ${longDay(to)} has not come yet. Enter what has been`);
  const days = weekdaysBetween(from, to);
  if (days.length === 0) throw wrong(`${place} is at a weekend. Enter a day of school`);
  if (days.length > most) throw wrong(`${place} is longer than a school year. Enter the days of absence`);
  const sessions = session === undefined ? (['AM', 'PM'] as const) : [session as 'AM' | 'PM'];
  return days.flatMap((on) => sessions.map((one) => ({ on, session: one, code: absent(code, on, place) })));
}

function absent(code: string, on: Day, place: string): string {
  const meaning = meaningOf(code, on, place);
  if (meaning.class !== 'authorised' && meaning.class !== 'unauthorised')
    throw wrong(`${place}: "${code}" is no absence. Enter sessions of absence only`);
  return code;
}

function meaningOf(code: string, on: Day, place: string) {
  try {
    return codeOn(code, on);
  } catch (error) {
    throw error instanceof Refusal ? wrong(`${place}: ${error.message}`) : error;
  }
}

function weekdaysBetween(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to && days.length <= most; day = addDays(day, 1)) if (weekday(day) <= 5) days.push(day);
  return days;
}

/** "2026-09-14 AM O": how a session elsewhere is kept. */
export const sessionKept = (mark: Mark): string => `${sessionId(mark)} ${mark.code}`;

/** The session that was kept so. */
export function keptSession(text: string): Mark {
  const [on = '', session, code = ''] = text.split(' ');
  return { on, session: session as Mark['session'], code };
}

/** A session of absence at another school, and how that is known: the school, and who said so. */
export type MarkElsewhere = Mark & { source: string };

/** In a record that a person made of it. */
export const asRecorded = ({ place, source }: { place: string; source: string }): string => `${place}: ${source}`;

/** In the register of another school here, where the same child is or was. */
export const asMarkedAt = (school: string): string => `${school}: its register here, by the UPN`;

/**
 * A register with what is known from elsewhere beside it, each session once: the school's own mark stands before what another
 * school says of the same session, unless it says itself that the pupil was not to attend here, as D does of one who is registered at both.
 */
export function withElsewhere(marks: readonly Mark[], elsewhere: readonly MarkElsewhere[] = []): readonly Sourced[] {
  if (elsewhere.length === 0) return marks;
  const known = new Set(marks.filter(saysOfAttendance).map(sessionId));
  const others = new Map(elsewhere.filter((mark) => !known.has(sessionId(mark))).map((mark) => [sessionId(mark), mark]));
  return [...marks.filter((mark) => !others.has(sessionId(mark))), ...others.values()];
}

/** A mark of the school's own, or with its source one from elsewhere. */
export type Sourced = Mark & Partial<Pick<MarkElsewhere, 'source'>>;

/** At the other school (D), not yet on the register (Z), a day on which this one was closed (#), or no mark. */
const toAttendElsewhere: ReadonlySet<string> = new Set(['D', 'Z', '#']);
const saysOfAttendance = ({ code }: Mark): boolean => !toAttendElsewhere.has(code) && !isMissing(code);

/** How many of these sessions are from elsewhere, and how each of them is known. Null if none is. */
export function elsewhereSaid(marks: readonly Sourced[]): string | null {
  const sources = marks.flatMap(({ source }) => source ?? []);
  if (sources.length === 0) return null;
  const from = [...new Set(sources)].map((source) => `${sources.filter((one) => one === source).length} ${source}`);
  return `${sources.length} of them at another school, as that school said (${from.join('; ')})`;
}
