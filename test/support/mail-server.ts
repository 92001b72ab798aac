import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export type Mail = { to: string; text: string };
type Mood = 'kind' | 'slow' | 'refuses' | 'tries later' | 'hangs up after the letter' | 'is silent after the letter';

/** A real SMTP server that keeps what it gets, and can be made to behave badly. */
export async function aMailServer() {
  const received: Mail[] = [];
  const state: { mood: Mood } = { mood: 'kind' };
  const no = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => done(state.mood === 'refuses' ? no(550, 'No such mailbox') : null),
    onData(stream: SMTPServerDataStream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (state.mood === 'tries later') return done(no(451, 'Greylisted'));
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        if (state.mood === 'hangs up after the letter') return closeAll(server);
        if (state.mood === 'slow') return void setTimeout(done, 3_000);
        if (state.mood !== 'is silent after the letter') done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    behave(mood: Mood) {
      state.mood = mood;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Cuts every connection without an answer, as a server that dies does. */
function closeAll(server: SMTPServer): void {
  for (const connection of (server as unknown as { connections: Set<{ _socket: Socket }> }).connections)
    connection._socket.destroy();
}
