import { writeFileSync } from 'node:fs';
import { connect, constants, createSecureServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { generate } from 'selfsigned';

const localhost = [{ name: 'commonName', value: 'localhost' }];

/** Certificates of one authority: its own, a server's and a client's, as PEM. */
async function certificates() {
  const authority = await generate([{ name: 'commonName', value: 'Authority of the tests' }], {
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const ca = { key: authority.private, cert: authority.cert };
  const [server, client] = [await generate(localhost, { ca }), await generate(localhost, { ca })];
  return { ca: ca.cert, server, client };
}

/**
 * What stands before an engine that is far away: TLS, a client that must show its certificate, and a key that each call
 * has to carry. What passes goes on to the engine of the tests as it is.
 */
export async function aTlsFront({ address, folder, apiKey }: { address: string; folder: string; apiKey: string }) {
  const { ca, server: own, client } = await certificates();
  const back = connect(`http://${address}`);
  const server = createSecureServer({ key: own.private, cert: own.cert, ca, requestCert: true, rejectUnauthorized: true });
  const refused: string[] = [];
  server.on('stream', (stream, headers) => {
    if (headers.authorization === `Bearer ${apiKey}`) return passOn(stream, headers);
    refused.push(String(headers.authorization));
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16' }, { endStream: true });
  });

  function passOn(stream: ServerHttp2Stream, { ':authority': _, ...headers }: IncomingHttpHeaders): void {
    const onward = back.request(headers);
    let trailers: IncomingHttpHeaders = {};
    onward.on('trailers', (given) => {
      trailers = given;
    });
    onward.on('response', (given, flags) => {
      const over = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      if (!stream.destroyed) stream.respond(given, over ? { endStream: true } : { waitForTrailers: true });
    });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.on('close', () => onward.close());
    for (const end of [stream, onward]) end.on('error', () => undefined);
    stream.pipe(onward).pipe(stream);
  }

  const fileOf = (name: string, pem: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, pem);
    return file;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `localhost:${(server.address() as AddressInfo).port}`,
    refused,
    files: { ca: fileOf('ca.pem', ca), cert: fileOf('client.pem', client.cert), key: fileOf('client-key.pem', client.private) },
    stop() {
      server.close();
      back.destroy();
    },
  };
}
