import { type Day, weekday } from '../calendar/day.ts';

/**
 * The first and the last day on which a child is of compulsory school age: from the prescribed day (31 March, 31 August, 31 December) on or after the
 * fifth birthday, that day included, to the end of the last Friday of June of the school year of the sixteenth (Education
 * Act 1996 s8(2)-(3)). Schools say "from the term after the fifth birthday".
 */
export const schoolAgeOf = (born: Day): { from: Day; until: Day } => ({ from: startsOn(born), until: endsOn(born) });

/** Whether a child is of compulsory school age on a day. */
export function compulsorySchoolAge(born: Day, on: Day): boolean {
  const { from, until } = schoolAgeOf(born);
  return from <= on && on <= until;
}

const years = (day: Day, n: number): Day => `${Number(day.slice(0, 4)) + n}${day.slice(4)}`;

/** The prescribed day on or after the fifth birthday. */
function startsOn(born: Day): Day {
  const fifth = years(born, 5);
  const year = fifth.slice(0, 4);
  return [`${year}-03-31`, `${year}-08-31`, `${year}-12-31`].find((day) => day >= fifth) ?? `${year}-12-31`;
}

/** The last Friday of June in the school year in which the child turns sixteen. */
function endsOn(born: Day): Day {
  const sixteenth = years(born, 16);
  const year = Number(sixteenth.slice(0, 4)) + (sixteenth.slice(5) >= '09-01' ? 1 : 0);
  return `${year}-06-${30 - ((weekday(`${year}-06-30`) + 2) % 7)}`;
}
