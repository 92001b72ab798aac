import type { Logger } from 'pino';
import type { Db } from '../prisma/client.ts';
import { endProof, handBackProof, heardOfProof, takeOutdatedProof, takeProof, type Version } from '../prisma/proofs.ts';
import { endSimulation, handBackSimulation, heardOfSimulation, takeSimulation } from '../prisma/simulations.ts';
import { oneProcessEach } from './one-process-each.ts';

/** What is counted beside the requests that asked for it. */
type Parts = { db: Db; databaseUrl: string; log: Logger };

/** Runs what was asked to be simulated. */
export const simulations = ({ db, ...parts }: Parts) =>
  oneProcessEach<string>(
    {
      name: 'simulation',
      command: (id) => ['simulate', '--kept', id],
      take: (silentSince) => takeSimulation(db, silentSince),
      heard: (id) => heardOfSimulation(db, id),
      handBack: (id) => handBackSimulation(db, id),
      fail: (id, why) => endSimulation(db, id, { status: 'failed', why }),
    },
    parts,
  );

/** Proves what was asked to be proved; when nothing else waits, what other rules have proved. */
export const proofs = ({ db, ...parts }: Parts) =>
  oneProcessEach<Version>(
    {
      name: 'proof',
      command: ({ packId, version }) => ['prove', '--kept', `${packId}@${version}`],
      take: async (silentSince) => (await takeProof(db, silentSince)) ?? takeOutdatedProof(db),
      heard: (of) => heardOfProof(db, of),
      handBack: (of) => handBackProof(db, of),
      fail: (of, why) => endProof(db, of, { why }),
    },
    parts,
  );
