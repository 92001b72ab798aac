import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type SetUp, setUpSchool } from '../activities/school/set-up-school.ts';
import { readSchool } from '../policy/school/read-school.ts';
import { type Command, WrongUse } from './command.ts';
import { Obstacle } from './obstacle.ts';
import { withRunningDatabase } from './running-database.ts';

export const command: Command = {
  summary: 'set up a school, its authority, calendar and accounts from a file, or change what differs',
  usage: 'school FILE.yaml [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { data: { type: 'string' } } });
    const [file] = positionals;
    if (!file || positionals.length > 1) throw new WrongUse('Name one file; docs/set-up-a-school.md says what is in it.');
    if (!existsSync(file)) throw new Obstacle(`There is no file ${file}: look at its name and folder.`);
    const plan = readSchool(readFileSync(file, 'utf8'), path.basename(file));
    return print(plan.name, await withRunningDatabase(values.data, (db) => setUpSchool(db, plan)));
  },
};

function print(name: string, { changes, notes }: SetUp): number {
  if (changes.length === 0) console.log(`Nothing changed: ${name} is as the file says.`);
  for (const change of changes) console.log(`${change}.`);
  for (const note of notes) console.log(`To do: ${note}.`);
  return 0;
}
