import type { Day } from '../calendar/day.ts';

/** The days of a school year that is named as "2025/26"; null if no year is. */
export function daysOfSchoolYear(year: string): { from: Day; to: Day } | null {
  const [, first, second] = /^(\d{4})\/(\d{2})$/.exec(year) ?? [];
  if (!first || (Number(first) + 1) % 100 !== Number(second)) return null;
  return { from: `${first}-09-01`, to: `${Number(first) + 1}-08-31` };
}
