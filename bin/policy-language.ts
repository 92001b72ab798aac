import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { languagePage, packSchema } from '../policy/pack/language-page.ts';
import { checkout } from './checkout.ts';
import type { Command } from './command.ts';

export const command: Command = {
  summary:
    'print what a policy may say, or with --write bring docs/policy-language.md and its schema up to date (for developers)',
  usage: 'policy-language [--write]',
  async run(argv) {
    const { values } = parseArgs({ args: argv, options: { write: { type: 'boolean' } } });
    if (!values.write) console.log(languagePage());
    else {
      writeFileSync(page, languagePage());
      writeFileSync(schema, `${JSON.stringify(packSchema(), null, 2)}\n`);
      console.log('Wrote docs/policy-language.md and docs/policy-pack.schema.json.');
    }
    return 0;
  },
};

const page = new URL('docs/policy-language.md', checkout);
const schema = new URL('docs/policy-pack.schema.json', checkout);
