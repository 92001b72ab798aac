import { z } from 'zod';
import { officers, type Role, roles } from '../../policy/people/roles.ts';
import { After } from '../web/paging.ts';

export const readers = [...officers, 'sal', 'headteacher'] as const;
export const isReader = (role: Role): boolean => readers.some((one) => one === role);

/** Whoever the rules ask: an authority names the one of the school who stands in for the headteacher. */
export const deciders = roles;
export const Id = z.object({ id: z.uuid() });
export const OneProposal = Id.extend({ key: z.string().regex(/^[\w-]{1,60}$/) });
export const OneLetter = OneProposal.extend({ n: z.coerce.number().int().nonnegative() });
export const OneNotice = Id.extend({ noticeId: z.uuid() });
export const List = After.extend({ status: z.enum(['open', 'closed']).default('open') });
