import { shortDay, weekdayNames } from '../../calendar/day.ts';
import { counted } from '../../counted.ts';
import { shown } from '../fraction.ts';
import type { Figure, OnWeekday, Value } from './figure.ts';
import { standsOutFrom } from './weekday-pattern.ts';

/** A figure as a page or a letter says it: "86.6% (26 of 30 sessions)", "4.5 school days". What cannot be said is its note. */
export const figureSaid = ({ value, note }: Figure): string => (value ? valueSaid(value) : (note ?? 'Nothing can be said'));

function valueSaid(value: Value): string {
  switch (value.is) {
    case 'attendance':
      return share(value);
    case 'answer':
      return `${value.yes ? 'Yes' : 'No'}: ${share(value)}`;
    case 'sessions':
      return counted(value.sessions, 'session');
    case 'spells':
      return counted(value.spells, 'spell');
    case 'school days':
      return counted(value.days, 'school day');
    case 'minutes':
      return minutesSaid(value);
    case 'run':
      return counted(value.days, 'school day') + runSaid(value);
    case 'day':
      return shortDay(value.day);
    case 'pattern':
      return patternSaid(value);
    case 'trend':
      return trendSaid(value);
  }
}

/** From when to when a run is, after how long: ", 14 Sep to 16 Sep". */
export const runSaid = ({ from, to }: Pick<Value & { is: 'run' }, 'from' | 'to'>): string =>
  from && to ? `, ${shortDay(from)} to ${shortDay(to)}` : '';

const share = (f: { attended: number; possible: number }): string =>
  f.possible === 0 ? shown(f) : `${shown(f)} (${f.attended} of ${counted(f.possible, 'session')})`;

/** "34 minutes, known of 3 of 5 late marks" */
export function minutesSaid({ minutes, known, lates }: Value & { is: 'minutes' }): string {
  if (known === 0) return lates === 0 ? '0 minutes' : 'Not known';
  return `${counted(minutes, 'minute')}, known of ${known} of ${counted(lates, 'late mark')}`;
}

/** How often it strikes, beside the other days, and how often chance alone would do as much. */
function patternSaid({ weekdays: theirs, days, oneIn }: Value & { is: 'pattern' }): string {
  const on = (those: readonly OnWeekday[]) => {
    const [absent, of] = those.reduce(([a, n], day) => [a + day.absent, n + day.of], [0, 0]);
    return `${absent} of ${of}`;
  };
  const named = theirs.map((day) => `${weekdayNames[day - 1]}s`).join(' and ');
  const counts = `absent on ${on(days.filter(({ weekday }) => theirs.includes(weekday)))} ${named}, and on ${on(days.filter(({ weekday }) => !theirs.includes(weekday)))} other days`;
  const chance = oneIn === 1 ? 'in most pupils' : `in 1 of ${counted(oneIn, 'pupil')}`;
  return `${oneIn < standsOutFrom ? 'Nothing stands out' : named}: ${counts}. Chance alone shows as much ${chance}`;
}

function trendSaid({ going, perWeek, low, high, weeks }: Value & { is: 'trend' }): string {
  const between = `between ${points(low)} and ${points(high)}, of ${counted(weeks, 'school week')}`;
  if (!going) return `No clear direction: ${points(perWeek)} percentage points a school week, ${between}`;
  return `${going === 'up' ? 'Rising' : 'Falling'}: ${points(perWeek)} percentage points a school week, ${between}`;
}

/** "+0.35", "-1.20" */
const points = (hundredths: number): string => `${hundredths < 0 ? '-' : '+'}${(Math.abs(hundredths) / 100).toFixed(2)}`;
