import { describe, expect, it } from '@jest/globals';
import { type ContactOfChild, placeOf, standingFor, writtenTo } from '../../../policy/people/person.ts';

const on = '2026-11-24';
const standing = {
  ...{ permission: 'full', parentalResponsibility: true, livesWith: true },
  ...{ restriction: null, restrictionFrom: null, restrictionUntil: null },
};
const place = {
  ...{ email: 'pat@home.example', address: ['1 Kiln Row', 'Oakbridge'], postcode: 'OK1 1AA', addressSafe: true, channel: null },
};
const noMailbox = { ...place, email: null };
const order = { ...standing, restriction: 'Order 12' };

const contact = (contactId: string, over: Partial<ContactOfChild> = {}): ContactOfChild => ({
  ...{ contactId, contactNo: contactId, priority: 1, standing, place, same: [] },
  ...over,
});
const same = (contactId: string, over: Partial<ContactOfChild['same'][number]> = {}) => [
  { contactId, place, standing: null, ...over },
];
const channels = (...contacts: ContactOfChild[]) => writtenTo(contacts, on).map(({ channel, may }) => (may ? channel : null));

describe('a person with two rows', () => {
  it('is written to at each child’s own row', () => {
    expect(channels(contact('a', { same: same('b', { place: { ...place, email: 'old@home.example' } }) }))).toEqual(['email']);
  });

  it('is not written to at a house that the other row calls not safe, however it is spelt', () => {
    const other = { ...place, address: ['1, Kiln Row.', 'OAKBRIDGE'], postcode: 'ok11aa', addressSafe: false };
    const unsafe = contact('a', { place: noMailbox, same: same('b', { place: other }) });
    expect(placeOf(unsafe).addressSafe).toBe(false);
    expect(writtenTo([unsafe], on)).toMatchObject([{ may: false, channel: null, because: expect.stringContaining('not safe') }]);
    const moved = { ...other, address: ['9 Old Lane'] };
    expect(channels(contact('a', { place: noMailbox, same: same('b', { place: moved }) }))).toEqual(['post']);
  });

  it('gets post where only the other row knows the wish', () => {
    expect(channels(contact('a', { same: same('b', { place: { ...place, channel: 'post' } }) }))).toEqual(['post']);
    const own = { ...place, channel: 'email' };
    expect(channels(contact('a', { place: own, same: same('b', { place: { ...place, channel: 'post' } }) }))).toEqual(['email']);
  });

  it('is kept from a child by a restriction in either row about that child, and from no other child', () => {
    const restricted = contact('a', { same: same('b', { standing: order }) });
    expect(standingFor(restricted, on).restriction).toBe('Order 12');
    expect(writtenTo([restricted], on)).toMatchObject([{ may: false, because: 'A restriction is in force', order: 'Order 12' }]);
    expect(channels(contact('a', { same: same('b', { standing: null }) }))).toEqual(['email']);
  });

  it('gets one letter about a child: at the row with the school’s number, then at the first', () => {
    const [own, known] = [
      contact('a', { contactNo: '~1', same: same('b', { standing }) }),
      contact('b', { priority: 2, same: same('a', { standing }) }),
    ];
    expect(channels(own, known)).toEqual([null, 'email']);
    expect(writtenTo([own, known], on)[0]?.because).toContain('The same person');
    const ended = { ...known, standing: { ...standing, permission: 'none' } };
    expect(channels(own, ended)).toEqual(['email', null]);
    expect(channels({ ...own, contactNo: '1' }, known)).toEqual(['email', null]);
    expect(channels(contact('a'), contact('b'))).toEqual(['email', 'email']);
  });
});
