import { createHash } from 'node:crypto';

/** A UUID (version 8) made of a name: the same name always gives the same id, so what is made twice is made once. */
export function stableId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
