import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Given } from './config.ts';
import type { EngineSettings } from './engine/engine.ts';
import { Obstacle } from './obstacle.ts';
import { runningEngineIn } from './parts/engine.ts';
import { secretsIn, secretsOf } from './start/data-folder.ts';

/** The engine that a command asks: the one that was given, or the one that a start in this data folder is running. */
export function runningEngine(given: Given, folder: string): EngineSettings {
  const TEMPORAL_ADDRESS = given.TEMPORAL_ADDRESS ?? runningEngineIn(path.join(folder, 'temporal'));
  if (!TEMPORAL_ADDRESS)
    throw new Obstacle(`No case engine runs in ${folder}: start Firstbell with "npm start", or set TEMPORAL_ADDRESS.`);
  // A start that was given an engine, but no key for it, has made its own.
  const PAYLOAD_KEY = given.PAYLOAD_KEY ?? (existsSync(secretsIn(folder)) ? secretsOf(folder).PAYLOAD_KEY : undefined);
  if (!PAYLOAD_KEY) throw new Obstacle('The environment is not right: PAYLOAD_KEY is missing.');
  return { ...given, TEMPORAL_ADDRESS, PAYLOAD_KEY, TEMPORAL_NAMESPACE: given.TEMPORAL_NAMESPACE ?? 'default' };
}
