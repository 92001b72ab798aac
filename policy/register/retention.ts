import type { Day } from '../calendar/day.ts';

/** Years for which every entry of the register is kept, from when it was made (SI 2024/208 regs 5-7, as its note says). */
const yearsKept = 6;

/** The day until which an entry of a day is kept at least. It runs for each entry by itself, not from when the pupil left. */
export const keptUntil = (day: Day): Day => {
  const same = `${Number(day.slice(0, 4)) + yearsKept}${day.slice(4)}`;
  return same.endsWith('-02-29') ? `${same.slice(0, 5)}03-01` : same;
};
