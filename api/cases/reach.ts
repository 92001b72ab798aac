import { z } from 'zod';
import { roles } from '../../policy/people/roles.ts';
import { After } from '../web/paging.ts';

/** The authority reads a case through its referral. */
export const readers = roles.filter((role) => role !== 'ewo');
export const Id = z.object({ id: z.uuid() });
export const List = After.extend({ status: z.enum(['open', 'closed']).default('open') });
