import { z } from 'zod';
import { type Day, endOfDay, longDay } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { date } from '../layout/fields.ts';
import type { FieldOf } from '../web/route.ts';
import { dayAsked } from './asked-of-figures.ts';

/** As of which day the register is looked at, as a machine asks it, and as a page does; without it, as it is known now. */
export const KnownByApi = z.object({
  knownOn: dayAsked.describe('As it was known at the end of this day; without it, as it is known now'),
});
export const KnownOnPage = z.object({ 'as-known-on': dayAsked });
/** Its field. */
export const knownInput = date('as-known-on', 'As it was known on');
export const knownField: FieldOf = (part) => (part === 'knownOn' ? 'as-known-on' : part);

/**
 * The instant as of which marks are believed, at the end of a day; undefined is now.
 * @throws Refusal('BadInput') for a day that has not come.
 */
export function knownAt(knownOn: Day | undefined, today: Day): Date | undefined {
  if (knownOn === undefined) return undefined;
  if (knownOn > today)
    throw new Refusal('BadInput', `${longDay(knownOn)} has not come yet. Choose today or a day before`, { concerns: 'knownOn' });
  return new Date(endOfDay(knownOn));
}

/** What the address of a picture says more to be of that day. */
export const asKnownOn = (knownOn: Day | undefined): string => (knownOn === undefined ? '' : `&as-known-on=${knownOn}`);

/** What a page says of itself where it is of an earlier knowledge. Empty if it is as it is known now. */
export const knownWords = (knownOn: Day | undefined): string =>
  knownOn === undefined
    ? ''
    : `As it was known at the end of ${longDay(knownOn)}. What came in or was corrected later is not shown. The pupils, the calendar and all else are as they are now.`;
