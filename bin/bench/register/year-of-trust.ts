import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { noSettings } from '../../config.ts';
import type { BenchOptions } from '../bench.ts';
import type { School } from './authority.ts';
import { makeRawTable, rawCopy } from './raw-copy.ts';
import { wholeYear } from './school-days.ts';

type Year = { marks: number; imported: number; copied: number; memory: number };
type Given = Pick<BenchOptions, 'folder' | 'stops' | 'told'> & { databaseUrl: string; pool: Pool };

const program = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../firstbell.mjs' : '../../firstbell.js', import.meta.url),
);
/** The process says itself how large it has been, in kB. */
const sayMemory = "process.on('exit', () => console.error('maxRSS ' + process.resourceUsage().maxRSS))";

/**
 * A school year of a trust in one file, by `firstbell import` in a process of its own, its start included; and the same rows
 * copied from a file as they stand. Seconds, and the most memory of that process in MB.
 */
export async function yearOfTrust({ folder, stops, told, databaseUrl, pool }: Given, school: School): Promise<Year> {
  const [csv, raw] = ['year.csv', 'year.copy'].map((name) => path.join(folder, name)) as [string, string];
  await pipeline(Readable.from(csvRows(school)), createWriteStream(csv));
  await pipeline(Readable.from(rawRows(school)), createWriteStream(raw));
  await makeRawTable(pool, '9999-01-01');
  await pool.query('CHECKPOINT');
  const beganCopy = performance.now();
  await rawCopy(pool, createReadStream(raw, { highWaterMark: 1 << 18 }));
  const copied = (performance.now() - beganCopy) / 1000;
  await pool.query('DROP TABLE raw_mark');
  await pool.query('CHECKPOINT');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(sayMemory)}`, program, 'import', 'marks', csv, '--school', school.id],
    { env: { ...process.env, ...noSettings, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'pipe'], signal: told },
  );
  stops.add(() => child.kill('SIGTERM'));
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const [code] = await once(child, 'close');
  const imported = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`The import of a year failed: ${words}`);
  const memory = Number(/maxRSS (\d+)/.exec(words)?.[1]) / 1024;
  return { marks: school.pupils.length * wholeYear.length * 2, imported, copied, memory };
}

/** A pupil after the other, as management information systems write a year; each ill on one day in fifty. */
function* days({ pupils }: School) {
  for (const { id, no } of pupils) for (const [i, day] of wholeYear.entries()) yield { id, no, day, away: (no + i) % 50 === 0 };
}

function* csvRows(school: School): Generator<string> {
  yield 'admission_no,date,session,code\n';
  for (const { no, day, away } of days(school))
    yield `${no},${day},AM,${away ? 'I' : '/'}\n${no},${day},PM,${away ? 'I' : '\\'}\n`;
}

function* rawRows(school: School): Generator<string> {
  const importId = randomUUID();
  for (const { id, day, away } of days(school)) {
    const end = `${day} 10:00:00Z\t${importId}\n`;
    yield `${id}\t${day}\tAM\t${away ? 'I' : '/'}\t${end}${id}\t${day}\tPM\t${away ? 'I' : '\\\\'}\t${end}`;
  }
}
