import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const imported = /\b(?:from|import) '(\.[^']+)'/g;

/**
 * Which rules a proof is made by: a hash of `policy/prove/prove` and of every file that it runs, the law among them, as they were
 * built. The same program always has the same; one whose rules are others has another, whatever its release is called.
 */
export const rulesProved: string = hashOf(path.join(path.dirname(here), '..', 'policy', 'prove', `prove${path.extname(here)}`));

/** The hash of a file and of all that it imports of ours, directly or not. Where they lie is no part of it. */
export function hashOf(file: string): string {
  const texts = new Map<string, string>();
  const read = (one: string): void => {
    if (texts.has(one)) return;
    const text = readFileSync(one, 'utf8');
    texts.set(one, text);
    for (const [, other = ''] of text.matchAll(imported)) read(path.resolve(path.dirname(one), other));
  };
  read(file);
  const hash = createHash('sha256');
  for (const [one, text] of [...texts].map(([one, text]) => [path.relative(path.dirname(file), one), text] as const).sort())
    hash.update(JSON.stringify([one, text]));
  return hash.digest('hex').slice(0, 16);
}
