import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { startMailCatcher } from '../../../bin/parts/mail.ts';
import { freePort } from '../../../bin/parts/ports.ts';
import { until } from '../../support/until.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-mail-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a mail catcher whose port somebody takes while it starts says so, and does not blame its folder', async () => {
  const smtpPort = await freePort();
  const thief = createServer();
  const refused = startMailCatcher({ folder, smtpPort }).catch(({ message }: Error) => message);
  await until(async () => existsSync(path.join(folder, 'mail.pid.json')));
  await once(thief.listen(smtpPort, '127.0.0.1'), 'listening');
  const said = await refused;
  await new Promise((closed) => thief.close(closed));
  expect(said).toMatch(/EADDRINUSE.*To mend it, stop what listens there, or start again\.$/);
});
