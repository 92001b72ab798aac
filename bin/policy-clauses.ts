import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { clausesPage, readClauses } from '../policy/pack/clause-list.ts';
import { checkout } from './checkout.ts';
import { type Command, WrongUse } from './command.ts';
import { packNamed, shippedPacks } from './pack-files.ts';

export const command: Command = {
  summary: 'print what became of each clause of a policy, or with --write bring docs/policies up to date (for developers)',
  usage: 'policy-clauses [POLICY | --write]',
  async run(argv) {
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { write: { type: 'boolean' } } });
    if (values.write) {
      for (const id of shippedPacks()) writeFileSync(new URL(`docs/policies/${id}.md`, checkout), pageOf(id));
      console.log('Wrote docs/policies.');
      return 0;
    }
    const [id] = positionals;
    if (!id) throw new WrongUse('Name a policy.');
    console.log(pageOf(id));
    return 0;
  },
};

function pageOf(id: string): string {
  const clauses = new URL(`../policy/packs/clauses/${id}.yaml`, import.meta.url);
  return clausesPage(packNamed(id), readClauses(readFileSync(clauses, 'utf8'), `clauses/${id}.yaml`));
}
