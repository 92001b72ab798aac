import { describe, expect, it } from '@jest/globals';
import { addressOn, isPlainMailbox, mayCall, mayWriteTo, type Standing, wayTo } from '../../../policy/letters/may-write.ts';

const parent: Standing = {
  permission: 'full',
  parentalResponsibility: true,
  livesWith: true,
  restriction: null,
  restrictionFrom: null,
  restrictionUntil: null,
};
const order = 'Prohibited steps order';

describe('on 24 November 2026 a letter', () => {
  it.each<[string, Partial<Standing>, boolean]>([
    ['goes to a parent', {}, true],
    ['goes to a parent who lives elsewhere', { livesWith: false }, true],
    ['goes to a carer without parental responsibility', { parentalResponsibility: false }, true],
    ['goes to a parent who wants letters only', { permission: 'letters-only' }, true],
    ['stops for an emergency contact', { parentalResponsibility: false, livesWith: false }, false],
    ['stops without permission', { permission: 'none' }, false],
    ['stops for a permission nobody understands', { permission: 'ask first?' }, false],
    ['stops for an order with no dates', { restriction: order }, false],
    ['stops for an empty restriction: unclear is a stop', { restriction: '' }, false],
    ['stops on the first day of an order', { restriction: order, restrictionFrom: '2026-11-24' }, false],
    ['stops on the last day of an order', { restriction: order, restrictionUntil: '2026-11-24' }, false],
    ['goes the day after an order ends', { restriction: order, restrictionUntil: '2026-11-23' }, true],
    ['goes before an order begins', { restriction: order, restrictionFrom: '2026-11-25' }, true],
    [
      'stops for an order whose dates are crossed',
      { restriction: order, restrictionFrom: '2026-12-01', restrictionUntil: '2026-01-01' },
      false,
    ],
  ])('%s', (_, over, may) => {
    expect(mayWriteTo({ ...parent, ...over }, '2026-11-24').may).toBe(may);
  });
});

describe('on 24 November 2026 a call', () => {
  it.each<[string, Partial<Standing>, boolean]>([
    ['goes to a parent', {}, true],
    ['is not made where only letters were agreed', { permission: 'letters-only' }, false],
    ['is not made while an order is in force', { restriction: order }, false],
    ['is not made to an emergency contact', { parentalResponsibility: false, livesWith: false }, false],
  ])('%s', (_, over, may) => {
    expect(mayCall({ ...parent, ...over }, '2026-11-24').may).toBe(may);
  });
});

describe('an address', () => {
  it.each(['pat@home.example', "o'brien+school@mail.home.example", 'a@b-c.example'])('%s is one plain mailbox', (email) => {
    expect(isPlainMailbox(email)).toBe(true);
  });

  it.each([
    'x\r\nBcc: z@evil.example',
    'pat@home.example\n',
    'a@home.example, b@evil.example',
    'a@home.example;b@evil.example',
    'pat@home.example(comment)evil.example',
    '"pat@home.example x"@evil.example',
    'Pat <pat@home.example>',
    'group: pat@home.example;',
    'p@home',
    'pat@',
    '@home.example',
    'pat@-home.example',
    'pat@home..example',
    '.pat@home.example',
    'pat..x@home.example',
    'pat.@home.example',
    'pat@hömé.example',
    'pat@[127.0.0.1]',
    '<script>@home.example',
    `${'a'.repeat(65)}@home.example`,
    `pat@${'a.'.repeat(130)}example`,
    '',
  ])('%j is not', (email) => {
    expect(isPlainMailbox(email)).toBe(false);
  });

  const known = { email: 'pat@home.example', address: ['1 Road'], addressSafe: true, wish: null };
  it.each<[string, object, string | RegExp]>([
    ['e-mail if there is a mailbox', {}, 'email'],
    ['post if the mailbox is none', { email: 'pat@home' }, 'post'],
    ['post without a mailbox', { email: null }, 'post'],
    ['post where post is asked for', { wish: 'post' }, 'post'],
    ['e-mail where e-mail is asked for', { wish: 'email' }, 'email'],
    ['post where e-mail is asked for and there is none', { wish: 'email', email: null }, 'post'],
    ['e-mail where the house is not safe', { addressSafe: false }, 'email'],
    ['no way to a house that is not safe', { addressSafe: false, email: null }, /not safe, and there is no e-mail/],
    ['no way to it though post is asked for', { addressSafe: false, wish: 'post' }, /not safe, and the person asks for post/],
    ['no way by e-mail where post is asked for', { address: [], wish: 'post' }, /asks for post, and there is no postal/],
    ['no way at all', { email: null, address: [] }, /neither/],
    ['no way to blank lines', { email: 'pat at home', address: ['  '], addressSafe: false }, /neither/],
  ])('a letter goes by %s', (_, over, expected) => {
    const { channel, because } = wayTo({ ...known, ...over });
    expect(channel ?? because).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  it('is on no letter if it is not safe', () => {
    const house = { address: ['1 Road'], postcode: 'OK1 1AA' };
    expect(addressOn({ ...house, addressSafe: true })).toEqual(['1 Road', 'OK1 1AA']);
    expect(addressOn({ ...house, addressSafe: false })).toEqual([]);
  });
});
