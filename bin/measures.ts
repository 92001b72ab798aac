import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measuresPage } from '../policy/register/measures/page.ts';
import { checkout } from './checkout.ts';
import type { Command } from './command.ts';

export const command: Command = {
  summary: 'print what every figure counts, or with --write bring docs/measures.md up to date (for developers)',
  usage: 'measures [--write]',
  async run(argv) {
    const { values } = parseArgs({ args: argv, options: { write: { type: 'boolean' } } });
    if (values.write) writeFileSync(page, measuresPage());
    console.log(values.write ? 'Wrote docs/measures.md.' : measuresPage());
    return 0;
  },
};

const page = new URL('docs/measures.md', checkout);
