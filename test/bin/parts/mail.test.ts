import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { startMailCatcher } from '../../../bin/parts/mail.ts';
import { freePort } from '../../../bin/parts/ports.ts';
import { until } from '../../support/until.ts';

it.each(['smtpPort', 'webPort'] as const)(
  'a mail catcher whose %s somebody takes while it starts says so, and does not blame its folder',
  async (which) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-mail-'));
    const port = await freePort();
    const thief = createServer((_, answer) => void answer.end('Something else'));
    const refused = startMailCatcher({ folder, [which]: port }).catch(({ message }: Error) => message);
    await until(async () => existsSync(path.join(folder, 'mail.pid.json')));
    await once(thief.listen(port, '127.0.0.1'), 'listening');
    const said = await refused;
    thief.closeAllConnections();
    await new Promise((closed) => thief.close(closed));
    rmSync(folder, { recursive: true });
    expect(said).toMatch(/EADDRINUSE.*To mend it, stop what listens there, or start again\.$/);
  },
);
