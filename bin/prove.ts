import { parseArgs } from 'node:util';
import { counted } from '../policy/counted.ts';
import { type Proof, prove } from '../policy/prove/prove.ts';
import { type Command, WrongUse } from './command.ts';
import { packNamed } from './pack-files.ts';

export const command: Command = {
  summary: 'prove what is promised of a policy, or show the shortest way in which it fails',
  usage: 'prove PACK… [--most STATES] [--json]   (PACK: a file, or the id of a policy kept here)',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, most: { type: 'string', default: '20000' } },
    });
    if (positionals.length === 0) throw new WrongUse('Name at least one pack.');
    const most = Number(values.most);
    if (!Number.isInteger(most) || most < 1) throw new WrongUse('--most takes a whole number of states.');
    const proofs = positionals.map(packNamed).map((pack) => prove(pack, { most }));
    console.log(values.json ? JSON.stringify(proofs, null, 2) : proofs.map(textOf).join('\n\n'));
    return proofs.some(({ verdicts }) => verdicts.some(({ refuted }) => refuted !== null)) ? 1 : 0;
  },
};

function textOf({ pack, states, transitions, whole, verdicts }: Proof): string {
  const looked = `${counted(states, 'state')}, ${counted(transitions, 'step')}${whole ? ': all that can happen' : ': the bound was reached, more can happen'}`;
  const lines = verdicts.map(({ says, refuted }) =>
    refuted
      ? `REFUTED  ${says}\n  ${refuted.why}:\n${refuted.path.map((step, i) => `    ${i + 1}. ${step}`).join('\n')}`
      : `${whole ? 'proved ' : 'so far '}  ${says}`,
  );
  return [`${pack}: ${looked}`, ...lines].join('\n');
}
