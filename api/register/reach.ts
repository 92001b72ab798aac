import { z } from 'zod';
import { isDay } from '../../policy/calendar/day.ts';
import { type Role, schoolRoles } from '../../policy/people/roles.ts';
import { After } from '../web/paging.ts';

/** Who reads the register: the school. A class teacher reads that of their own class. */
export const school = schoolRoles;
/** Who changes it: by files, or a mark at a time. */
export const keepers = ['attendance-officer', 'sal', 'admin'] as const;
/** Who hears that a register is missing. */
export const gapReaders = [...keepers, 'headteacher', 'class-teacher'] as const;
/** Who reads what a court order or a no-contact flag says. A class teacher hears what follows from it. */
export const seesOrders = (role: Role): boolean => role !== 'class-teacher';
/** Why somebody is not written to or rung, as a person with this role is told it. */
export const whyTo = <Because extends string | null>(
  role: Role,
  { because, order }: { because: Because; order: string | null },
) => (order !== null && seesOrders(role) ? `${because}: ${order}` : because);
export const Id = z.object({ id: z.uuid() });
const className = z.string().min(1).max(20);
const day = z.string().refine(isDay, 'a date as YYYY-MM-DD').meta({ format: 'date' });

export const OneClass = z.object({ className });
export const Week = z.object({ week: day.optional().describe('Any day of the week; without it, this week') });
export const ClassWeek = Week.extend({ class: className.optional() });
/** A page's table as a file instead. */
export const AsFile = z.object({ as: z.enum(['csv']).optional() });
export const List = After.extend({
  class: className.optional().describe('Only the pupils of this class'),
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('Only who answers to this: a name or its beginning, an admission number, a UPN'),
});
export const Between = z.object({
  from: day.optional().describe('The first day; without it, the beginning of the school year'),
  to: day.optional().describe('The last day; without it, today'),
});
