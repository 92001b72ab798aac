import { readdirSync, readFileSync } from 'node:fs';
import { connect } from '../prisma/client.ts';
import { keepPack } from '../prisma/packs.ts';

const packs = new URL('../policy/packs/', import.meta.url);

/** Keeps the policy packs that come with this version. A pack that has not changed stays the version it was. */
export async function keepPolicyPacks(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl);
  try {
    for (const file of readdirSync(packs).filter((name) => name.endsWith('.yaml'))) {
      await keepPack(db, readFileSync(new URL(file, packs), 'utf8'), file);
    }
  } finally {
    await db.$disconnect();
  }
}
