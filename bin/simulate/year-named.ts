import { WrongUse } from '../command.ts';

/** The days of a school year that is named as "2025/26". @throws WrongUse if it is not. */
export function yearNamed(year: string | undefined): { from: string; to: string } {
  const [, first, second] = /^(\d{4})\/(\d{2})$/.exec(year ?? '') ?? [];
  if (!first || (Number(first) + 1) % 100 !== Number(second))
    throw new WrongUse('Name a school year with --year, for example 2025/26.');
  return { from: `${first}-09-01`, to: `${Number(first) + 1}-08-31` };
}
