import { daysOfSchoolYear } from '../../policy/simulate/school-year.ts';
import { WrongUse } from '../command.ts';

/** The days of a school year that is named as "2025/26". @throws WrongUse if it is not. */
export function yearNamed(year: string | undefined): { from: string; to: string } {
  const days = daysOfSchoolYear(year ?? '');
  if (!days) throw new WrongUse('Name a school year with --year, for example 2025/26.');
  return days;
}
