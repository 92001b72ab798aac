import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isDay } from '../policy/calendar/day.ts';
import { inThousands } from '../policy/counted.ts';
import { trainingClasses, trainingFiles } from '../policy/training/csv.ts';
import { yearDays } from '../policy/training/timetable.ts';
import { type Command, WrongUse } from './command.ts';
import { Obstacle } from './obstacle.ts';

export const command: Command = {
  summary: 'write the training school as CSV files, to practise importing with: all of it, or some classes',
  usage: 'training-files DIR --from DATE [--to DATE] [--class 9A]...',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { from: { type: 'string' }, to: { type: 'string' }, class: { type: 'string', multiple: true } },
    });
    const [folder] = positionals;
    if (!folder || positionals.length > 1) throw new WrongUse('Name the folder to write into.');
    const from = date('--from', values.from);
    const to = date('--to', values.to ?? from);
    const days = yearDays.filter((day) => from <= day && day <= to).length;
    if (days === 0) throw new WrongUse(`There is no school from ${from} to ${to}: the register runs from ${span}.`);
    const unknown = values.class?.find((name) => !trainingClasses.includes(name));
    if (unknown) throw new WrongUse(`There is no class ${unknown}. Classes: ${trainingClasses.join(', ')}.`);
    const { pupils, contacts, marks } = trainingFiles(from, to, values.class);
    const marksName = from === to ? `marks-${from}.csv` : `marks-${from}-to-${to}.csv`;
    write(folder, { 'pupils.csv': pupils, 'contacts.csv': contacts, [marksName]: marks });
    return 0;
  },
};

const span = `${yearDays[0]} to ${yearDays.at(-1)}`;

function date(option: string, text: string | undefined): string {
  if (text === undefined || !isDay(text)) throw new WrongUse(`${option} takes a date from ${span}, for example 2026-09-02.`);
  return text;
}

/** Nothing that is there already is written over: it could be somebody's own. */
function write(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const paths = Object.entries(files).map(([name, text]) => [path.join(folder, name), text] as const);
  for (const [file, text] of paths)
    if (existsSync(file) && readFileSync(file, 'utf8') !== text)
      throw new Obstacle(`${file} is there already and says something else: choose another folder.`);
  for (const [file, text] of paths) {
    writeFileSync(file, text);
    console.log(`${file}: ${inThousands(text.split('\r\n').length - 2)} rows`);
  }
}
