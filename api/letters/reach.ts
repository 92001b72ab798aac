import { z } from 'zod';
import { isOfficer, officers, type Role } from '../../policy/people/roles.ts';
import { After } from '../web/paging.ts';
import { LetterStatusName } from './letter-row.ts';

/** Who sends letters, and who may read one. */
export const office = ['sal', 'attendance-officer', 'headteacher', 'admin'] as const;
/** Who says what becomes of one: the school's office of any about its pupils, an officer of one that the authority sends. */
export const senders = [...office, ...officers] as const;
export const readers = [...senders, 'dsl'] as const;
export const Id = z.object({ id: z.uuid() });
export const OneEnclosure = Id.extend({ number: z.coerce.number().int().positive() });
export const List = After.extend({ status: LetterStatusName.optional() });

/** True if this role may say what becomes of a letter. One that a referral sent is the officer's too; a case's is the school's alone. */
export const maySay = (role: Role, { matterId, caseId }: { matterId: string; caseId: string }): boolean =>
  office.some((one) => one === role) || (isOfficer(role) && matterId !== caseId);
