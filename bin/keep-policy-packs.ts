import { readdirSync, readFileSync } from 'node:fs';
import { Refusal } from '../policy/refusal.ts';
import { connect } from '../prisma/client.ts';
import { keepPack } from '../prisma/packs.ts';

const packs = new URL('../policy/packs/', import.meta.url);

/** Keeps the policy packs that come with this version. A pack that has not changed stays the version it was, also where a school's own text took its place. */
export async function keepPolicyPacks(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl);
  try {
    for (const file of readdirSync(packs).filter((name) => name.endsWith('.yaml'))) {
      const text = readFileSync(new URL(file, packs), 'utf8');
      const kept = await db.$transaction((tx) => keepPack(tx, text, file, { again: false }), { timeout: 120_000 });
      if (`${kept.id}.yaml` !== file)
        throw new Refusal(
          'BadInput',
          `${file} says that it is the pack "${kept.id}": give the file that name, so that no two packs have one`,
        );
      for (const { id, why } of kept.misfits) console.error(`${id} does not fit the new ${kept.id} and stays as it was: ${why}`);
    }
  } finally {
    await db.$disconnect();
  }
}
