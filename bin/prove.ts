import { parseArgs } from 'node:util';
import { counted } from '../policy/counted.ts';
import { proveAuthority } from '../policy/prove/authority/prove-authority.ts';
import { prove } from '../policy/prove/prove.ts';
import type { Db } from '../prisma/client.ts';
import { packOf } from '../prisma/packs.ts';
import { endProof } from '../prisma/proofs.ts';
import { authorityNamed } from './authority-files.ts';
import { type Command, WrongUse } from './command.ts';
import { forPages } from './for-pages.ts';
import { packNamed } from './pack-files.ts';

export const command: Command = {
  summary: "prove what is promised of a policy, or of an authority's side; or show the shortest way in which it fails",
  usage: `prove [PACK…] [--authority PROFILE]… [--most STATES] [--json]   (a file, or the id of one kept here)`,
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        authority: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        most: { type: 'string', default: '20000' },
        ...{ kept: { type: 'string' }, data: { type: 'string' } },
      },
    });
    const { kept } = values;
    if (kept !== undefined) return forPages(values.data, (db) => proveKept(db, kept));
    if (positionals.length + values.authority.length === 0) throw new WrongUse('Name at least one pack, or an authority.');
    const most = Number(values.most);
    if (!Number.isInteger(most) || most < 1) throw new WrongUse('--most takes a whole number of states.');
    const proofs = [
      ...positionals.map(packNamed).map((pack) => prove(pack, { most })),
      ...values.authority.map(authorityNamed).map((profile) => proveAuthority(profile, { most })),
    ];
    console.log(values.json ? JSON.stringify(proofs, null, 2) : proofs.map(textOf).join('\n\n'));
    return proofs.some(({ verdicts }) => verdicts.some(({ refuted }) => refuted !== null)) ? 1 : 0;
  },
};

/** Proves a version that is kept, as a page asked for it. */
async function proveKept(db: Db, named: string): Promise<void> {
  const [packId = '', version = ''] = named.split('@');
  await endProof(db, { packId, version }, { proof: prove(await packOf(db, packId, version)) });
}

type Proof = ReturnType<typeof prove> | ReturnType<typeof proveAuthority>;

function textOf(proof: Proof): string {
  const { states, transitions, whole, verdicts } = proof;
  const looked = `${counted(states, 'state')}, ${counted(transitions, 'step')}${whole ? ': all that can happen' : ': the bound was reached, more can happen'}`;
  const lines = verdicts.map(({ says, refuted }) =>
    refuted
      ? `REFUTED  ${says}\n  ${refuted.why}:\n${refuted.path.map((step, i) => `    ${i + 1}. ${step}`).join('\n')}`
      : `${whole ? 'proved ' : 'so far '}  ${says}`,
  );
  const untried = 'pack' in proof ? (proof.notTried ?? []).map((one) => `not tried  ${one}`) : [];
  return [`${'pack' in proof ? proof.pack : `authority ${proof.authority}`}: ${looked}`, ...lines, ...untried].join('\n');
}
