import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { startMailCatcher } from '../../../bin/parts/mail.ts';
import { freePort } from '../../../bin/parts/ports.ts';
import { keepUp } from '../../../bin/start/keep-up.ts';
import { until } from '../../support/until.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-keep-up-'));
const said: string[] = [];
const stopping = new AbortController();
let ports: { smtpPort: number; webPort: number };
let begun = 0;
let kept: ReturnType<typeof keepUp>;

const pid = () => (JSON.parse(readFileSync(path.join(folder, 'mail.pid.json'), 'utf8')) as { pid: number }).pid;
type Mail = { id: string; subject: string };

async function inbox(): Promise<Mail[]> {
  const mails = (await (await fetch(`http://127.0.0.1:${ports.webPort}/api/email`)).json()) as Mail[];
  return mails.map(({ id, subject }) => ({ id, subject }));
}

/** A real part: the mail catcher, kept up on its ports. */
beforeAll(async () => {
  ports = { smtpPort: await freePort(), webPort: await freePort() };
  const begin = async () => {
    const part = await startMailCatcher({ folder, ...ports });
    begun++;
    return part;
  };
  kept = keepUp({ name: 'The mail catcher', begin, say: (line) => said.push(line), stopping: stopping.signal }, await begin());
});
afterAll(async () => {
  await kept.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a part that is kept up', () => {
  it('is begun again where it was, with what it held; while it cannot be, that is said and tried later and later', async () => {
    const mail = { from: 'a@oakbridge.example', to: 'b@families.example', subject: 'Kept', text: 'Kept' };
    await createTransport(`smtp://127.0.0.1:${ports.smtpPort}`).sendMail(mail);
    const before = await inbox();
    expect(before).toMatchObject([{ subject: 'Kept' }]);
    process.kill(pid(), 'SIGKILL');
    await until(async () => said.length === 1);
    const other = createServer().listen(ports.smtpPort, '127.0.0.1');
    await once(other, 'listening');
    await until(async () => said.length === 2);
    expect(said).toEqual([
      'The mail catcher ended (SIGKILL); starting it again in 1 s',
      `Port ${ports.smtpPort} of the mail catcher is taken: stop what listens there; starting it again in 2 s`,
    ]);
    other.close();
    await until(async () => begun === 2);
    expect(await inbox()).toEqual(before);
  });

  it('is never begun again once everything stops, although it dies', async () => {
    said.length = 0;
    stopping.abort();
    process.kill(pid(), 'SIGKILL');
    await kept.stop();
    expect([said, begun]).toEqual([[], 2]);
  });
});
