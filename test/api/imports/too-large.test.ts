import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { aBrowser } from '../../support/browser.ts';
import { password } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

const twoGigabytes = 2_000_000_000;
const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-too-large-'));
const file = path.join(folder, 'marks.csv');
const sockets: Socket[] = [];
let schools: TwoSchools;
let server: Server;
let chromium: Browser;

beforeAll(async () => {
  writeFileSync(file, 'admission_no,date,session,code\n');
  // It takes no room: what is read of it are noughts.
  truncateSync(file, twoGigabytes);
  schools = await twoSchools();
  server = createServer(schools.app).listen(0, '127.0.0.1');
  server.on('connection', (socket) => sockets.push(socket));
  await once(server, 'listening');
  chromium = await aBrowser();
});
afterAll(async () => {
  await chromium.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await schools.close();
  rmSync(folder, { recursive: true });
});

it('a file of 2 GB is refused on the page, without JavaScript, long before all of it is sent', async () => {
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await (await chromium.newContext({ javaScriptEnabled: false, baseURL })).newPage();
  await page.goto('/sign-in?to=/imports');
  await page.getByLabel('E-mail address').fill('sal@a.example');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.goto('/imports');
  await page.getByLabel('CSV file').setInputFiles(file);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('A file may have 200 MB at most').first().waitFor({ timeout: 300_000 });
  expect(sockets.reduce((read, { bytesRead }) => read + bytesRead, 0)).toBeLessThan(twoGigabytes / 2);
});
