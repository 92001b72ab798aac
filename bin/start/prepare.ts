import pg from 'pg';
import { connect } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { casesOpener } from '../cases-opener.ts';
import { keepPolicyPacks } from '../keep-policy-packs.ts';
import { seedTrainingSchool } from '../training/seed.ts';

/** Brings the database to this version's shape, keeps the policy packs, and makes the training school once. */
export async function prepare(databaseUrl: string, say: (line: string) => void): Promise<void> {
  say('Bringing the database up to date');
  await migrate(databaseUrl);
  await keepPolicyPacks(databaseUrl);
  const db = connect(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  // A connection that is lost while idle: whoever asks next hears of it.
  pool.on('error', () => undefined);
  try {
    await seedTrainingSchool({ db, pool, openCases: casesOpener(), say });
  } finally {
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}
