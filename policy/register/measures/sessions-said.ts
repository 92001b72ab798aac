import { plainMonth, weekday, weekdayNames } from '../../calendar/day.ts';
import type { Counted, CountedAs } from './figure.ts';

/** The sessions of a figure that counted alike, by month: what is printed under it. */
export type SessionsSaid = { as: CountedAs; sessions: number; months: { month: string; days: string }[] };

const order: readonly CountedAs[] = [
  'unauthorised absence',
  'authorised absence',
  'attended',
  'not possible',
  'left out',
  'no mark',
];
/** A day and its codes are not torn apart at the end of a line. */
const unbroken = '\u00a0';

/**
 * Every session of a figure, absences first, in a form that a page or a letter can print: "September 2026" and
 * "Tue 8 I I, Wed 9 am U". A day whose two sessions counted alike has its two codes, morning and afternoon.
 */
export function sessionsSaid(sessions: readonly Counted[]): SessionsSaid[] {
  return order.flatMap((as) => {
    const those = sessions.filter((session) => session.as === as);
    return those.length === 0 ? [] : [{ as, sessions: those.length, months: byMonth(those) }];
  });
}

function byMonth(sessions: readonly Counted[]): { month: string; days: string }[] {
  const byDay = new Map<string, Counted[]>();
  for (const session of sessions) {
    const day = session.id.slice(0, 10);
    const had = byDay.get(day);
    if (had) had.push(session);
    else byDay.set(day, [session]);
  }
  const said = new Map<string, string[]>();
  for (const [day, those] of byDay) {
    const month = plainMonth(day.slice(0, 7));
    const words = `${weekdayNames[weekday(day) - 1]?.slice(0, 3)} ${Number(day.slice(8))} ${codesSaid(those)}`.replaceAll(
      ' ',
      unbroken,
    );
    const had = said.get(month);
    if (had) had.push(words);
    else said.set(month, [words]);
  }
  return [...said].map(([month, days]) => ({ month, days: days.join(', ') }));
}

/** "I I", "am U", "am L (12 min)", "pm" where there is no code. */
function codesSaid(those: readonly Counted[]): string {
  const [one] = those;
  if (those.length === 1 && one) return `${one.id.endsWith('AM') ? 'am' : 'pm'} ${codeSaid(one)}`.trimEnd();
  const codes = those.map(codeSaid).join(' ').trim();
  return codes === '' ? 'am and pm' : codes;
}

const codeSaid = ({ code, minutesLate }: Counted): string => (minutesLate === undefined ? code : `${code} (${minutesLate} min)`);
