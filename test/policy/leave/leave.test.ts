import { describe, expect, it } from '@jest/globals';
import { answerTo, askedLate, contradictions, decidersOfLeave } from '../../../policy/leave/leave.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { shippedPacks } from '../../support/packs.ts';
import { calendar } from '../../support/told-case.ts';

const packOf = (id: string) => {
  const found = shippedPacks.find(([, pack]) => pack.pack === id)?.[1];
  if (!found) throw new Error(`There is no pack ${id}`);
  return found;
};
const [celt, gloucestershire, demat] = [packOf('celt'), packOf('gloucestershire'), packOf('demat')];
const asked = { from: '2026-11-23', to: '2026-11-25', receivedOn: '2026-11-02', granted: null };

it('the policy names who decides, and the headteacher does where it names nobody', () => {
  for (const [, pack] of shippedPacks) expect(decidersOfLeave(pack)).toContain('headteacher');
  expect(decidersOfLeave(celt)).toEqual(['headteacher']);
  expect(decidersOfLeave({ ...celt, leave: undefined })).toEqual(['headteacher']);
});

describe('a request is late', () => {
  it.each([
    ['not at 15 school days before', celt, '2026-11-02', null],
    ['a day later than that', celt, '2026-11-03', 'It was asked for later than 15 school days before, as the policy wants it'],
    ['not at two weeks before, by the calendar', gloucestershire, '2026-11-09', null],
    [
      'a day later than those',
      gloucestershire,
      '2026-11-10',
      'It was asked for later than 2 weeks before, as the policy wants it',
    ],
    ['not where the policy names no time', demat, '2026-11-20', null],
    ['on its first day', demat, '2026-11-23', 'It was asked for after it had begun'],
    [
      'on its first day, where leave is never granted afterwards',
      celt,
      '2026-11-24',
      /the policy never grants leave afterwards$/,
    ],
  ])('%s', (_, pack, receivedOn, said) => {
    const late = askedLate(pack.leave, calendar, { ...asked, receivedOn });
    if (said instanceof RegExp) expect(late).toMatch(said);
    else expect(late).toBe(said);
  });
});

describe('marks that contradict the decision', () => {
  const marks: Mark[] = [
    { on: '2026-11-20', session: 'PM', code: 'G' },
    { on: '2026-11-23', session: 'AM', code: 'C' },
    { on: '2026-11-23', session: 'PM', code: 'G' },
    { on: '2026-11-24', session: 'AM', code: 'O' },
    { on: '2026-11-24', session: 'PM', code: 'I' },
    { on: '2026-11-25', session: 'AM', code: '/' },
    { on: '2026-11-26', session: 'AM', code: 'C' },
  ];
  const codes = (granted: boolean | null) =>
    contradictions({ ...asked, granted, decidedAt: granted === null ? null : 1 }, [], marks).map(({ code }) => code);

  it('are of those days alone: without leave where it was granted, with leave where it was refused', () => {
    expect([codes(true), codes(false)]).toEqual([['G', 'O'], ['C']]);
  });
  it('are told day by day where it was granted in part: the other days are refused', () => {
    const part = (on: string) => ({ ...asked, granted: true, only: { from: on, to: on }, decidedAt: 1 });
    const found = (on: string) => contradictions(part(on), [], marks).map((mark) => `${mark.on} ${mark.code}`);
    expect(found('2026-11-23')).toEqual(['2026-11-23 G']);
    expect(found('2026-11-24')).toEqual(['2026-11-23 C', '2026-11-24 O']);
  });
  it('are those that say what nobody has decided', () => expect(codes(null)).toEqual(['C', 'G']));

  const said = (granted: boolean | null, decidedAt: number | null, to = asked.to) => ({ ...asked, to, granted, decidedAt });
  it.each([
    ['refused, and granted since', said(false, 1), said(true, 2), []],
    ['granted, and refused since', said(true, 1), said(false, 2), []],
    ['granted, after it was refused', said(true, 2), said(false, 1), ['G', 'O']],
    ['refused, and granted since for the first day alone', said(false, 1), said(true, 2, '2026-11-23'), []],
    ['granted, and refused since for the first day alone', said(true, 1), said(false, 2, '2026-11-23'), ['O']],
    ['asked for once more, after it was granted', said(null, null), said(true, 1), []],
    ['granted, and asked for once more', said(true, 1), said(null, null), ['G', 'O']],
  ])('say nothing of a change of mind: %s', (_, one, other, codes) => {
    expect(contradictions(one, [other, one], marks).map(({ code }) => code)).toEqual(codes);
  });
});

it('what the answer says of a refusal has what the policy says of notices and appeals; a grant names its days', () => {
  expect(answerTo(gloucestershire.leave, asked, false)).toEqual([
    'Leave from Monday 23 November 2026 to Wednesday 25 November 2026 is not granted. If the child is away all the same, that is unauthorised absence.',
    'A penalty notice for leave without permission: considered at 10 sessions in 10 school weeks, each case by itself.',
    'There is no appeal.',
  ]);
  expect(answerTo(gloucestershire.leave, { from: asked.from, to: asked.from }, true)).toEqual([
    'Leave on Monday 23 November 2026 is granted. Other days are not covered by it.',
  ]);
  expect(answerTo(gloucestershire.leave, { ...asked, only: { from: asked.from, to: asked.from } }, true)).toEqual([
    'Leave on Monday 23 November 2026 is granted.',
    'Of what was asked for, from Monday 23 November 2026 to Wednesday 25 November 2026, the other days are not granted. If the child is away on them all the same, that is unauthorised absence.',
    'A penalty notice for leave without permission: considered at 10 sessions in 10 school weeks, each case by itself.',
    'There is no appeal.',
  ]);
});
