import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server does with a message once it has all of it, or with a recipient. */
export type Manners = {
  /** Nothing: it takes the recipient. */
  onRecipient?: () => Refused | 'silence' | undefined;
  /** Nothing: it takes the message. */
  onMessage?: (message: Taken) => Ending | Promise<Ending>;
  options?: SMTPServerOptions;
};

type Refused = { code: number; message: string };
type Ending = Refused | 'silence' | 'hang up' | undefined;
export type Taken = { to: string[]; raw: string };

const silent = (): void => undefined;
const refusal = ({ code, message }: Refused) => Object.assign(new Error(message), { responseCode: code });

/** A real SMTP server on loopback with manners of its own. `taken` holds every message whose last dot arrived. */
export async function anSmtpServer(manners: Manners = {}) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...manners.options,
    onRcptTo(_, __, callback) {
      const answer = manners.onRecipient?.();
      if (answer === 'silence') return silent();
      callback(answer ? refusal(answer) : null);
    },
    onData(stream, session, callback) {
      void text(stream).then(async (raw) => {
        const message = { to: session.envelope.rcptTo.map(({ address }) => address), raw };
        taken.push(message);
        const answer = await manners.onMessage?.(message);
        if (answer === 'silence') return;
        if (answer === 'hang up') return hangUp(server, session.id);
        callback(answer ? refusal(answer) : null);
      });
    },
  });
  server.on('error', silent);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    manners,
    close: () => {
      for (const connection of connectionsOf(server)) connection._socket.destroy();
      return new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

type Connection = { id: string; _socket: { destroy(): void } };
const connectionsOf = (server: SMTPServer): Connection[] => [
  ...(server as unknown as { connections: Set<Connection> }).connections,
];

const hangUp = (server: SMTPServer, id: string): void =>
  connectionsOf(server)
    .find((one) => one.id === id)
    ?._socket.destroy();
