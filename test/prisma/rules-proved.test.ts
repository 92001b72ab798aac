import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashOf, rulesProved } from '../../prisma/rules-proved.ts';

let copy: string;
beforeAll(() => {
  copy = path.join(mkdtempSync(path.join(tmpdir(), 'rules-')), 'policy');
  cpSync(fileURLToPath(new URL('../../policy', import.meta.url)), copy, { recursive: true });
});
afterAll(() => rmSync(path.dirname(copy), { recursive: true }));

const hash = () => hashOf(path.join(copy, 'prove/prove.ts'));

/** The hash while a file says something else. */
function withChanged(file: string, change: (text: string) => string): string {
  const at = path.join(copy, file);
  const text = readFileSync(at, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(at, change(text));
  const found = hash();
  writeFileSync(at, text);
  return found;
}

it('the same rules have the same hash, wherever they lie', () => {
  expect(rulesProved).toMatch(/^[0-9a-f]{16}$/);
  expect(hash()).toBe(rulesProved);
});

it.each([
  ['the law', 'law/england-2024.ts', (text: string) => text.replace('sessions: 10', 'sessions: 11')],
  ['what a case decides', 'case/opening.ts', (text: string) => `${text}\nexport const more = 1;\n`],
  ['what a promise is', 'prove/properties.ts', (text: string) => `${text}\nexport const more = 1;\n`],
  ['how school days are counted', 'calendar/school-calendar.ts', (text: string) => text.replace('n <= 0', 'n < 0')],
])('other rules have another: %s', (_, file, change) => expect(withChanged(file, change)).not.toBe(rulesProved));

it.each([
  ['a pack, which has a version of its own', 'packs/celt.yaml'],
  ['the names of the training school', 'training/names.ts'],
])('what is no rule changes nothing: %s', (_, file) => expect(withChanged(file, (text) => `${text}\n`)).toBe(rulesProved));
