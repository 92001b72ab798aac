import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { languagePage, packSchema } from '../../../policy/pack/language-page.ts';

const kept = (file: string) => readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');

it('docs/policy-language.md and its schema say what a policy may say (npx firstbell policy-language --write)', () => {
  expect(kept('policy-language.md')).toBe(languagePage());
  expect(JSON.parse(kept('policy-pack.schema.json'))).toEqual(packSchema());
});
