import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connect, type Db } from '../prisma/client.ts';
import { type Given, loadGiven } from './config.ts';
import { Obstacle } from './obstacle.ts';
import { secretsOf } from './start/data-folder.ts';

/** The database that a command works on: the one that was given, or the one that a start in this data folder is running. */
export function runningDatabase({ DATABASE_URL }: Given, folder: string): string {
  if (DATABASE_URL) return DATABASE_URL;
  // PostgreSQL writes its port on the fourth line.
  const file = path.join(folder, 'postgres', 'postmaster.pid');
  const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[3] : undefined;
  if (!port) throw new Obstacle(`No database runs in ${folder}: start Firstbell with "npm start", or set DATABASE_URL.`);
  return `postgresql://firstbell:${encodeURIComponent(secretsOf(folder).databasePassword)}@127.0.0.1:${port}/firstbell`;
}

/** The same for what a command's --data named, if it named something. */
export function databaseNamed(data: string | undefined): string {
  const given = loadGiven();
  return runningDatabase(given, path.resolve(data ?? given.FIRSTBELL_DATA));
}

/** Lends that database to a command; `data` is what its --data named. */
export async function withRunningDatabase<T>(data: string | undefined, use: (db: Db) => Promise<T>): Promise<T> {
  const db = connect(databaseNamed(data));
  try {
    return await use(db);
  } finally {
    await db.$disconnect();
  }
}
