import { longDay } from '../calendar/day.ts';
import { codeOn } from '../register/codes.ts';

type Mark = { on: string; session: string; code: string };

/**
 * The sessions that a notice rests on, as its reader goes through them: a line a day, and one a half day where the two differ.
 * "Wednesday 7 October 2026, all day: holiday without leave"
 */
export function offenceLines(sessions: readonly string[], marks: readonly Mark[]): string[] {
  const missed = sessions.map((id) => {
    const [on = '', session = ''] = id.split(' ');
    const mark = marks.find((one) => one.on === on && one.session === session);
    return { on, session, words: mark ? codeOn(mark.code, on).words.toLowerCase() : 'missed' };
  });
  return missed.flatMap(({ on, session, words }) => {
    const other = missed.find((one) => one.on === on && one.session !== session && one.words === words);
    if (other && session === 'PM') return [];
    return [`${longDay(on)}, ${other ? 'all day' : session === 'AM' ? 'morning' : 'afternoon'}: ${words}`];
  });
}
