import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../policy/people/roles.ts';
import { machine } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
beforeAll(async () => {
  schools = await twoSchools();
  const pupil = (n: number, chosenName: string, more: object = {}) => ({
    ...{ id: `00000000-0000-4000-8000-00000000000${n}`, schoolId: 'a', admissionNo: `A000${n}`, upn: `X99912345600${n}` },
    ...{ chosenName, legalName: chosenName, born: new Date('2014-05-11'), yearGroup: 9, className: '9A' },
    ...{ onRollFrom: new Date('2020-09-01'), flags: [], ...more },
  });
  await schools.db.pupil.createMany({
    data: [
      pupil(1, 'Zoë Ashworth'),
      pupil(2, 'Łukasz Wójcik', { legalName: 'Łukasz Jan Wójcik', className: '9B' }),
      pupil(3, 'Siobhán O’Brien'),
      pupil(4, 'Zoe Ash', { onRollTo: new Date('2026-09-30') }),
      pupil(5, 'محمد', { upn: '' }),
      pupil(6, 'Zoë Ashworth', { schoolId: 'b' }),
    ],
  });
});
afterAll(() => schools.close());

const rows = (page: string) =>
  [...page.matchAll(/<th[^>]* scope="row"[^>]*>(.*?)<\/th>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, ' ').trim());

const found = async (name: string, role: Role = 'sal') =>
  rows((await (await schools.signedIn(role)).get(`/pupils?name=${encodeURIComponent(name)}`)).text);

describe('a pupil', () => {
  it.each([
    ['the name', 'Zoë Ashworth', ['Zoë Ashworth']],
    ['beginnings, without accents and capitals', 'zoe ashw', ['Zoë Ashworth']],
    ['the surname first', 'Wojcik, Lukasz', ['Łukasz Wójcik']],
    ['a middle name that only the register has', 'jan', ['Łukasz Wójcik']],
    ['whatever apostrophe, or none', "o'brien", ['Siobhán O’Brien']],
    ['whatever apostrophe, or none', 'obrien', ['Siobhán O’Brien']],
    ['another script', 'محمد', ['محمد']],
    ['the admission number', 'a0003', ['Siobhán O’Brien']],
    ['the UPN', 'x999123456002', ['Łukasz Wójcik']],
    ['the class', '9b', ['Łukasz Wójcik']],
    ['the middle of a name: no', 'worth', []],
    ['part of an admission number: no', 'A00', []],
    ['nothing but signs: no', '*', []],
    ['nothing at all: no, though one has no UPN', ' ', []],
  ])('is found by %s: %s', async (_, typed, expected) => {
    expect((await found(typed)).map((row) => row.split(/\s{2,}/)[0])).toEqual(expected);
  });

  it('of the same name at another school is not', async () => {
    const response = await (await schools.signedIn('sal')).get('/pupils?name=ashworth');
    expect(response.text).toContain('/register/00000000-0000-4000-8000-000000000001');
    expect(response.text).not.toContain('000000000006');
  });

  it('of another class is not, for a class teacher', async () => {
    expect([await found('wojcik', 'class-teacher'), await found('ashworth', 'class-teacher')]).toEqual([
      [expect.any(String)],
      [],
    ]);
  });

  it('who was never referred is nobody to an officer', async () => {
    expect(await found('ashworth', 'ewo')).toEqual([]);
  });

  it('who has left is said to have', async () => {
    expect(await found('zoe')).toEqual([
      expect.stringContaining('On the roll until Wednesday 30 September 2026'),
      expect.anything(),
    ]);
  });

  it('is found by a machine in the same way, and in its own school', async () => {
    const api = machine(schools.app, await schools.tokenFor('sal'));
    const { body } = await api.get('/api/v1/register/pupils?name=zoe%20ashworth');
    expect(body.rows.map(({ id }: { id: string }) => id)).toEqual(['00000000-0000-4000-8000-000000000001']);
  });
});
