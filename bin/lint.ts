import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { rules } from '../policy/lint/lint.ts';
import { lintText, type Placed } from '../policy/lint/lint-text.ts';
import { type Command, WrongUse } from './command.ts';
import { foundText } from './lint/found-text.ts';
import { sarifOf } from './lint/sarif.ts';
import { baseBeside, packFileNamed } from './pack-files.ts';

const formats: Record<string, (found: readonly Placed[]) => string> = {
  text: foundText,
  json: (found) => JSON.stringify(found, null, 2),
  sarif: (found) => JSON.stringify(sarifOf(found, rules), null, 2),
};

export const command: Command = {
  summary: 'say what in a policy conflicts with the law, is left open, or can never happen',
  usage: 'lint PACK… [--format text|json|sarif] [--strict] [--rules]   (PACK: a file, or the id of a policy kept here)',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        strict: { type: 'boolean', default: false },
        rules: { type: 'boolean', default: false },
      },
    });
    if (values.rules) {
      console.log(rules.map(({ id, severity, about, source }) => `${id} (${severity})\n  ${about}\n  ${source}`).join('\n'));
      return 0;
    }
    const format = Object.hasOwn(formats, values.format) ? formats[values.format] : undefined;
    if (!format) throw new WrongUse(`--format takes one of: ${Object.keys(formats).join(', ')}.`);
    if (positionals.length === 0) throw new WrongUse('Name at least one pack.');
    const found = positionals.map(packFileNamed).flatMap((file) => lintText(readFileSync(file, 'utf8'), file, baseBeside(file)));
    console.log(format(found));
    const failing = values.strict ? ['error', 'warning'] : ['error'];
    return found.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
  },
};
