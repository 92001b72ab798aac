import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Obstacle } from '../obstacle.ts';
import { recordedProcess, recordProcess } from '../parts/leftover.ts';

export type Secrets = { databasePassword: string; PAYLOAD_KEY: string; SESSION_SECRET: string };

/** Takes the data folder for this process alone. A lock whose process is gone (killed) is no lock. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'start.pid.json');
  const other = existsSync(file) ? recordedProcess(file) : undefined;
  if (other !== undefined)
    throw new Obstacle(`Another start (process ${other}) uses ${folder}: stop it, or choose another folder with --data DIR.`);
  recordProcess(file, process.pid);
  return () => rmSync(file, { force: true });
}

/** The folder's own secrets, made once. Without the payload key the engine's histories cannot be read again. */
export function secretsOf(folder: string): Secrets {
  const file = path.join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets = {
    databasePassword: randomBytes(24).toString('base64url'),
    PAYLOAD_KEY: randomBytes(32).toString('base64'),
    SESSION_SECRET: randomBytes(32).toString('base64url'),
  };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
