import { z } from 'zod';
import { schoolRoles } from '../../policy/people/roles.ts';
import { After } from '../web/paging.ts';

/** The authority reads a case through its referral. */
export const readers = schoolRoles;
export const Id = z.object({ id: z.uuid() });
export const List = After.extend({ status: z.enum(['open', 'closed']).default('open') });
