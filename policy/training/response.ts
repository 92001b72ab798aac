import type { Day } from '../calendar/day.ts';
import { addSchoolDays } from '../calendar/school-calendar.ts';
import { draw } from './draw.ts';
import { seed, trainingCalendar } from './timetable.ts';

/** What was done for a pupil, as far as a family notices. */
export type Done = { on: Day; what: 'call' | 'letter' | 'meeting' | 'notice' };

/** A meeting moves more families than a letter does; a penalty notice moves a few more. */
const weight: Record<Done['what'], number> = { call: 0, letter: 0, meeting: 0.15, notice: 0.25 };

/** What makes the most that an absence can become likelier by: a family that falls back. */
export const worst = 1.3;

/**
 * By how much what was done makes an absence likelier, from three school days on: a tenth for families that recover, half
 * for those that do partly, a tenth for twenty school days and then worse for those that relapse, and no change for the rest.
 */
export function effect(no: string, day: Day, done: readonly Done[]): number {
  const felt = done.filter(({ on }) => day >= addSchoolDays(trainingCalendar, on, 3));
  if (felt.length === 0) return 1;
  const kind = draw(`${seed} ${no} response`) - Math.max(...felt.map(({ what }) => weight[what]));
  if (kind < 0.4) return 0.1;
  if (kind < 0.65) return 0.5;
  if (kind >= 0.82) return 1;
  const last = felt.reduce((latest, { on }) => (on > latest ? on : latest), '');
  return day < addSchoolDays(trainingCalendar, last, 20) ? 0.1 : worst;
}
