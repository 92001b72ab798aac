import type { Day } from '../../calendar/day.ts';
import { type Session, sessionId } from '../mark.ts';
import type { Wrong } from '../raw-row.ts';
import { type DateForm, readDate } from './dates.ts';
import type { Mapping } from './mapping.ts';

/** A column that holds codes: those of one session, or of both of a day. */
export type SessionColumn = { place: number; heading: string; date: Day; sessions: Session[] };

/**
 * The columns of a wide file that hold marks, by their headings. A heading that looks like one and cannot be read, or names a
 * session a second time, is wrong: the marks below it would be lost.
 */
export function sessionColumns(
  { wide, dates }: Mapping,
  names: readonly string[],
  taken: ReadonlySet<number>,
): { columns: SessionColumn[]; wrongs: Wrong[] } {
  const { sessions = 'heading', am = ['AM', 'Morning'], pm = ['PM', 'Afternoon'], 'school year': year } = wide ?? {};
  const words: [Session, RegExp][] = [
    ['AM', wordsOf(am)],
    ['PM', wordsOf(pm)],
  ];
  const columns: SessionColumn[] = [];
  const wrongs: Wrong[] = [];
  const seen = new Set<string>();
  for (const [place, heading] of names.entries()) {
    if (taken.has(place)) continue;
    const named = words.find(([, word]) => word.test(heading));
    const date = dateIn(named ? heading.replace(named[1], ' ') : heading, dates, year);
    const found = date === null ? [] : sessionsOf(sessions, named?.[0], seen.has(sessionId({ on: date, session: 'AM' })));
    if (date === null || found.length === 0) {
      if (/\d/.test(heading) && (named || date)) wrongs.push({ column: heading, value: '', cure: unreadable });
      continue;
    }
    for (const session of found) {
      const id = sessionId({ on: date, session });
      if (seen.has(id)) wrongs.push({ column: heading, value: '', cure: `The session ${id} has a column already: keep one` });
      seen.add(id);
    }
    columns.push({ place, heading, date, sessions: found });
  }
  return { columns, wrongs };
}

const unreadable = 'The heading cannot be read as a date and a session: mend it, or the mapping’s dates and sessions';

/** Stands by itself, though figures may touch it: "09/09/2026PM". */
const wordsOf = (words: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${words.map((word) => word.replaceAll(/[^\p{L}\p{N} ]/gu, '\\$&')).join('|')})(?!\\p{L})`, 'iu');

function sessionsOf(how: 'heading' | 'turns' | 'both', named: Session | undefined, morningIsThere: boolean): Session[] {
  if (how === 'both') return ['AM', 'PM'];
  if (how === 'turns') return [morningIsThere ? 'PM' : 'AM'];
  return named ? [named] : [];
}

function dateIn(heading: string, form: DateForm, schoolYear: number | undefined): Day | null {
  const text = heading.replaceAll(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  const date = readDate(text, form);
  if (date !== null || schoolYear === undefined) return date;
  const of = (year: number) => readDate(/\d$/.test(text) ? `${text}/${year}` : `${text} ${year}`, form);
  const first = of(schoolYear);
  return first !== null && first.slice(5, 7) >= '08' ? first : of(schoolYear + 1);
}
