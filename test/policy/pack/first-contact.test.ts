import { expect, it } from '@jest/globals';
import { firstContact } from '../../../policy/pack/first-contact.ts';
import { shippedPacks } from '../../support/packs.ts';

it('says who speaks to the family of a pupil who is absent without a reason, by when, and what follows while nobody answers', () => {
  const said = shippedPacks.map(([name, pack]) => {
    const contact = firstContact(pack);
    return [name, contact?.person, contact?.role, contact?.said, contact?.by, contact?.andThen.length];
  });
  expect(said).toEqual([
    ['celt', 'office', 'attendance-officer', 'by 09:30', '09:30', 3],
    ['demat', 'attendance officer', 'attendance-officer', 'on the same day', null, 1],
    ['gloucestershire', 'attendance officer', 'attendance-officer', 'on the same day', null, 0],
    ['james-marks', 'office', 'attendance-officer', 'by 10:00', '10:00', 3],
    ['learning-partners', 'attendance officer', 'attendance-officer', 'on the same day', null, 0],
  ]);
  const [, celt] = shippedPacks.find(([name]) => name === 'celt') ?? [];
  expect(celt && firstContact({ ...celt, 'unexplained absences': { 'become O': 'by a person' } })).toBeNull();
});
