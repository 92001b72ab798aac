import { describe, expect, it } from '@jest/globals';
import { alikes, type Comparable, keptApart, pupilsAlike, reasonsFor, type Said } from '../../../policy/people/matching.ts';
import { reasonOf } from '../../../policy/people/say.ts';

const ann: Comparable = {
  ...{ id: 'a', title: null, fullName: 'Ann Smith', email: 'ann@home.example', phone: '01632 960001' },
  ...{ address: ['1 Kiln Row', 'Oakbridge'], postcode: 'OK1 1AA', addressSafe: true, restricted: false },
};
const nowhere = { email: null, phone: null, address: [], postcode: null };
const like = (over: Partial<Comparable>): Comparable => ({ ...ann, ...nowhere, id: 'b', ...over });

const mail = /^The same e-mail address and the same (sur)?name$/;
const phone = /^The same telephone number/;
const address = /^The same address and the same name$/;

describe('two contacts', () => {
  it.each<[string, Partial<Comparable>, RegExp[]]>([
    ['of one name and nothing else', {}, []],
    ['of one name and one mailbox', { email: 'Ann@Home.example ' }, [mail]],
    ['of one name and one telephone, written in another way', { phone: '+44 (0)1632 960 001' }, [phone]],
    [
      'of one name and one house, spelt in another way',
      { address: ['1, Kiln Row', 'OAKBRIDGE'], postcode: 'ok1 1aa' },
      [address],
    ],
    ['alike in all', { ...ann, id: 'b' }, [mail, phone, address]],
    ['with an initial', { fullName: 'A. Smith', email: ann.email }, [mail]],
    ['with a title and no first name', { fullName: 'Mrs Smith', email: ann.email }, [mail]],
    ['with a middle name', { fullName: 'Ann Marie Smith', phone: ann.phone }, [phone]],
    ['mother and father who share a mailbox', { fullName: 'Bob Smith', email: ann.email }, []],
    ['Mr and Mrs without first names', { title: 'Mr', fullName: 'Smith', email: ann.email }, [mail]],
    ['of another surname and one mailbox', { fullName: 'Ann Jones', email: ann.email }, []],
    ['of one house and an initial', { fullName: 'A Smith', address: ann.address, postcode: ann.postcode }, []],
    ['of one house without a postcode', { address: ann.address }, []],
    ['of one extension', { phone: '201' }, []],
    ['where a restriction stands', { ...ann, id: 'b', restricted: true }, []],
    ['where an address is not safe', { ...ann, id: 'b', addressSafe: false }, []],
  ])('%s', (_, over, expected) => {
    expect([reasonsFor(ann, like(over)), reasonsFor(like(over), ann)]).toEqual(
      [0, 1].map(() => expected.map((one) => expect.stringMatching(one))),
    );
  });

  it('Mr Smith and Mrs Smith are two', () => {
    expect(reasonsFor({ ...ann, fullName: 'Mrs Smith' }, like({ title: 'Mr', fullName: 'Smith', email: ann.email }))).toEqual([]);
  });

  it.each([
    ["Siobhán O'Brien", 'Siobhan O’Brien'],
    ['Zoe\u0308 Hill', 'ZOË HILL'],
    ['Sukarno', 'sukarno'],
    ['Nguyễn Văn An', 'Nguyen Van An'],
    ['Łukasz Nowak', 'łukasz  nowak'],
  ])('%s and %s have one name', (fullName, other) => {
    expect(reasonsFor({ ...ann, fullName }, like({ fullName: other, email: ann.email }))).toEqual([
      'The same e-mail address and the same name',
    ]);
  });
});

describe('those to be asked about', () => {
  const [one, two, three] = ['1', '2', '3'].map((id) => ({ ...ann, id })) as [Comparable, Comparable, Comparable];
  const bob = { ...ann, id: '9', fullName: 'Bob Smith' };
  const ids = (said: Said[]) => alikes([three, bob, one, two], said).map(({ first, second }) => first + second);

  it('are each pair once, and nobody else', () => {
    expect(ids([])).toEqual(['12', '13', '23']);
  });

  it('are not those of whom somebody has spoken, also by way of a third', () => {
    expect(ids([{ first: '1', second: '2', verdict: 'two' }])).toEqual(['13', '23']);
    const joined: Said[] = [
      { first: '1', second: '2', verdict: 'one' },
      { first: '2', second: '3', verdict: 'one' },
    ];
    expect(ids(joined)).toEqual([]);
    expect(ids([...joined.slice(0, 1), { first: '2', second: '3', verdict: 'two' }])).toEqual([]);
    expect(keptApart({ first: '1', second: '3' }, [...joined.slice(0, 1), { first: '2', second: '3', verdict: 'two' }])).toBe(
      true,
    );
  });

  it('are joined on their grounds alone, and parted where they were joined', () => {
    const alike = alikes([one, two, three], []);
    const pair = { first: '1', second: '2' };
    const of =
      (said: Said[], verdict: 'one' | 'two' | 'ask', on = pair) =>
      () =>
        reasonOf('contact', on, verdict, { alike: alikes([one, two, three], said), said });
    expect(of([], 'one')()).toBe(alike[0]?.because.join('; '));
    expect(() => reasonOf('contact', { first: '1', second: '9' }, 'one', { alike, said: [] })).toThrow(/Nothing but a name/);
    expect(() => reasonOf('pupil', pair, 'one', { alike, said: [] })).toThrow(/never joined/);
    expect(of([{ ...pair, verdict: 'two' }], 'one')).toThrow(/ask again first/);
    expect(of([{ ...pair, verdict: 'two' }], 'ask')()).toBe('To be asked again');
    const joined: Said[] = [
      { ...pair, verdict: 'one' },
      { first: '2', second: '3', verdict: 'one' },
    ];
    expect(of(joined, 'two')()).toBe('Two people');
    expect(of(joined, 'two', { first: '1', second: '3' })).toThrow(/by way of another contact/);
  });

  it('are pupils of one name and birthday, until somebody says that they are two', () => {
    const pupil = { id: 'p', legalName: 'Zoë Hill', born: '2013-01-15' };
    const pupils = [pupil, { ...pupil, id: 'q', legalName: 'ZOE HILL' }, { ...pupil, id: 'r', born: '2013-01-16' }];
    expect(pupilsAlike(pupils, [])).toEqual([{ first: 'p', second: 'q', because: ['The same name and date of birth'] }]);
    expect(pupilsAlike(pupils, [{ first: 'p', second: 'q', verdict: 'two' }])).toEqual([]);
  });
});
