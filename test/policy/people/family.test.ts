import { describe, expect, it } from '@jest/globals';
import { bringsUp, inBoth, oneTable, type Relative, relativeOf } from '../../../policy/people/family.ts';
import type { ContactOfChild } from '../../../policy/people/person.ts';

const on = '2026-11-24';
const standing = {
  ...{ permission: 'full', parentalResponsibility: true, livesWith: true },
  ...{ restriction: null, restrictionFrom: null, restrictionUntil: null },
};
const place = { email: 'pat@home.example', address: ['1 Kiln Row'], postcode: 'OK1 1AA', addressSafe: true, channel: null };
const row = (contactId: string, over: Partial<ContactOfChild> = {}): ContactOfChild => ({
  ...{ contactId, contactNo: contactId, priority: 1, standing, place, same: [] },
  ...over,
});
const order = { ...standing, restriction: 'Order 12' };
const is = (name: string, over: Partial<ContactOfChild> = {}): Relative => relativeOf(name, row(name, over));

describe('children are brothers and sisters', () => {
  it('if one and the same person brings both up, also by two rows that are said to be one person', () => {
    expect(inBoth([is('mother'), is('father')], [is('mother'), is('other father')])).toEqual(['mother']);
    const second = relativeOf('Mum', row('m2', { same: [{ contactId: 'm1', place, standing: null }] }));
    const first = relativeOf('Mother', row('m1', { same: [{ contactId: 'm2', place, standing: null }] }));
    expect(inBoth([first], [second])).toEqual(['Mother']);
    expect(inBoth([is('mother')], [is('another')])).toEqual([]);
  });

  it.each([
    ['who lives with it', { ...standing, parentalResponsibility: false }, [], true],
    ['who is its parent and lives elsewhere', { ...standing, livesWith: false }, [], true],
    ['an authority that is the parent of a child in care', { ...standing, livesWith: false }, ['looked-after'], false],
    ['a foster carer', { ...standing, parentalResponsibility: false }, ['looked-after'], true],
    ['a neighbour for emergencies', { ...standing, parentalResponsibility: false, livesWith: false }, [], false],
  ])('a child is brought up by somebody: %s', (_, who, flags, does) => {
    expect(bringsUp(who, flags)).toBe(does);
  });
});

describe('the table of one meeting', () => {
  it('seats who may hear of both, and names who may hear of one alone', () => {
    expect(oneTable([is('mother'), is('father')], [is('mother'), is('other father')], on)).toEqual({
      ...{ both: ['mother'], onlyHere: ['father'], onlyThere: ['other father'] },
    });
  });

  it('does not seat for both whom an order keeps from one of them', () => {
    const kept = is('father', { standing: order });
    expect(oneTable([is('father')], [kept, is('mother')], on)).toEqual({
      ...{ both: [], onlyHere: ['father'], onlyThere: ['mother'] },
    });
  });
});
