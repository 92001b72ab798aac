import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { measuresPage } from '../../../../policy/register/measures/page.ts';

it('docs/measures.md says what the measures are (npx firstbell measures --write brings it up to date)', () => {
  expect(readFileSync(new URL('../../../../docs/measures.md', import.meta.url), 'utf8')).toBe(measuresPage());
});

it('explains everything that can be asked', () => {
  expect(measuresPage()).not.toMatch(/undefined|\[object/);
});
