import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { lineNames } from '../../policy/figures/crossings.ts';
import { bands } from '../../policy/register/measures/band.ts';

/** Who reads figures of the school; a class teacher those of the class. */
export const readers = ['sal', 'headteacher', 'attendance-officer', 'admin', 'trust-lead', 'class-teacher'] as const;

const day = z.string().refine(isDay, 'is not a date as YYYY-MM-DD').meta({ format: 'date' });
const yearGroup = z.coerce.number().int().min(-1).max(14);
const className = z.string().min(1).max(20);

export const YearGroup = z.object({ yearGroup });
export const OneClass = z.object({ className });

/** An empty field of a form asks nothing. */
const asked = <T extends z.ZodType>(type: T) => z.preprocess((value) => (value === '' ? undefined : value), type.optional());

export const When = z.object({
  on: asked(day).describe('The figures at the end of this day, as they were known then; without it, as they are known now'),
  within: z.coerce
    .number()
    .int()
    .min(1)
    .max(8)
    .default(4)
    .describe('Who is about to cross a line: within so many missed sessions, two a school day'),
});

/** Which pupils of those: the ones behind a number. */
export const Which = When.extend({
  year: asked(yearGroup).describe('Only this year group; reception is 0, nursery -1'),
  class: asked(className).describe('Only this class'),
  band: asked(z.enum(bands)).describe('Whose attendance is in this band'),
  was: asked(z.enum(bands)).describe('Whose attendance was in this band before this week'),
  absence: asked(z.enum(['persistent', 'severe'])).describe('Persistently absent, severely among them; or severely alone'),
  line: asked(z.enum(lineNames)).describe('Who is about to cross this line'),
});

/** A page's table as a file instead. */
export const AsFile = { as: z.enum(['csv']).optional() };
export const Seen = When.extend({ as: z.enum(['csv', 'bands', 'movement', 'about-to-cross']).optional() });
