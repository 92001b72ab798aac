import pino from 'pino';
import request from 'supertest';
import { startApi } from '../../bin/api-process.ts';
import type { Role } from '../../policy/people/roles.ts';
import { type Machine, machine, passwordHash, signIn, tokenOf } from './callers.ts';
import { emailOf } from './desk.ts';
import type { aSchool } from './school.ts';

type School = Awaited<ReturnType<typeof aSchool>>;

/** The API process as it runs in production, listening, for a small school on the real parts. */
export async function aRunningApi({ db, config }: School) {
  const settings = {
    HOST: '127.0.0.1',
    PORT: 0,
    BASE_URL: 'http://127.0.0.1',
    SESSION_SECRET: 'a secret of the tests, long enough',
  };
  const { url, stop } = await startApi({ ...config, ...settings }, pino({ level: 'silent' }));
  await db.user.updateMany({ data: { passwordHash: await passwordHash() } });
  const machines = new Map<string, Promise<Machine>>();
  const machineOf = (email: string): Promise<Machine> => {
    const made = machines.get(email) ?? tokenOf(db, email).then((token) => machine(url, token));
    machines.set(email, made);
    return made;
  };
  return {
    url,
    stop,
    /** Somebody without a token. */
    stranger: request(url),
    machineOf,
    as: (role: Role) => machineOf(emailOf(role)),
    browserOf: (email: string) => signIn(url, email),
  };
}
