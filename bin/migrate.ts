import { migrate } from '../prisma/migrate.ts';
import type { Command } from './command.ts';
import { loadGiven } from './config.ts';
import { keepPolicyPacks } from './keep-policy-packs.ts';
import { Obstacle } from './obstacle.ts';

export const command: Command = {
  summary: 'bring the database at DATABASE_URL to the shape of this version (made if missing), with its policy packs',
  usage: 'migrate',
  async run() {
    const { DATABASE_URL } = loadGiven();
    if (!DATABASE_URL) throw new Obstacle('The environment is not right: DATABASE_URL is missing.');
    const applied = await migrate(DATABASE_URL);
    await keepPolicyPacks(DATABASE_URL);
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`);
    return 0;
  },
};
