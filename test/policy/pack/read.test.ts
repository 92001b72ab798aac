import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { packFile } from '../../support/told-case.ts';

const written = readFileSync(packFile, 'utf8');

it.each([
  ['an enclosure that nobody has written', 'enclose: [leaflet]', 'enclose: [poster]', /expected "leaflet"[\s\S]*enclose/],
  ['a stage that is not there', 'go: meeting }', 'go: meetings }', /There is no stage "meetings"/],
  ['a person whom it does not name', 'approved by: attendance lead', 'approved by: the lead', /There is no person "the lead"/],
  ['a word that is not of its language', 'review every:', 'look every:', /look every/],
  ['the same key twice', 'opens:', 'opens: []\nopens:', /unique/],
])('a pack with %s is refused at its door, by file and place', (_, right, wrong, says) => {
  expect(written).toContain(right);
  const read = () => readPack(written.replaceAll(right, wrong), 'school.yaml');
  expect(read).toThrow(Refusal);
  expect(read).toThrow(/school\.yaml/);
  expect(read).toThrow(says);
});
