import { connect, createServer } from 'node:net';
import { Obstacle } from '../obstacle.ts';

/** A TCP port on 127.0.0.1 that nobody listens on: the preferred one if it is free, else one the system picks. */
export async function freePort(preferred = 0): Promise<number> {
  const port = await listenedOnce(preferred);
  return port ?? (await freePort());
}

/**
 * The port that a part asks for, or any free one if it asks for none.
 * @throws Obstacle if somebody listens on the port that it asks for.
 */
export async function portFor(part: string, asked: number | undefined): Promise<number> {
  if (asked === undefined) return freePort();
  if (await isFree(asked)) return asked;
  throw new Obstacle(`Port ${asked} of ${part} is taken: stop what listens there.`);
}

/** True if somebody takes connections on this port of 127.0.0.1. Asking leaves the port to whoever wants it. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const say = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}

/** True if nobody listens on this port of the given address. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await listenedOnce(port, host)) !== undefined;
}

function listenedOnce(port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : undefined));
    });
  });
}
