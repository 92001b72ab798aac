import { folded } from './own-number.ts';

/** A contact's row as it is compared with others: what a person says of themselves, and what forbids to compare it. */
export type Comparable = {
  id: string;
  title: string | null;
  fullName: string;
  email: string | null;
  phone: string | null;
  address: readonly string[];
  postcode: string | null;
  addressSafe: boolean;
  /** A restriction about any child stands, now or to come. */
  restricted: boolean;
};

export type Pair = { first: string; second: string };
export type Alike = Pair & { because: string[] };

/** The ids of two rows in the order in which they are kept. */
export const pairOf = (a: string, b: string): Pair => (a < b ? { first: a, second: b } : { first: b, second: a });

/**
 * What speaks for two contacts being one person: the same mailbox or telephone and names that go together, or the same house
 * and the very same name. Never a name alone. Empty where nothing does, and always where a restriction stands or an address
 * is not safe: there even to lay two addresses side by side could hurt.
 */
export function reasonsFor(a: Comparable, b: Comparable): string[] {
  if (a.restricted || b.restricted || !a.addressSafe || !b.addressSafe) return [];
  const [one, other] = [nameOf(a), nameOf(b)];
  if (!goTogether(one, other)) return [];
  const name = one.all === other.all ? 'the same name' : 'the same surname';
  return [
    ...(alike(mailbox(a), mailbox(b)) ? [`The same e-mail address and ${name}`] : []),
    ...(alike(number(a), number(b)) ? [`The same telephone number and ${name}`] : []),
    ...(one.all === other.all && alike(house(a), house(b)) ? ['The same address and the same name'] : []),
  ];
}

const alike = (a: string | null, b: string | null): boolean => a !== null && a === b;

const mailbox = ({ email }: Comparable): string | null => email?.trim().toLowerCase() || null;

/** A British number as it is dialled at home; too short a one is an extension and says nothing. */
function number({ phone }: Comparable): string | null {
  const digits = (phone ?? '').replaceAll(/[^\d+]/g, '').replace(/^(\+44|0044)0?/, '0');
  return digits.length >= 10 ? digits : null;
}

/** A house without its postcode could be anywhere. */
const house = ({ address, postcode }: Comparable): string | null =>
  postcode && address.length > 0 ? plain([...address, postcode].join('')).replaceAll(/[^\p{L}\p{N}]/gu, '') : null;

type Name = { all: string; surname: string; given: string; as: 'he' | 'she' | null };

/** Without accents and with one kind of apostrophe: files of one school spell one name in several ways. */
const plain = (text: string): string =>
  folded(
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[’ʼ`´]/g, "'"),
  );

const titles = new Map<string, Name['as']>([
  ...(['mr', 'sir'] as const).map((title) => [title, 'he'] as const),
  ...(['mrs', 'ms', 'miss', 'lady'] as const).map((title) => [title, 'she'] as const),
]);
const plainTitles = new Set(['dr', 'prof', 'rev', 'mx']);

function nameOf({ title, fullName }: Comparable): Name {
  const words = plain(fullName).replaceAll('.', ' ').split(' ').filter(Boolean);
  const [first = ''] = words;
  const called = words.length > 1 && (titles.has(first) || plainTitles.has(first));
  const rest = called ? words.slice(1) : words;
  const as = titles.get(plain(title ?? '').replaceAll('.', '')) ?? (called ? titles.get(first) : null) ?? null;
  return { all: rest.join(' '), surname: rest.at(-1) ?? '', given: rest.length > 1 ? (rest[0] ?? '') : '', as };
}

/** The same surname, and first names that may be one: alike, an initial of the other, or not given. Mr and Mrs are two. */
function goTogether(a: Name, b: Name): boolean {
  if (a.surname !== b.surname || (a.as && b.as && a.as !== b.as)) return false;
  const [short, long] = a.given.length < b.given.length ? [a.given, b.given] : [b.given, a.given];
  return short === long || short === '' || (short.length === 1 && long.startsWith(short));
}

/** What was said of two contacts that are alike. */
export type Said = Pair & { verdict: 'one' | 'two' };

/** Those that are one person, each with a name of its person that all of them share. */
export function personsIn(said: readonly Said[]): (id: string) => string {
  const parents = new Map<string, string>();
  const top = (id: string): string => {
    const above = parents.get(id);
    return above === undefined ? id : top(above);
  };
  for (const { first, second, verdict } of said) {
    const [a, b] = [top(first), top(second)];
    if (verdict === 'one' && a !== b) parents.set(b, a);
  }
  return top;
}

/** Whether these two are kept apart: somebody said of them, or of others of the two persons, that they are two. */
export function keptApart({ first, second }: Pair, said: readonly Said[]): boolean {
  const person = personsIn(said);
  const ends = [person(first), person(second)].sort().join();
  return said.some((one) => one.verdict === 'two' && [person(one.first), person(one.second)].sort().join() === ends);
}

/** The contacts that may be one person and of whom nobody has spoken, those with the most reasons first. */
export function alikes(people: readonly Comparable[], said: readonly Said[]): Alike[] {
  const person = personsIn(said);
  const apart = new Set(
    said.flatMap(({ first, second, verdict }) => (verdict === 'two' ? [[person(first), person(second)].sort().join()] : [])),
  );
  const found = new Map<string, Alike>();
  for (const [a, b] of nearby(people)) {
    const pair = pairOf(a.id, b.id);
    const ends = [person(a.id), person(b.id)].sort();
    const key = `${pair.first} ${pair.second}`;
    if (ends[0] === ends[1] || apart.has(ends.join()) || found.has(key)) continue;
    const because = reasonsFor(a, b);
    if (because.length > 0) found.set(key, { ...pair, because });
  }
  return [...found.values()].sort(
    (a, b) => b.because.length - a.because.length || (a.first + a.second < b.first + b.second ? -1 : 1),
  );
}

/** Two and two of those that share a mailbox, a telephone or a house and a surname: not everybody with everybody. */
function* nearby(people: readonly Comparable[]): Generator<[Comparable, Comparable]> {
  for (const at of [mailbox, number, house]) {
    const groups = new Map<string, Comparable[]>();
    for (const one of people) {
      const place = at(one);
      if (place === null) continue;
      const key = `${place}\n${nameOf(one).surname}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    for (const group of groups.values()) for (const [i, a] of group.entries()) for (const b of group.slice(i + 1)) yield [a, b];
  }
}

/** A pupil as compared with others of the school. */
export type ComparablePupil = { id: string; legalName: string; born: string };

/** Pupils of one name and one date of birth: one pupil with two numbers, or two whom a mark could mix up. */
export function pupilsAlike(pupils: readonly ComparablePupil[], said: readonly Said[]): Alike[] {
  const groups = new Map<string, ComparablePupil[]>();
  for (const one of pupils) {
    const key = `${plain(one.legalName)}\n${one.born}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) =>
    group.flatMap((a, i) =>
      group.slice(i + 1).flatMap((b) => {
        const pair = pairOf(a.id, b.id);
        const known = said.some(({ first, second }) => first === pair.first && second === pair.second);
        return known ? [] : [{ ...pair, because: ['The same name and date of birth'] }];
      }),
    ),
  );
}
