import { readdirSync, readFileSync } from 'node:fs';
import { Refusal } from '../policy/refusal.ts';
import { connect } from '../prisma/client.ts';
import { keepPack } from '../prisma/packs.ts';

const packs = new URL('../policy/packs/', import.meta.url);

/** Keeps the policy packs that come with this version. A pack that has not changed stays the version it was. */
export async function keepPolicyPacks(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl);
  try {
    for (const file of readdirSync(packs).filter((name) => name.endsWith('.yaml'))) {
      const kept = await keepPack(db, readFileSync(new URL(file, packs), 'utf8'), file);
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
