import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Example } from '../../../policy/pack/example.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { wrongIn } from '../../../policy/simulate/example.ts';

const text = readFileSync(new URL('../../../policy/packs/celt.yaml', import.meta.url), 'utf8');
const celt = readPack(text, 'celt.yaml');

const levelC: Example = {
  ...{ name: 'level C', closed: [], corrected: [], concern: [], authority: [], answers: [] },
  ...{ marked: { '2026-10-06': 'I' }, until: '2026-10-15', expect: [] },
};
const letter = { on: '2026-10-06', asks: 'letter-1', of: 'headteacher' };
const checkIn = { on: '2026-10-06', asks: 'check-in', of: 'class teacher' };

describe('an example', () => {
  it('may state by when a thing is due, and only then is it looked at', () => {
    const with_ = (due?: string) => wrongIn(celt, { ...levelC, expect: [letter, { ...checkIn, due }] });
    expect(with_()).toEqual([]);
    expect(with_('2026-10-13')).toEqual([]);
    expect(with_('2026-10-14')).toEqual([
      'Expected on 6 Oct 2026 check-in of the class teacher, due 14 Oct 2026, but on 6 Oct 2026 check-in of the class teacher, due 13 Oct 2026 was asked (all that was: on 6 Oct 2026 letter-1 of the headteacher; on 6 Oct 2026 check-in of the class teacher, due 13 Oct 2026)',
    ]);
  });

  it('may state who is reminded, and who is asked too', () => {
    const away = { ...levelC, marked: { '2026-10-06 to 2026-10-07': 'I' } };
    const nobody = { ...away, answers: [{ to: 'check-in', say: 'nothing' as const }] };
    const reminded = { on: '2026-10-08', reminds: 'class teacher', of: 'check-in' };
    const passed = { on: '2026-10-13', 'also asks': 'headteacher', about: 'check-in' };
    expect(wrongIn(celt, { ...nobody, expect: [letter, checkIn, reminded, passed] })).toEqual([]);
    expect(wrongIn(celt, { ...away, expect: [letter, checkIn, reminded, passed] })).toEqual([
      'Did not happen: on 8 Oct 2026 the class teacher reminded of check-in',
      'Did not happen: on 13 Oct 2026 the headteacher asked too about check-in',
    ]);
  });

  it('may state what the authority says of a referral', () => {
    const example = celt.examples.find(({ name }) => name.includes('and then to the authority'));
    if (!example) throw new Error('CELT has no example that comes to the authority');
    const said = (says: 'accepted' | 'returned') => wrongIn(celt, { ...example, authority: [{ on: '2026-11-24', says }] });
    expect(said('accepted')).toEqual([expect.stringContaining('Expected nothing more, but on 24 Nov 2026 referral-notice')]);
    expect(said('returned')).toEqual([expect.stringContaining('Expected nothing more, but on 24 Nov 2026 referral request')]);
  });
});
