import { z } from 'zod';
import { After } from '../web/paging.ts';
import { LetterStatusName } from './letter-row.ts';

/** Who sends letters, and who may read one. */
export const office = ['sal', 'attendance-officer', 'headteacher', 'admin'] as const;
export const readers = [...office, 'dsl', 'ewo'] as const;
export const Id = z.object({ id: z.uuid() });
export const OneEnclosure = Id.extend({ number: z.coerce.number().int().positive() });
export const List = After.extend({ status: LetterStatusName.optional() });
