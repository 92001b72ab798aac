import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../policy/calendar/day.ts';
import { referralAsks } from '../../../policy/referral/action-words.ts';
import { beforeTheCourt } from '../../../policy/referral/before-the-court.ts';
import type { PriorNotice } from '../../../policy/referral/circumstances.ts';
import { evolve } from '../../../policy/referral/evolve.ts';
import { outcomeFor } from '../../../policy/referral/outcome.ts';
import { aParent, aReferral, refusalOf, textId } from '../../support/told-referral.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const five = days('2027-02-22', '2027-02-23', '2027-02-24', '2027-03-01', '2027-03-02');
const on = '2027-03-23';
const officer = { id: 'the ewo', role: 'ewo' } as const;
const prior = (noticeId: string, issuedOn: string, status = 'paid'): PriorNotice => ({
  noticeId,
  issuedOn,
  status,
  sessions: [],
});
const given = (more: object = {}) => aReferral({ on, absent: five, ...more }).accepted();
const issued = (more: object = {}) => given(more).request('mother').authorise().issue();

/** A notice to improve went to the mother and was ended early, for she does not engage: a penalty notice may be asked for. */
function afterANotice() {
  const referral = aReferral({ on: '2027-03-08', absent: five }).accepted();
  referral.say('decide tool', { choice: 'tool', tool: 'notice to improve', textId });
  referral.say('issue notice to improve', {
    ...{ choice: 'issue notice', from: '2027-03-11', weeks: 3, target: 9_500, earlyGrounds: ['no-engagement'], textId },
  });
  const [letterId = ''] = Object.keys(referral.state.improvement?.letters ?? {});
  referral.tell({ kind: 'letter outcome', letterId, outcome: 'sent' });
  referral.to('2027-03-11').tell({ kind: 'end notice early', by: officer, ground: 'no-engagement', textId });
  const said = { choice: 'tool', tool: 'penalty notice', support: 'not engaged with', textId } as const;
  return { referral, letterId, said };
}

describe('a penalty notice', () => {
  it('is asked of the headteacher, then issued with its dates and the sessions it rests on', () => {
    const referral = given().request('mother');
    expect(referral.proposal('authorise penalty notice').role).toBe('headteacher');
    referral.authorise().issue();
    expect(referral.notices()[0]?.issued).toMatchObject({
      ...{ contactId: 'mother', postedOn: on, issuedOn: on, servedOn: '2027-03-25', order: 1 },
      ...{ discountPence: 8_000, discountUntil: '2027-04-14', fullPence: 16_000, fullUntil: '2027-04-21' },
    });
    expect(referral.notices()[0]?.issued?.sessions).toHaveLength(10);
    expect(referral.notices()[0]?.issued?.weeks).toHaveLength(10);
  });

  it('is one a parent', () => {
    const referral = given({ parents: [aParent('mother'), aParent('father')] }).request('mother', 'father', 'mother');
    expect(referral.asks()).toEqual(['authorise penalty notice', 'authorise penalty notice']);
  });

  it.each([
    ['nine sessions', { absent: { ...five, '2027-03-02': '/', '2027-03-02 AM': 'U' } }, '9 of 10 sessions'],
    ['a child of four', { born: '2022-11-01' }, 'not of compulsory school age'],
    ['a looked-after child', { flags: ['looked-after'] }, 'speak to the virtual school'],
    ['two in three years', { parents: [aParent('mother', two('2025-03-10', '2026-03-09'))] }, 'a third cannot be'],
    [
      'a parent not to be written to',
      { parents: [aParent('mother', { may: false, because: 'No contact' })] },
      'The contacts say why',
    ],
    ['somebody else', { parents: [aParent('father')] }, 'not a parent of this pupil'],
  ])('is refused for %s', (_, more, why) => {
    const referral = given(more);
    expect(refusalOf(() => referral.request('mother'))).toMatch(why);
    expect(referral.asks()).toEqual(['decide tool']);
  });

  it.each([
    ['none', [], 1, 8_000],
    ['one paid', [prior('a', '2025-03-10')], 2, null],
    ['two, one of them withdrawn', [prior('a', '2025-03-10'), prior('b', '2026-03-09', 'withdrawn')], 2, null],
    ['one three years ago to the day', [prior('a', '2024-03-23')], 1, 8_000],
  ])('after %s', (_, priorNotices, order, discountPence) => {
    const referral = issued({ parents: [aParent('mother', { priorNotices })] });
    expect(referral.notices()[0]?.issued).toMatchObject({ order, discountPence, fullPence: 16_000 });
  });

  it('counts on against a parent who was not acquitted, where both were before the court', () => {
    const referral = given({ parents: [aParent('mother'), aParent('father')] }).request('mother', 'father');
    referral.authorise().authorise().issue().issue().to('2027-04-22');
    for (const _ of [1, 2]) referral.say('unpaid notice', { choice: 'prosecute', textId });
    const acquitted = { choice: 'proceedings', result: 'acquitted', textId } as const;
    expect(refusalOf(() => referral.say('record proceedings', acquitted))).toMatch('say who was acquitted');
    expect(refusalOf(() => referral.say('record proceedings', { ...acquitted, acquitted: ['uncle'] }))).toMatch(
      'not before the court',
    );
    referral.say('record proceedings', { ...acquitted, acquitted: ['father'] });
    expect(referral.notices().map(({ contactId, status }) => [contactId, status])).toEqual([
      ['mother', 'prosecuted'],
      ['father', 'acquitted'],
    ]);
  });

  describe('whose proceedings have ended is before the court no more: a later acquittal', () => {
    const june = days('2027-05-10', '2027-05-11', '2027-05-12', '2027-05-13', '2027-05-14');
    const told = (result: 'convicted' | 'acquitted', acquitted?: string[]) =>
      ({ choice: 'proceedings', result, ...(acquitted && { acquitted }), textId }) as const;
    const prosecute = { choice: 'prosecute', textId } as const;
    const convicted = (...parents: string[]) => {
      const referral = given({ absent: { ...five, ...june }, parents: parents.map((one) => aParent(one)) });
      referral.request('mother').authorise().issue().to('2027-04-22').say('unpaid notice', prosecute);
      return referral.say('record proceedings', told('convicted'));
    };
    const statuses = (referral: ReturnType<typeof given>) => referral.notices().map(({ status }) => status);

    it('of a second offence leaves the notice of the first one standing', () => {
      const referral = convicted('mother').to('2027-05-17').request('mother').authorise().issue();
      expect(referral.notices()[1]?.issued?.order).toBe(2);
      referral.to('2027-06-22').say('unpaid notice', prosecute);
      referral.say('record proceedings', told('acquitted'));
      expect(statuses(referral)).toEqual(['prosecuted', 'acquitted']);
    });

    it('of the other parent asks nobody who it was', () => {
      const referral = convicted('mother', 'father').to('2027-05-17').request('father').authorise().issue();
      referral.to('2027-06-22').say('unpaid notice', prosecute);
      expect(beforeTheCourt(referral.state).map(([, { contactId }]) => contactId)).toEqual(['father']);
      expect(refusalOf(() => referral.say('record proceedings', told('acquitted', ['mother'])))).toMatch('not before the court');
      referral.say('record proceedings', told('acquitted'));
      expect(statuses(referral)).toEqual(['prosecuted', 'acquitted']);
    });

    it('of an offence without a notice leaves all notices standing', () => {
      const referral = convicted('mother').say('decide tool', { choice: 'tool', tool: 'prosecution to consider', textId });
      referral.say('record proceedings', told('acquitted'));
      expect(statuses(referral)).toEqual(['prosecuted']);
    });

    it('folds as it did what was recorded before the ledger named the notices', () => {
      const referral = given().request('mother').authorise().issue().to('2027-04-22').say('unpaid notice', prosecute);
      const { key } = referral.proposal('record proceedings');
      const old = { type: 'proceedings recorded', key, result: 'convicted', words: null } as const;
      const after = evolve(referral.state, old, referral.on);
      expect([after.proceedings, after.came, after.notices]).toEqual([false, 'The parent was convicted', referral.state.notices]);
    });
  });

  describe('whose proceedings were not pursued', () => {
    const june = days('2027-05-10', '2027-05-11', '2027-05-12', '2027-05-13', '2027-05-14');
    const notPursued = { choice: 'proceedings', result: 'not-pursued', textId } as const;
    const dropped = (more: object = {}) => {
      const referral = issued({ absent: { ...five, ...june }, ...more }).to('2027-04-22');
      return referral.say('unpaid notice', { choice: 'prosecute', textId }).say('record proceedings', notPursued);
    };

    it('is unpaid again, and asks to be withdrawn before the referral can end', () => {
      const referral = dropped();
      expect([referral.notices()[0]?.status, ...referral.asks()]).toEqual(['unpaid', 'unpaid notice']);
      expect(referral.proposal('unpaid notice').sentence).toMatch('were not pursued: withdraw it');
      expect(refusalOf(() => referral.tell({ kind: 'close', by: officer, textId }))).toMatch('neither paid nor withdrawn');
      referral.say('unpaid notice', { choice: 'withdraw', ground: 'not-prosecuting', textId });
      expect([referral.notices()[0]?.status, ...referral.asks()]).toEqual(['withdrawn', 'decide tool']);
    });

    it('and that is withdrawn then, makes no later one the second', () => {
      const referral = dropped().say('unpaid notice', { choice: 'withdraw', ground: 'not-prosecuting', textId });
      referral.to('2027-05-17').request('mother').authorise().issue();
      expect(referral.notices()[1]?.issued).toMatchObject({ order: 1, discountPence: 8_000 });
    });

    it('may be prosecuted after all, and then acquitted', () => {
      const referral = dropped().say('unpaid notice', { choice: 'prosecute', textId });
      referral.say('record proceedings', { choice: 'proceedings', result: 'acquitted', textId });
      expect(referral.notices()[0]?.status).toBe('acquitted');
    });

    it('can be withdrawn where an older ledger left it as prosecuted; one that was heard or is before the court cannot', () => {
      const referral = issued().to('2027-04-22').say('unpaid notice', { choice: 'prosecute', textId });
      const noticeId = idOf(referral);
      const withdraw = (of: typeof referral) => () =>
        of.tell({ kind: 'withdraw notice', by: officer, noticeId, ground: 'not-prosecuting', textId });
      expect(refusalOf(withdraw(referral))).toMatch('is prosecuted: it cannot be withdrawn');
      const { key } = referral.proposal('record proceedings');
      referral.takes({ type: 'proceedings recorded', key, result: 'not-pursued', words: null });
      expect(referral.notices()[0]?.status).toBe('prosecuted');
      expect(refusalOf(withdraw(referral))).toBe('done');
      const convicted = issued().to('2027-04-22').say('unpaid notice', { choice: 'prosecute', textId });
      convicted.say('record proceedings', { choice: 'proceedings', result: 'convicted', textId });
      expect(refusalOf(withdraw(convicted))).toMatch('is prosecuted: it cannot be withdrawn');
    });
  });

  it('counts what went to another contact that is the same person', () => {
    const referral = given({ parents: [aParent('mother')] })
      .request('mother')
      .authorise()
      .issue();
    referral.facts.parents = [aParent('mother of 7b', { sameAs: ['mother'] })];
    referral.tell({ kind: 'reconsider', by: officer, textId });
    expect(refusalOf(() => referral.request('mother of 7b'))).toMatch('0 of 10 sessions');
  });

  it('needs a notice to improve first where support is appropriate', () => {
    const said = { choice: 'tool', tool: 'penalty notice', support: 'did not work', textId } as const;
    expect(refusalOf(() => given().say('decide tool', { ...said, parents: ['mother'] }))).toMatch(
      'A notice to improve comes first here',
    );
  });

  it('does not rest on a notice to improve that came back, however late', () => {
    const { referral, letterId, said } = afterANotice();
    const ask = () => referral.say('decide tool', { ...said, parents: ['mother'] });
    ask();
    expect(referral.asks()).toEqual(['authorise penalty notice']);
    referral.tell({ kind: 'letter outcome', letterId, outcome: 'bounced' });
    expect([referral.notices()[0]?.status, ...referral.asks()]).toEqual(['lapsed', 'decide tool']);
    expect(refusalOf(ask)).toMatch('A notice to improve comes first here');
  });

  it('is never authorised by whoever asked for it, nor by another role', () => {
    const referral = given().request('mother');
    const authorise = { choice: 'authorise' } as const;
    const by = (as: 'ewo' | 'headteacher', id: string) =>
      refusalOf(() => referral.say('authorise penalty notice', authorise, { as, id }));
    expect(by('headteacher', 'the ewo')).toMatch('Whoever asked for a penalty notice cannot authorise it');
    expect(by('ewo', 'another ewo')).toMatch('This is for the headteacher to decide');
    expect(by('headteacher', 'the head')).toBe('done');
  });

  it('that the headteacher declines goes back to the officer', () => {
    const referral = given().request('mother');
    referral.say('authorise penalty notice', { choice: 'decline', textId }, { as: 'headteacher' });
    expect(referral.proposal('decide tool').sentence).toMatch('The headteacher did not authorise the penalty notice');
  });

  it('goes back to the officer although another notice runs', () => {
    const referral = issued({ parents: [aParent('mother'), aParent('father')] });
    referral.tell({ kind: 'reconsider', by: officer, textId });
    referral.request('father').say('authorise penalty notice', { choice: 'decline', textId }, { as: 'headteacher' });
    expect(referral.asks()).toEqual(['decide tool']);
    expect(referral.proposal('decide tool').sentence).toMatch('The headteacher did not authorise the penalty notice');
  });

  it('rests on no absence from before the child was of compulsory school age', () => {
    const december = days('2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10');
    const absent = { ...december, ...days('2027-01-06', '2027-01-07', '2027-01-08') };
    const referral = aReferral({ on: '2027-01-11', absent, born: '2021-10-15' }).accepted();
    expect(refusalOf(() => referral.request('mother'))).toMatch('6 of 10 sessions');
    const older = aReferral({ on: '2027-01-11', absent, born: '2021-08-15' }).accepted();
    expect(refusalOf(() => older.request('mother'))).toBe('done');
  });

  it('loses its ground when a mark is corrected', () => {
    const referral = given().request('mother');
    referral.facts.absent['2027-03-02'] = 'I';
    referral.tell({ kind: 'register changed' });
    expect(referral.notices()[0]?.status).toBe('lapsed');
    expect(referral.asks()).toEqual(['decide tool']);
  });

  describe('whose window has moved on since it was asked for', () => {
    const early = days('2026-09-07', '2026-09-08', '2026-11-16', '2026-11-17', '2026-11-18');
    const asked = () =>
      aReferral({ on: '2026-11-19', absent: { ...early } })
        .accepted()
        .request('mother');
    const late = (referral: ReturnType<typeof asked>) => {
      referral.facts.absent['2026-11-23 AM'] = 'U';
      return referral.to('2026-11-23');
    };

    it('is recorded as posted, with the sessions that it was authorised on', () => {
      const referral = late(asked().authorise());
      expect(referral.asks()).toEqual(['issue penalty notice']);
      referral.issue('2026-11-20');
      const [notice] = referral.notices();
      expect(notice).toMatchObject({ status: 'issued', issued: { postedOn: '2026-11-20', order: 1 } });
      expect(notice?.issued?.sessions).toEqual(Object.keys(early).flatMap((day) => [`${day} AM`, `${day} PM`]));
      expect(referral.asks()).toEqual([]);
    });

    it('is still the headteacher’s to authorise, and still to be posted a week later', () => {
      const referral = late(asked());
      referral.authorise().wakeUntil('2026-12-01').issue();
      expect(referral.notices()[0]?.issued?.sessions).toHaveLength(10);
    });

    it('keeps its ground over the summer, after which the register is not read as far back', () => {
      const spring = days('2027-04-19', '2027-04-20', '2027-04-21', '2027-04-22', '2027-04-23');
      const referral = aReferral({ on: '2027-06-25', absent: spring }).accepted().request('mother').authorise();
      expect(referral.to('2027-09-03').asks()).toEqual(['issue penalty notice']);
      referral.issue();
      expect(referral.notices()[0]?.issued?.sessions).toHaveLength(10);
      expect(referral.asks()).toEqual([]);
    });

    it('loses its ground when one of its own sessions is corrected', () => {
      const referral = late(asked().authorise());
      referral.facts.absent['2026-09-07 AM'] = '/';
      expect(refusalOf(() => referral.issue())).toMatch('9 of 10 sessions');
      referral.tell({ kind: 'day' });
      expect(referral.asks()).toEqual(['posted or not']);
      referral.say('posted or not', { choice: 'decline', textId });
      expect([referral.notices()[0]?.status, ...referral.asks()]).toEqual(['lapsed', 'decide tool']);
    });
  });

  it('that was posted before a mark was corrected is recorded, and the officer is asked whether it stands', () => {
    const referral = given().request('mother').authorise();
    referral.facts.absent['2027-03-02 PM'] = 'I';
    referral.on = '2027-03-24';
    referral.issue(on);
    expect(referral.notices()[0]).toMatchObject({ status: 'issued', issued: { postedOn: on } });
    expect(referral.notices()[0]?.issued?.sessions).toHaveLength(10);
    expect(referral.asks()).toEqual(['decide tool']);
    expect(referral.proposal('decide tool').sentence).toMatch('bears 9 of the sessions that it rests on: withdraw it');
  });

  describe('that was posted, and loses its ground before it is recorded', () => {
    const posted = '2027-03-24';
    /** Posted on a Wednesday; on Thursday something becomes known, and the referral is told. */
    const told = (becomes: (referral: ReturnType<typeof given>) => void, more: object = {}) => {
      const referral = given(more).request('mother').authorise().to('2027-03-25');
      becomes(referral);
      referral.tell({ kind: 'register changed' });
      return referral;
    };
    const record = (referral: ReturnType<typeof given>, postedOn: string) =>
      referral.say('posted or not', { choice: 'issue', postedOn });

    it.each<[string, (referral: ReturnType<typeof given>) => void, string]>([
      ['a mark is corrected', ({ facts }) => Object.assign(facts.absent, { '2027-03-02 PM': 'I' }), 'bears 9 of the sessions'],
      ['the child is looked after', ({ facts }) => facts.flags.push('looked-after'), 'speak to the virtual school'],
      [
        'the parent may not be written to',
        ({ facts }) => facts.parents.splice(0, 1, aParent('mother', { may: false, because: 'An order' })),
        'may not be written to',
      ],
    ])('is still recorded: %s', (_, becomes, why) => {
      const referral = told(becomes);
      expect(referral.asks()).toEqual(['posted or not']);
      expect(referral.proposal('posted or not').sentence).toMatch('Do not post it. If it was posted already, record the day');
      record(referral.to('2027-03-29'), posted);
      expect(referral.notices()[0]).toMatchObject({ status: 'issued', issued: { postedOn: posted, order: 1 } });
      expect(referral.asks()).toEqual(['decide tool']);
      expect(referral.proposal('decide tool').sentence).toMatch(why);
    });

    it('is still recorded: the last day of school age is over', () => {
      const referral = given({
        born: '2011-05-01',
        on: '2027-06-24',
        absent: days('2027-06-07', '2027-06-08', '2027-06-09', '2027-06-10', '2027-06-11'),
      })
        .request('mother')
        .authorise();
      referral.to('2027-06-26');
      expect(referral.asks()).toEqual(['posted or not']);
      expect(refusalOf(() => record(referral, '2027-06-26'))).toMatch('not of compulsory school age');
      record(referral.to('2027-06-28'), '2027-06-25');
      expect(referral.notices()[0]?.issued?.postedOn).toBe('2027-06-25');
      expect(referral.asks()).toEqual([]);
    });

    it('is not recorded as posted after that became known, nor twice, nor as a third', () => {
      const referral = told(({ facts }) => facts.flags.push('looked-after')).to('2027-03-29');
      expect(refusalOf(() => record(referral, '2027-03-26'))).toMatch('speak to the virtual school');
      referral.facts.parents = [aParent('mother', two('2025-03-10', '2026-03-09'))];
      expect(refusalOf(() => record(referral, posted))).toMatch('a third cannot be');
    });

    it.each([
      ['before it was known', posted],
      ['after it was known', '2027-03-26'],
    ])('as a third, %s, is recorded where somebody says that it went all the same; and is to be withdrawn', (_, postedOn) => {
      const third = [aParent('mother', two('2025-03-10', '2026-03-09'))];
      const referral = told(({ facts }) => Object.assign(facts, { parents: third })).to('2027-03-29');
      expect(refusalOf(() => record(referral, postedOn))).toMatch('a third cannot be');
      referral.say('posted or not', { choice: 'issue', postedOn, allTheSame: true });
      const [notice] = referral.notices();
      expect(notice).toMatchObject({ status: 'issued', sessions: { length: 10 } });
      expect(notice?.issued).toMatchObject({
        postedOn,
        order: 3,
        discountPence: null,
        against: expect.stringMatching('a third cannot be'),
      });
      expect(referral.asks()).toEqual(['decide tool']);
      expect(referral.proposal('decide tool').sentence).toMatch(
        /a third cannot be.* It should not have been issued: withdraw it/,
      );
      const [noticeId = ''] = Object.keys(referral.state.notices);
      referral.tell({ kind: 'withdraw notice', by: officer, noticeId, ground: 'should-not-have-issued', textId });
      expect(referral.notices()[0]?.status).toBe('withdrawn');
    });

    it('as a third that nobody pays is to be withdrawn, and its parent not prosecuted for that', () => {
      const third = [aParent('mother', two('2025-03-10', '2026-03-09'))];
      const referral = told(({ facts }) => Object.assign(facts, { parents: third })).to('2027-03-29');
      referral.say('posted or not', { choice: 'issue', postedOn: posted, allTheSame: true });
      referral.to(addDays(referral.notices()[0]?.issued?.fullUntil ?? '', 1));
      const { sentence, action } = referral.proposal('unpaid notice');
      expect(sentence).toMatch(
        /it should not have been issued\. .*a third cannot be.* Withdraw it in writing: .* no reason to prosecute\. /,
      );
      expect(sentence).not.toMatch('prosecute the original offence');
      expect(referralAsks(action, 'Ms A')).toBe('Penalty notice to Ms A that should not have been issued: withdraw it');
      referral.say('unpaid notice', { choice: 'withdraw', ground: 'should-not-have-issued', textId });
      expect([referral.notices()[0]?.status, referral.asks()]).toEqual(['withdrawn', ['decide tool']]);
    });

    it('issued as one of the two and found to be a third is to be withdrawn, paid or not; and stands again if that is taken back', () => {
      const earlierOnes = [aParent('mother', two('2025-03-10', '2026-03-09'))];
      const unpaid = issued();
      unpaid.to('2027-04-22');
      expect(unpaid.proposal('unpaid notice').sentence).toMatch('prosecute the original offence, or withdraw it');
      unpaid.facts.parents = earlierOnes;
      unpaid.to('2027-04-23');
      expect(unpaid.proposal('unpaid notice').sentence).toMatch(
        /was not paid by .*: it should not have been issued\. It is a third in three years: earlier ones became known since\. Withdraw/,
      );
      expect(unpaid.proposal('decide tool').sentence).toMatch(/it became known since that it is a third in three years/);
      unpaid.facts.parents = [aParent('mother', { priorNotices: [prior('one', '2025-03-10')] })];
      unpaid.to('2027-04-26');
      expect(unpaid.proposal('unpaid notice').sentence).toMatch('prosecute the original offence, or withdraw it');

      const paid = issued();
      const [noticeId = ''] = Object.keys(paid.state.notices);
      paid.facts.parents = earlierOnes;
      paid.to('2027-03-30');
      expect([paid.asks(), paid.notices()[0]?.third]).toEqual([['decide tool'], '2027-03-24']);
      paid.tell({ kind: 'withdraw notice', by: officer, noticeId, ground: 'should-not-have-issued', textId });
      expect(paid.notices()[0]?.status).toBe('withdrawn');
    });

    it('says nothing against one that the rules allow', () => {
      const referral = told(({ facts }) => facts.flags.push('looked-after')).to('2027-03-29');
      referral.say('posted or not', { choice: 'issue', postedOn: posted, allTheSame: true });
      expect(referral.notices()[0]?.issued?.against).toBeUndefined();
    });

    it('is to be posted after all once the ground is there again', () => {
      const referral = told(({ facts }) => facts.flags.push('looked-after'));
      referral.facts.flags = [];
      expect(referral.to('2027-03-26').asks()).toEqual(['issue penalty notice']);
      referral.issue();
      expect(referral.notices()[0]).toMatchObject({ status: 'issued', issued: { postedOn: '2027-03-26' } });
      expect(referral.asks()).toEqual([]);
    });

    it('is still recorded though the notice to improve that came before it came back', () => {
      const { referral, letterId, said } = afterANotice();
      referral
        .say('decide tool', { ...said, parents: ['mother'] })
        .authorise()
        .to('2027-03-15');
      referral.tell({ kind: 'letter outcome', letterId, outcome: 'bounced' });
      record(referral, '2027-03-12');
      expect(referral.notices()[0]?.status).toBe('issued');
      expect(referral.proposal('decide tool').sentence).toMatch('A notice to improve comes first');
    });
  });

  it.each([
    ['before it was authorised', '2027-03-22', 'before the headteacher authorised it'],
    ['tomorrow', '2027-03-24', 'on or after the day it is posted'],
  ])('is not recorded as posted %s', (_, postedOn, why) => {
    const referral = given().request('mother').authorise();
    expect(refusalOf(() => referral.issue(postedOn))).toMatch(why);
  });

  it('never rests twice on the same sessions', () => {
    const referral = issued();
    referral.tell({ kind: 'payment', by: officer, noticeId: idOf(referral), paidOn: on, pence: 8_000 });
    expect(refusalOf(() => referral.request('mother'))).toMatch('0 of 10 sessions');
  });
});

describe('payment', () => {
  it.each([
    ['£80 on the last day of the discount', '2027-04-14', 8_000, 'done'],
    ['£80 a day later', '2027-04-15', 8_000, '£160 was due'],
    ['£160 on the last day', '2027-04-21', 16_000, 'done'],
    ['£160 a day too late', '2027-04-22', 16_000, 'The time to pay ended on Wednesday 21 April 2027'],
    ['half of it', '2027-04-13', 4_000, 'cannot be paid in part'],
    ['before it was issued', '2027-03-22', 8_000, 'was not issued yet'],
  ])('of %s', (_, paidOn, pence, answer) => {
    const referral = issued().to('2027-04-30');
    expect(refusalOf(() => referral.tell({ kind: 'payment', by: officer, noticeId: idOf(referral), paidOn, pence }))).toMatch(
      answer,
    );
  });

  it('that is missing becomes a question the day after, by itself', () => {
    const referral = issued();
    expect(referral.wakeUntil('2027-04-21').asks()).toEqual([]);
    expect(referral.wakeUntil('2027-04-22').asks()).toEqual(['unpaid notice']);
    const told = referral.events.flatMap(({ event }) => outcomeFor(event) ?? []);
    expect(told.map(({ what }) => what)).toEqual(['accepted', 'tool decided', 'penalty notice', 'unpaid']);
  });

  it('that was in time and told late takes the question back', () => {
    const referral = issued().to('2027-04-23');
    referral.tell({ kind: 'payment', by: officer, noticeId: idOf(referral), paidOn: '2027-04-20', pence: 16_000 });
    expect([referral.notices()[0]?.status, ...referral.asks()]).toEqual(['paid', 'decide tool']);
  });

  it('that never came is prosecuted or withdrawn, never forgotten', () => {
    const prosecuted = issued().to('2027-04-22').say('unpaid notice', { choice: 'prosecute', textId });
    expect([prosecuted.notices()[0]?.status, ...prosecuted.asks()]).toEqual(['prosecuted', 'record proceedings']);
    prosecuted.say('record proceedings', { choice: 'proceedings', result: 'acquitted', textId });
    expect(prosecuted.notices()[0]?.status).toBe('acquitted');
    const withdrawn = issued().to('2027-04-22').say('unpaid notice', { choice: 'withdraw', ground: 'not-prosecuting', textId });
    expect([withdrawn.notices()[0]?.status, ...withdrawn.asks()]).toEqual(['withdrawn', 'decide tool']);
  });

  it('is given back when a paid notice is withdrawn', () => {
    const referral = issued();
    referral.tell({ kind: 'payment', by: officer, noticeId: idOf(referral), paidOn: on, pence: 8_000 });
    const followed = referral.tell({
      ...{ kind: 'withdraw notice', by: officer, noticeId: idOf(referral), ground: 'wrong-person', textId },
    } as const);
    expect(followed).toContainEqual(expect.objectContaining({ type: 'penalty notice withdrawn', refundPence: 8_000 }));
  });

  it('stands in the way of closing while it is owed', () => {
    const referral = issued();
    expect(refusalOf(() => referral.tell({ kind: 'close', by: officer, textId }))).toMatch('neither paid nor withdrawn');
    referral.tell({ kind: 'reconsider', by: officer, textId });
    const noAction = () => referral.say('decide tool', { choice: 'tool', tool: 'no action', textId });
    expect(refusalOf(noAction)).toMatch('neither paid nor withdrawn');
  });
});

describe('whatever is said, in whatever order', () => {
  const moves = [
    'notice',
    'request',
    'authorise',
    'self-authorise',
    'issue',
    'pay',
    'withdraw',
    'week',
    'absence',
    'decline',
    'contract',
  ];
  const walk = fc.array(fc.constantFrom(...moves), { minLength: 5, maxLength: 40 });
  const earlier = fc.array(fc.constantFrom('2024-09-10', '2025-06-02', '2026-10-05'), { maxLength: 2 });

  it('there is no third notice in three years, none without the headteacher, and always a deadline', () => {
    fc.assert(
      fc.property(walk, earlier, (steps, issuedBefore) => {
        const priorNotices = issuedBefore.map((issuedOn, i) => prior(`p${i}`, issuedOn));
        const referral = aReferral({ on: '2027-03-08', absent: { ...five }, parents: [aParent('mother', { priorNotices })] });
        referral.accepted();
        for (const step of steps) refusalOf(() => play(referral, step));
        const { events, state } = referral;
        const notices = Object.values(state.notices).filter(({ issued: one, status }) => one && status !== 'withdrawn');
        expect(notices.length + new Set(priorNotices.map(({ noticeId }) => noticeId)).size).toBeLessThanOrEqual(
          Math.max(2, priorNotices.length),
        );
        for (const { event } of events) {
          if (event.type !== 'penalty notice issued') continue;
          const before = events.flatMap((one) => (one.event.type === 'penalty notice authorised' ? [one.event] : []));
          const authorised = before.find(({ noticeId }) => noticeId === event.noticeId);
          expect(authorised?.authorisedBy).toBeDefined();
          expect(authorised?.authorisedBy).not.toBe(state.notices[event.noticeId]?.requestedBy);
        }
        if (state.status === 'open') expect((referral.deadline?.on ?? '') > referral.on).toBe(true);
        else expect(referral.deadline).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  function play(referral: ReturnType<typeof aReferral>, step: string): unknown {
    const [noticeId = ''] = Object.keys(referral.state.notices).slice(-1);
    switch (step) {
      case 'request':
        if (!asked(referral, 'decide tool')) referral.tell({ kind: 'reconsider', by: officer, textId });
        return referral.request('mother');
      case 'notice':
        for (const part of ['absence', 'request', 'authorise', 'issue', 'pay', 'week']) play(referral, part);
        return;
      case 'authorise':
        return asked(referral, 'authorise penalty notice') && referral.authorise();
      case 'self-authorise':
        return (
          asked(referral, 'authorise penalty notice') &&
          referral.say('authorise penalty notice', { choice: 'authorise' }, { as: 'headteacher', id: 'the ewo' })
        );
      case 'issue':
        return asked(referral, 'issue penalty notice') && referral.issue();
      case 'pay':
        return referral.tell({ kind: 'payment', by: officer, noticeId, paidOn: referral.on, pence: 16_000 });
      case 'withdraw':
        return referral.tell({ kind: 'withdraw notice', by: officer, noticeId, ground: 'material-error', textId });
      case 'week':
        return referral.on < '2027-09-20' && referral.to(weekAfter(referral.on));
      case 'absence':
        for (let n = 0; n < 7; n++) Object.assign(referral.facts.absent, days(dayAfter(referral.on, -n)));
        return referral.tell({ kind: 'register changed' });
      case 'decline':
        return asked(referral, 'issue penalty notice') && referral.say('issue penalty notice', { choice: 'decline', textId });
      default:
        return (
          asked(referral, 'decide tool') && referral.say('decide tool', { choice: 'tool', tool: 'attendance contract', textId })
        );
    }
  }
});

const asked = (referral: ReturnType<typeof aReferral>, what: string): boolean => referral.asks().some((one) => one === what);
const dayAfter = (day: string, n: number): string => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);
const weekAfter = (day: string): string => dayAfter(day, 7);
const idOf = (referral: ReturnType<typeof aReferral>): string => Object.keys(referral.state.notices)[0] ?? '';
function two(first: string, second: string) {
  return { priorNotices: [prior('a', first), prior('b', second)] };
}
