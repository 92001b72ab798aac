import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ImportKind, importKinds } from '../../policy/register/csv-forms.ts';

/** `begun` is what the file is called in `reading`, if it was begun before and could not be tried to the end. */
export type Laid = { name: string; kind: ImportKind; begun?: string };

/** Where a file lies while it is read: what is laid under its name meanwhile is another file. */
export const reading = 'reading';
const stamp = /^\S+Z /;

/** What a file holds, by the first word of its name: pupils, contacts or marks. */
const kindOf = (name: string): ImportKind | undefined =>
  importKinds.find((kind) => new RegExp(`^${kind}(?![a-z]).*\\.(csv|tsv|txt|xlsx)$`, 'i').test(name));

const orderOf = ({ kind }: Pick<Laid, 'kind'>): number => importKinds.indexOf(kind);

/**
 * Looks into a folder again and again for files that are whole: as large and as old as at the look before, unless what lies
 * there is `settled`. Asked and not notified, as a share on a server tells nobody of its files. Pupils come before contacts,
 * and those before marks: each names what the one before brought. So while a file is still written, those of later kinds wait
 * for it. Of one kind, what was begun before comes first.
 */
export function laidIn(folder: string, { settled }: { settled: boolean }): () => Promise<Laid[]> {
  let before = new Map<string, string>();
  return async () => {
    const now = new Map<string, string>();
    const whole: Laid[] = [];
    let written: number = importKinds.length;
    for (const name of (await readdir(folder)).sort()) {
      const kind = kindOf(name);
      const at = await stat(path.join(folder, name)).catch(() => undefined);
      if (!kind || !at?.isFile()) continue;
      const looks = `${at.size} ${at.mtimeMs}`;
      now.set(name, looks);
      if (settled || before.get(name) === looks) whole.push({ name, kind });
      else written = Math.min(written, orderOf({ kind }));
    }
    before = now;
    const ready = [...(await begunIn(folder)), ...whole].filter((one) => orderOf(one) <= written);
    return ready.sort((a, b) => orderOf(a) - orderOf(b));
  };
}

async function begunIn(folder: string): Promise<Laid[]> {
  const names = await readdir(path.join(folder, reading)).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.sort().flatMap((begun) => {
    const name = begun.replace(stamp, '');
    const kind = kindOf(name);
    return kind ? [{ name, kind, begun }] : [];
  });
}
