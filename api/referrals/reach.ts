import { z } from 'zod';
import { officers } from '../../policy/people/roles.ts';
import { After } from '../web/paging.ts';

/** Who reads referrals, and who decides what they ask. */
export const readers = [...officers, 'sal', 'headteacher'] as const;
export const deciders = [...officers, 'headteacher'] as const;
export const Id = z.object({ id: z.uuid() });
export const OneProposal = Id.extend({ key: z.string().regex(/^[\w-]{1,60}$/) });
export const OneLetter = OneProposal.extend({ n: z.coerce.number().int().nonnegative() });
export const OneNotice = Id.extend({ noticeId: z.uuid() });
export const List = After.extend({ status: z.enum(['open', 'closed']).default('open') });
