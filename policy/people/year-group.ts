import { z } from 'zod';

/** A year group as files write it. R is reception (0), N nursery (-1); years are 1 to 14. */
export const yearGroup = z
  .string()
  .regex(/^(N|R|[1-9]|1[0-4])$/, 'Write the year group as N, R or 1 to 14')
  .transform((value) => (value === 'N' ? -1 : value === 'R' ? 0 : Number(value)));

/** The same, written again: "9", "R". */
export const yearCode = (year: number): string => (year === -1 ? 'N' : year === 0 ? 'R' : `${year}`);

/** "Year 9", "Reception" */
export const yearName = (year: number): string => (year === -1 ? 'Nursery' : year === 0 ? 'Reception' : `Year ${year}`);
