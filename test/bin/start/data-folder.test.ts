import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { recordProcess } from '../../../bin/parts/leftover.ts';
import { forgetData, lockFolder, secretsOf } from '../../../bin/start/data-folder.ts';

const aFolder = () => mkdtempSync(path.join(tmpdir(), 'firstbell-folder-'));
const lockIn = (folder: string) => path.join(folder, 'start.pid.json');

describe('the lock of a data folder', () => {
  it('refuses a second start while the first one runs, and names it', () => {
    const folder = aFolder();
    recordProcess(lockIn(folder), process.ppid);
    expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${process.ppid}.*--data DIR`));
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 30, since: '1' }],
    ['a process whose number another one has now', { pid: process.ppid, since: '1' }],
    ['nobody, cut off while it was written', '{"pi'],
  ])('is taken over from %s', (_, left) => {
    const folder = aFolder();
    writeFileSync(lockIn(folder), typeof left === 'string' ? left : JSON.stringify(left));
    const unlock = lockFolder(folder);
    expect(JSON.parse(readFileSync(lockIn(folder), 'utf8'))).toMatchObject({ pid: process.pid });
    unlock();
    expect(existsSync(lockIn(folder))).toBe(false);
  });
});

describe('the secrets of a data folder', () => {
  it('are made once, and are for their owner alone', () => {
    const folder = aFolder();
    const made = secretsOf(folder);
    expect(Buffer.from(made.PAYLOAD_KEY, 'base64')).toHaveLength(32);
    expect(secretsOf(folder)).toEqual(made);
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('go with the data when all is made afresh; the fetched engine stays', async () => {
    const folder = aFolder();
    const made = secretsOf(folder);
    for (const part of ['postgres', 'mail/mails', 'temporal/program/bin'])
      mkdirSync(path.join(folder, part), { recursive: true });
    writeFileSync(path.join(folder, 'temporal/engine.db'), '');
    await forgetData(folder);
    expect(['postgres', 'mail', 'temporal/engine.db'].filter((part) => existsSync(path.join(folder, part)))).toEqual([]);
    expect(existsSync(path.join(folder, 'temporal/program/bin'))).toBe(true);
    expect(secretsOf(folder)).not.toEqual(made);
  });
});
