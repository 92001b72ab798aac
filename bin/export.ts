import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { exported, exportKinds, keptThen, OfMarks, ofMarks } from '../api/exports/exported.ts';
import type { ExportKind } from '../prisma/exports.ts';
import { todayAt } from '../prisma/school-clock.ts';
import { type Command, WrongUse } from './command.ts';
import { withRunningDatabase } from './running-database.ts';
import { schoolNamed } from './school-named.ts';

export const command: Command = {
  summary: `take a school's ${exportKinds.join(', ')} out as a CSV file, as the imports page does`,
  usage: `export ${exportKinds.join('|')} --school SCHOOL --out FILE [--year 2025/26] [--known-on YEAR-MONTH-DAY] [--data DIR] (a year for ${ofMarks.join(' and ')}; a day for ${keptThen.join(', ')}; without them this school year, as it is known now)`,
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        school: { type: 'string' },
        out: { type: 'string' },
        year: { type: 'string' },
        'known-on': { type: 'string' },
        data: { type: 'string' },
      },
    });
    const [kind, ...others] = positionals;
    if (!isKind(kind) || others.length > 0) throw new WrongUse(`Say what to take out, one of: ${exportKinds.join(', ')}.`);
    const { school: schoolId, out, year, 'known-on': knownOn } = values;
    if (!schoolId) throw new WrongUse('Name the school with --school.');
    if (!out) throw new WrongUse('Name the file with --out.');
    if (year !== undefined && !ofMarks.includes(kind)) throw new WrongUse(`--year is for ${ofMarks.join(' and ')}.`);
    if (knownOn !== undefined && !keptThen.includes(kind)) throw new WrongUse(`--known-on is for ${keptThen.join(', ')}.`);
    const asked = OfMarks.safeParse({ year, knownOn });
    if (!asked.success) throw new WrongUse(z.prettifyError(asked.error));
    await withRunningDatabase(values.data, async (db) => {
      const today = todayAt(await schoolNamed(db, schoolId), Date.now());
      await write(exported(db, { schoolId, today }, kind, asked.data).content, out);
    });
    console.log(`Wrote ${out}.`);
    return 0;
  },
};

const isKind = (text: string | undefined): text is ExportKind => exportKinds.some((kind) => kind === text);

/** Whole or not at all, and for nobody but whoever runs the command: it is full of names. */
async function write(content: AsyncIterable<Buffer>, out: string): Promise<void> {
  const part = `${out}.part`;
  try {
    await pipeline(content, createWriteStream(part, { mode: 0o600 }));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
