import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { fileBody, formWithFile, uploadOf } from '../../../api/web/receive.ts';

let server: Server;
let failed: unknown[];
const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-receive-'));
const kept = () => readdirSync(folder).length;

beforeAll(async () => {
  const app = express();
  app.post('/file', fileBody('text/csv', { most: 1_000, into: () => folder }), (req, res) => {
    const { path: at = '', sha256 } = uploadOf(req) ?? {};
    res.json({ sha256, text: readFileSync(at, 'utf8'), kept: kept() });
  });
  app.post('/form', ...formWithFile('file', { most: 1_000, into: () => folder }), (_req, res) => {
    res.json({ kept: kept() });
  });
  app.use(((error, _req, res, _next) => {
    failed.push(error);
    res.status(error.status ?? 500).json({ detail: error.message });
  }) as express.ErrorRequestHandler);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  failed = [];
});

const send = (body: string | Buffer, headers: Record<string, string> = { 'Content-Type': 'text/csv' }) =>
  request(server).post('/file').set(headers).send(body);

/** Sends a request by hand, so that it can be cut off or go on for too long. */
function byHand(headers: Record<string, string | number>, at = '/file') {
  const { port } = server.address() as AddressInfo;
  return httpRequest({
    port,
    host: '127.0.0.1',
    path: at,
    method: 'POST',
    headers: { 'Content-Type': 'text/csv', ...headers },
  });
}

async function nothingKept(): Promise<void> {
  while (kept() > 0) await new Promise(setImmediate);
}

describe('a file as the body of a request', () => {
  it('is kept while it is looked at, with its hash, and then removed', async () => {
    const { body } = await send('a,b\n1,2\n', { 'Content-Type': 'text/csv; charset=utf-8' });
    expect(body).toEqual({
      sha256: '492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470',
      text: 'a,b\n1,2\n',
      kept: 1,
    });
    await nothingKept();
  });

  it.each([
    ['of another kind', 'x', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['that is compressed', gzipSync('a,b'), { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' }],
  ])('%s is refused', async (_, body, headers) => {
    const { status, body: said } = await send(body, headers);
    expect([status, said.detail]).toEqual([415, expect.stringMatching(/uncompressed, with Content-Type: text\/csv/)]);
  });

  it('that says it is too large is refused before it is sent', async () => {
    const asked = byHand({ 'Content-Length': 5_000 });
    asked.flushHeaders();
    const [reply] = (await once(asked, 'response')) as [IncomingMessage];
    expect(reply.resume().statusCode).toBe(413);
    asked.destroy();
  });

  it('that turns out to be too large is refused at its end, and was kept nowhere', async () => {
    const asked = byHand({ 'Transfer-Encoding': 'chunked' });
    for (let n = 0; n < 50; n += 1) asked.write('x'.repeat(100));
    asked.end();
    const [reply] = (await once(asked, 'response')) as [IncomingMessage];
    expect(reply.resume().statusCode).toBe(413);
    await nothingKept();
  });

  it('that does not end is refused as soon as it is too large', async () => {
    const asked = byHand({ 'Transfer-Encoding': 'chunked' });
    asked.on('error', () => undefined);
    for (let n = 0; n < 11; n += 1) asked.write('x'.repeat(100));
    const [reply] = (await once(asked, 'response')) as [IncomingMessage];
    expect([reply.resume().statusCode, kept()]).toEqual([413, 0]);
    asked.destroy();
  });

  it('in a form that says it is too large is refused before it is sent, and while it still comes', async () => {
    const type = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const asked = byHand({ ...type, 'Content-Length': 2_000_000_000 }, '/form');
    asked.on('error', () => undefined);
    asked.write(`--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${'x'.repeat(500)}`);
    const [reply] = (await once(asked, 'response')) as [IncomingMessage];
    expect([reply.resume().statusCode, kept()]).toEqual([413, 0]);
    asked.destroy();
    expect((await request(server).post('/form').attach('file', Buffer.from('a,b'), 'a.csv')).body).toEqual({ kept: 1 });
    expect((await request(server).post('/form').attach('file', Buffer.alloc(1_001), 'a.csv')).status).toBe(500);
    await nothingKept();
  });

  it('that breaks off leaves nothing behind, and is no fault of ours', async () => {
    const asked = byHand({ 'Content-Length': 900 });
    asked.on('error', () => undefined);
    asked.write('x'.repeat(100));
    while (kept() === 0) await new Promise(setImmediate);
    asked.destroy();
    await nothingKept();
    expect(failed).toEqual([]);
  });
});
