import path from 'node:path';
import { type Given, noSettings } from '../config.ts';
import { startDatabase } from '../parts/database.ts';
import { startEngine } from '../parts/engine.ts';
import { startMailCatcher } from '../parts/mail.ts';
import { freePort } from '../parts/ports.ts';
import { secretsOf } from './data-folder.ts';
import { type Begun, keepUp } from './keep-up.ts';
import type { StopList } from './stop-list.ts';

type Wanted = {
  folder: string;
  port: number;
  given: Given;
  say: (line: string) => void;
  told: AbortSignal;
  stops: StopList;
};

type Env = Record<string, string> & { DATABASE_URL: string };

/**
 * Starts, side by side, each part that the environment does not bring. One that dies later is started again on its own port.
 * @returns what the product's own processes need to know of them, and where a person finds them
 */
export async function startParts({ folder, port, given, say, told, stops }: Wanted) {
  const { databasePassword: password, ...secrets } = secretsOf(folder);
  const up = async <T extends Begun>(name: string, start: () => Promise<T>): Promise<T> => {
    const first = start();
    const begin = async () => {
      const part = await start();
      say(`${name} is up again`);
      return part;
    };
    await stops.addWhenUp(first.then((part) => keepUp({ name, begin, say, stopping: stops.stopping }, part)));
    say(`${name} is up`);
    return first;
  };
  const ports = await freePorts(port + 1);
  const [database, mail, engine] = await Promise.all([
    given.DATABASE_URL
      ? undefined
      : up('The database', () => startDatabase({ folder: path.join(folder, 'postgres'), password, port: ports.database })),
    // A training school's mail can go nowhere else, so the catcher is there even if real mail has a server.
    up('The mail catcher', () =>
      startMailCatcher({ folder: path.join(folder, 'mail'), smtpPort: ports.smtp, webPort: ports.inbox }),
    ),
    given.TEMPORAL_ADDRESS
      ? undefined
      : up('The case engine', () =>
          startEngine({ folder: path.join(folder, 'temporal'), port: ports.engine, uiPort: ports.ui, say, signal: told }),
        ),
  ]);
  const url = `http://localhost:${port}`;
  const env: Env = {
    PAYLOAD_KEY: given.PAYLOAD_KEY ?? secrets.PAYLOAD_KEY,
    SESSION_SECRET: given.SESSION_SECRET ?? secrets.SESSION_SECRET,
    PORT: String(port),
    BASE_URL: given.BASE_URL ?? url,
    DATABASE_URL: given.DATABASE_URL ?? database?.urlOf('firstbell') ?? '',
    ...(given.TEMPORAL_ADDRESS ? {} : noEngineSettings),
    TEMPORAL_ADDRESS: given.TEMPORAL_ADDRESS ?? engine?.address ?? '',
    SMTP_URL: given.SMTP_URL ?? mail.smtpUrl,
    MAIL_CATCHER_URL: mail.smtpUrl,
    MAIL_INBOX_URL: mail.inboxUrl,
  };
  const places: [string, string][] = [
    ['Firstbell', url],
    ['Mail inbox', mail.inboxUrl],
    ['Case engine', engine?.uiUrl ?? env.TEMPORAL_ADDRESS ?? ''],
  ];
  return { env, places };
}

/** The embedded engine is a neighbour: what was set for another, its namespace, certificates and key, is not for it. */
const noEngineSettings = Object.fromEntries(Object.entries(noSettings).filter(([name]) => name.startsWith('TEMPORAL_')));

/** A port for each server of the parts, the same for as long as this start lives. */
async function freePorts(inbox: number) {
  const [database, engine, ui, smtp] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  return { database, engine, ui, smtp, inbox: await freePort(inbox) };
}
