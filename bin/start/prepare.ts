import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { connect } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { keepPack } from '../../prisma/packs.ts';
import { casesOpener } from '../api-process.ts';
import { seedTrainingSchool } from '../training/seed.ts';

const packs = fileURLToPath(new URL('../../policy/packs/', import.meta.url));

/** Brings the database to this version's shape, keeps the policy packs, and makes the training school once. */
export async function prepare(databaseUrl: string, say: (line: string) => void): Promise<void> {
  say('Bringing the database up to date');
  await migrate(databaseUrl);
  const db = connect(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  // A connection that is lost while idle: whoever asks next hears of it.
  pool.on('error', () => undefined);
  try {
    for (const file of readdirSync(packs).filter((name) => name.endsWith('.yaml'))) {
      await keepPack(db, readFileSync(`${packs}/${file}`, 'utf8'), file);
    }
    await seedTrainingSchool({ db, pool, openCases: casesOpener(), packId: 'gloucestershire', say });
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}
