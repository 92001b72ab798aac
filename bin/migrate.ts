import { migrate } from '../prisma/migrate.ts';
import type { Command } from './command.ts';
import { loadConfig } from './config.ts';

export const command: Command = {
  summary: 'bring the database at DATABASE_URL to the shape of this version (made if missing)',
  usage: 'migrate',
  async run() {
    const applied = await migrate(loadConfig().DATABASE_URL);
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`);
    return 0;
  },
};
