import { parseArgs } from 'node:util';
import { isDay, londonDay, longDay } from '../policy/calendar/day.ts';
import { lawInWords, statusInWords } from '../policy/law/in-words.ts';
import { ruleSetOn } from '../policy/law/rule-sets.ts';
import { type Command, WrongUse } from './command.ts';

export const command: Command = {
  summary: 'say what the law says that no policy changes, on a day, each rule with its source and how sure it is',
  usage: 'law [--on YYYY-MM-DD] [--json]',
  async run(argv) {
    const { values } = parseArgs({ args: argv, options: { on: { type: 'string' }, json: { type: 'boolean' } } });
    const on = values.on ?? londonDay(Date.now());
    if (!isDay(on)) throw new WrongUse(`--on ${on} is not a date as YYYY-MM-DD.`);
    const { id, title, rules } = ruleSetOn(on);
    if (values.json) for (const rule of lawInWords(rules)) console.log(JSON.stringify({ set: id, ...rule }));
    else console.log([`${title} (${id}), as it was in force on ${longDay(on)}.`, ...lawInWords(rules).map(lines)].join('\n\n'));
    return 0;
  },
};

const lines = ({ about, says, source, status }: ReturnType<typeof lawInWords>[number]): string =>
  `${about}\n  ${says}.\n  ${source}: ${statusInWords[status]}.`;
