import type { Reader } from './to-families.ts';

/** A clause as it is read, with where the document says so. That is for staff: what a family reads is what the school does. */
export const citing = (says: string, source: string | undefined, reader: Reader): string =>
  reader === 'staff' && source !== undefined ? `${says} (${source})` : says;

/** The same of several sentences that rest on one clause: said once, behind them. */
export const citedAfter = (says: readonly string[], source: string | undefined, reader: Reader): string[] =>
  reader === 'staff' && source !== undefined && says.length > 0 ? [...says, `Where the document says so: ${source}`] : [...says];
