import { createServer } from 'node:net';

/** A TCP port on 127.0.0.1 that nobody listens on: the preferred one if it is free, else one the system picks. */
export async function freePort(preferred = 0): Promise<number> {
  const port = await listenedOnce(preferred);
  return port ?? (await freePort());
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
