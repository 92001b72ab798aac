import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Obstacle } from '../obstacle.ts';
import { recordedProcess, recordProcess, stopLeftover } from '../parts/leftover.ts';

export type Secrets = { databasePassword: string; PAYLOAD_KEY: string; SESSION_SECRET: string };

/** Takes the data folder for this process alone. A lock whose process is gone (killed) is no lock. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'start.pid.json');
  refuseIfTaken(file, folder);
  rmSync(file, { force: true });
  try {
    recordProcess(file, process.pid, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuseIfTaken(file, folder);
    throw error;
  }
  return () => rmSync(file, { force: true });
}

function refuseIfTaken(file: string, folder: string): void {
  const other = recordedProcess(file);
  if (other === undefined) return;
  throw new Obstacle(`Another start (process ${other}) uses ${folder}: stop it, or choose another folder with --data DIR.`);
}

/** Where the folder keeps them. */
export const secretsIn = (folder: string): string => path.join(folder, 'secrets.json');

/** The folder's own secrets, made once. Without the payload key the engine's histories cannot be read again. */
export function secretsOf(folder: string): Secrets {
  const file = secretsIn(folder);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets = {
    databasePassword: randomBytes(24).toString('base64url'),
    PAYLOAD_KEY: randomBytes(32).toString('base64'),
    SESSION_SECRET: randomBytes(32).toString('base64url'),
  };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** What --fresh throws away: the data and its secrets, not the fetched engine. Servers left behind on them end first. */
export async function forgetData(folder: string): Promise<void> {
  await stopLeftover(path.join(folder, 'postgres.pid.json'), 'SIGINT');
  await stopLeftover(path.join(folder, 'temporal', 'engine.pid.json'), 'SIGTERM');
  await stopLeftover(path.join(folder, 'mail', 'mail.pid.json'), 'SIGTERM');
  const state = ['', '-wal', '-shm'].map((end) => `temporal/engine.db${end}`);
  for (const part of ['postgres', 'mail', ...state, 'secrets.json'])
    rmSync(path.join(folder, part), { recursive: true, force: true });
}
