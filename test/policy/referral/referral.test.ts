import { describe, expect, it } from '@jest/globals';
import { schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { readAuthority, wrongInProfile } from '../../../policy/referral/authority.ts';
import type { ReferralDecision } from '../../../policy/referral/decision.ts';
import { headline } from '../../../policy/referral/headline.ts';
import { standsIn } from '../../../policy/referral/notice-to-improve.ts';
import { outcomeFor } from '../../../policy/referral/outcome.ts';
import { periods } from '../../support/told-case.ts';
import { aParent, aReferral, profile, refusalOf, textId } from '../../support/told-referral.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;
const agreed: Said<'agreed'> = {
  choice: 'agreed',
  on: '2026-11-03',
  parties: ['mother'],
  until: '2026-12-11',
  requirements: ['attend-daily'],
  support: ['mentor'],
  reviews: ['2026-11-20'],
  textId,
};
const issueNotice: Said<'issue notice'> = {
  choice: 'issue notice',
  from: '2026-11-09',
  weeks: 3,
  target: 9500,
  earlyGrounds: ['no-engagement'],
  textId,
};
const on = '2026-11-03';

/** Every copy of the notice to improve has left. */
const sent = (referral: ReturnType<typeof aReferral>) => {
  for (const letterId of Object.keys(referral.state.improvement?.letters ?? {}))
    referral.tell({ kind: 'letter outcome', letterId, outcome: 'sent' });
  return referral;
};

const closed = (...days: string[]) =>
  schoolCalendar([...periods, ...days.map((day) => ({ kind: 'closure' as const, from: day, to: day, label: 'No heating' }))]);
const moved = (referral: ReturnType<typeof aReferral>) =>
  referral
    .tell({ kind: 'calendar changed', textId }, 'new: closure')
    .flatMap((event) => (event.type === 'replanned' ? event.moves : []));

describe('a calendar that changes', () => {
  it('moves what is asked, with its reminder', () => {
    const referral = aReferral({ on });
    referral.tell({ kind: 'opened' });
    const { key, due, remindOn } = referral.proposal('accept referral');
    expect([due, remindOn]).toEqual(['2026-11-10', '2026-11-06']);
    referral.calendarIs(closed('2026-11-04'));
    expect(moved(referral)).toEqual([
      { what: 'proposal', key, due: { was: due, is: '2026-11-11' }, remindOn: { was: remindOn, is: '2026-11-09' } },
    ]);
    expect(referral.proposal('accept referral')).toMatchObject({ due: '2026-11-11', remindOn: '2026-11-09' });
    expect(moved(referral)).toEqual([]);
  });

  it('leaves the period that a notice to improve named, and judges it on the next school day', () => {
    const referral = aReferral({ on }).accepted().say('decide tool', { choice: 'tool', tool: 'notice to improve', textId });
    sent(referral.say('issue notice to improve', issueNotice)).calendarIs(closed('2026-11-18', '2026-11-30'));
    expect(moved(referral)).toEqual([{ what: 'notice judged', was: '2026-11-30', is: '2026-12-01' }]);
    expect(referral.state.improvement).toMatchObject({ from: '2026-11-09', until: '2026-11-27', judgedOn: '2026-12-01' });
    expect(referral.deadline).toMatchObject({ on: '2026-12-01' });
  });

  it('leaves the review of a contract on its day, and says once that there is no school', () => {
    const referral = aReferral({ on }).accepted().say('decide tool', { choice: 'tool', tool: 'attendance contract', textId });
    referral.say('agree contract', agreed).calendarIs(closed('2026-11-20'));
    expect([moved(referral), moved(referral)]).toEqual([[{ what: 'review', on: '2026-11-20' }], []]);
  });
});

describe('accepting', () => {
  it('asks the officer, and after it which tool is used', () => {
    const referral = aReferral({ on });
    referral.tell({ kind: 'opened' });
    expect(referral.asks()).toEqual(['accept referral']);
    expect(headline(referral.state)).toBe('Received: the education welfare officer is to accept it or return it');
    referral.say('accept referral', { choice: 'accept' });
    expect(referral.asks()).toEqual(['decide tool']);
  });

  it('returns it with what is missing, which ends it and tells the school', () => {
    const referral = aReferral({ on });
    referral.tell({ kind: 'opened' });
    referral.say('accept referral', { choice: 'return', missing: ['letters-sent'], textId });
    expect([referral.state.status, headline(referral.state)]).toEqual(['closed', 'Returned to the school']);
    expect(referral.events.flatMap(({ event }) => outcomeFor(event) ?? [])).toEqual([
      { what: 'returned', missing: ['letters-sent'], textId },
    ]);
  });

  it.each([
    ['a headteacher', 'headteacher', 1, 'Forbidden: This is for the education welfare officer to decide'],
    ['a headteacher who names no version that there was', 'headteacher', 99, /^Forbidden: This is for the education welfare/],
    ['an older version', 'ewo', 0, /^Stale: This changed/],
    ['the officer', 'ewo', 1, 'done'],
    ['the team lead, who stands in', 'ewo-lead', 1, 'done'],
  ] as const)('by %s', (_, role, version, answer) => {
    const referral = aReferral({ on });
    referral.tell({ kind: 'opened' });
    const { key } = referral.proposal('accept referral');
    const said = () =>
      referral.tell({ kind: 'decision', by: { id: 'x', role }, proposal: key, version, decision: { choice: 'accept' } });
    expect(refusalOf(said)).toEqual(typeof answer === 'string' ? answer : expect.stringMatching(answer));
  });

  it('is one decision when pressed twice', () => {
    const referral = aReferral({ on });
    referral.tell({ kind: 'opened' });
    const { key } = referral.proposal('accept referral');
    const press = () =>
      referral.tell({
        ...{ kind: 'decision', by: { id: 'x', role: 'ewo' }, proposal: key, version: 1, decision: { choice: 'accept' } },
      } as const);
    press();
    expect(refusalOf(press)).toMatch(/^Stale: This has been decided/);
  });

  it('asks the team lead as well when nobody decided for eight school days', () => {
    const referral = aReferral({ on: '2026-11-05' });
    referral.tell({ kind: 'opened' });
    referral.wakeUntil('2026-11-16');
    expect([referral.proposal('accept referral').alsoRole, referral.happened('reminded')]).toEqual([null, ['2026-11-10']]);
    expect(referral.deadline).toEqual({ on: '2026-11-17', why: 'Asked of whoever stands in for the education welfare officer' });
    referral.wakeUntil('2026-12-01');
    expect([referral.proposal('accept referral').alsoRole, referral.happened('escalated')]).toEqual(['ewo-lead', ['2026-11-17']]);
  });

  it('reminds of what is given longer when it is due, and asks the team lead the school day after', () => {
    const referral = aReferral({ on: '2026-11-05' }).accepted();
    referral.say('decide tool', { choice: 'tool', tool: 'prosecution to consider', textId });
    const { due, remindOn } = referral.proposal('record proceedings');
    expect([due, remindOn]).toEqual(['2027-01-14', '2027-01-14']);
    expect(referral.deadline).toEqual({ on: due, why: 'The education welfare officer is reminded' });
    referral.wakeUntil('2027-01-14');
    expect([referral.happened('reminded'), referral.happened('escalated')]).toEqual([[due], []]);
    referral.wakeUntil('2027-01-15');
    expect(referral.proposal('record proceedings').alsoRole).toBe('ewo-lead');
    expect(referral.happened('escalated')).toEqual(['2027-01-15']);
  });

  it('asks nobody else where the authority names no one who stands in', () => {
    const { 'stands in': _, ...silent } = profile;
    const referral = aReferral({ on: '2026-11-05', authority: { ...silent, 'stands in': {} } });
    referral.tell({ kind: 'opened' });
    expect(referral.wakeUntil('2026-12-01').happened('escalated')).toEqual([]);
  });

  it('reminds on the third school day, and comes back when it was held', () => {
    const referral = aReferral({ on: '2026-11-05' });
    referral.tell({ kind: 'opened' });
    referral.say('accept referral', { choice: 'hold', until: '2026-11-12', textId });
    expect(referral.deadline).toEqual({ on: '2026-11-12', why: 'A held decision comes back' });
    referral.wakeUntil('2026-11-12');
    expect(referral.happened('reopened')).toEqual(['2026-11-12']);
    expect(referral.happened('reminded')).toEqual(['2026-11-12']);
  });
});

describe('an attendance contract', () => {
  const atContract = () =>
    aReferral({ on }).accepted().say('decide tool', { choice: 'tool', tool: 'attendance contract', textId });

  it('is reviewed on its days, and at its end what is next is asked', () => {
    const referral = atContract().say('agree contract', agreed, { words: 'Every day by nine' });
    expect(referral.asks()).toEqual([]);
    referral.wakeUntil('2026-11-20');
    expect(referral.proposal('review contract').action).toMatchObject({ review: 0, last: false });
    expect(referral.proposal('review contract').sentence).toMatch(/is it kept\? Attended/);
    referral.say('review contract', { choice: 'reviewed', met: true }).wakeUntil('2026-12-11');
    expect(referral.proposal('review contract').action).toMatchObject({ review: 1, last: true });
    referral.say('review contract', { choice: 'reviewed', met: true });
    expect([referral.state.contract?.status, ...referral.asks()]).toEqual(['kept', 'decide tool']);
    referral.say('decide tool', { choice: 'tool', tool: 'no action', textId });
    expect(referral.state.status).toBe('closed');
  });

  it('that is not kept ends at that review', () => {
    const referral = atContract().say('agree contract', agreed).wakeUntil('2026-11-20');
    const notKept = { choice: 'reviewed', met: false } as const;
    expect(refusalOf(() => referral.say('review contract', notKept))).toMatch('Write why the contract is not kept');
    referral.say('review contract', notKept, { words: 'Late on six mornings' });
    expect(referral.proposal('decide tool').sentence).toMatch(/^The attendance contract was not kept: decide what is done next/);
  });

  it.each([
    ['a party who is no parent', { parties: ['stranger'] }, 'not a parent of this pupil'],
    ['agreed tomorrow', { on: '2026-11-04' }, 'on or after the day it was agreed'],
    ['a review after its end', { reviews: ['2026-12-12'] }, 'Choose review dates'],
    ['an end today', { until: on }, 'Choose an end'],
  ])('is refused with %s', (_, wrong, why) => {
    const referral = atContract();
    expect(refusalOf(() => referral.say('agree contract', { ...agreed, ...wrong }))).toMatch(why);
  });

  it('nor is one that was not agreed older than the referral', () => {
    const said = { choice: 'not agreed', on: '2025-11-03', why: 'refused', textId } as const;
    expect(refusalOf(() => atContract().say('agree contract', said))).toMatch('cannot be older than the referral');
  });

  it('is tried again when nobody came, and every attempt is kept', () => {
    const referral = atContract().say('agree contract', { choice: 'not agreed', on, why: 'not attended', textId });
    expect(referral.asks()).toEqual(['agree contract']);
    referral.say('agree contract', { choice: 'not agreed', on, why: 'refused', textId });
    expect([referral.state.attempts.length, ...referral.asks()]).toEqual([2, 'decide tool']);
    expect(told(referral).slice(-2)).toEqual([
      { what: 'contract not agreed', why: 'not attended' },
      { what: 'contract not agreed', why: 'refused' },
    ]);
  });

  it('takes with it the review of the one before, which is not answered onto it', () => {
    const referral = atContract().say('agree contract', agreed).wakeUntil('2026-12-11');
    expect(referral.asks()).toEqual(['review contract']);
    referral.tell({ kind: 'reconsider', by: { id: 'e', role: 'ewo' }, textId });
    referral.say('decide tool', { choice: 'tool', tool: 'attendance contract', textId });
    const next = { ...agreed, on: '2026-12-11', until: '2027-01-29', reviews: ['2027-01-15'] };
    referral.say('agree contract', next);
    expect([referral.state.contract?.status, ...referral.asks()]).toEqual(['running']);
    expect(referral.wakeUntil('2027-01-15').proposal('review contract').action).toMatchObject({ review: 0, last: false });
  });

  it('does not stand in the way of another tool', () => {
    const referral = atContract().say('agree contract', agreed);
    referral.tell({ kind: 'reconsider', by: { id: 'e', role: 'ewo' }, textId });
    expect(referral.asks()).toEqual(['decide tool']);
  });
});

describe('a notice to improve', () => {
  const atNotice = (more: object = {}) =>
    aReferral({ on, ...more })
      .accepted()
      .say('decide tool', { choice: 'tool', tool: 'notice to improve', textId });

  it.each([
    ['three weeks from a Monday', '2026-11-09', 3, '2026-11-27', '2026-11-30'],
    ['six weeks over Christmas', '2026-11-23', 6, '2027-01-15', '2027-01-18'],
    ['begun on a Wednesday', '2026-11-11', 3, '2026-12-01', '2026-12-02'],
  ])('%s', (_, from, weeks, until, judgedOn) => {
    const referral = atNotice().say('issue notice to improve', { ...issueNotice, from, weeks });
    expect(referral.state.improvement).toMatchObject({ until, judgedOn });
  });

  it.each([
    ['two weeks', { weeks: 2 }, 'runs for 3 to 6 school weeks'],
    ['seven weeks', { weeks: 7 }, 'runs for 3 to 6 school weeks'],
    ['a Saturday', { from: '2026-11-07' }, 'is no school day'],
    ['tomorrow, by post', { from: '2026-11-04' }, 'begin after Thursday 5 November 2026'],
  ])('is refused with %s', (_, wrong, why) => {
    const referral = atNotice();
    const said = { ...issueNotice, ...wrong };
    expect(refusalOf(() => referral.say('issue notice to improve', said))).toMatch(why);
  });

  it('in which the child could attend no session says so, and is for the officer to judge', () => {
    const referral = atNotice().say('issue notice to improve', { ...issueNotice, from: '2026-11-09', weeks: 3 });
    const [letterId = ''] = Object.keys(referral.state.improvement?.letters ?? {});
    referral.tell({ kind: 'letter outcome', letterId, outcome: 'posted' });
    for (let day = 9; day <= 27; day++) referral.facts.absent[`2026-11-${String(day).padStart(2, '0')}`] = 'D';
    const { sentence, action } = referral.to('2026-11-30').proposal('judge notice to improve');
    expect(action).toMatchObject({ improved: null, window: { possible: 0 } });
    expect(sentence).toMatch(/^The notice to improve has run its time, and had no session that the child could have attended/);
  });

  it('goes to each parent who may be written to', () => {
    const parents = [aParent('mother'), aParent('father', { may: false, because: 'No contact', channel: null })];
    const referral = atNotice({ parents }).say('issue notice to improve', issueNotice);
    const [issued] = referral.events.flatMap(({ event }) => (event.type === 'notice to improve issued' ? [event] : []));
    expect(issued?.letters.map(({ contactId }) => contactId)).toEqual(['mother']);
    expect(issued?.template).toBe('notice-to-improve');
  });

  it('goes by post wherever it can, and by e-mail it may begin the day after', () => {
    const byEmail = [aParent('mother', { channel: 'email' })];
    expect(
      channelsOf(
        atNotice({ parents: [aParent('mother', { channel: 'email', postable: true })] }).say(
          'issue notice to improve',
          issueNotice,
        ),
      ),
    ).toEqual(['post']);
    const soon = { ...issueNotice, from: '2026-11-04' };
    expect(channelsOf(atNotice({ parents: byEmail }).say('issue notice to improve', soon))).toEqual(['email']);
    const today = () => atNotice({ parents: byEmail }).say('issue notice to improve', { ...issueNotice, from: on });
    expect(refusalOf(today)).toMatch('begin after today');
  });

  it('is measured from the register at its end and shown for the decision', () => {
    const absent = { '2026-11-10': 'O', '2026-11-17': 'O' };
    const referral = sent(atNotice({ absent }).say('issue notice to improve', issueNotice)).wakeUntil('2026-11-30');
    expect(referral.proposal('judge notice to improve').action).toMatchObject({
      window: { attended: 26, possible: 30 },
      improved: false,
    });
    expect(refusalOf(() => referral.say('judge notice to improve', { choice: 'judged', improved: true }))).toMatch(
      'give the reason',
    );
    referral.say('judge notice to improve', { choice: 'judged', improved: false });
    expect([referral.state.improvement?.status, ...referral.asks()]).toEqual(['not improved', 'decide tool']);
  });

  it('takes with it the question of the one before, which is not answered onto it', () => {
    const referral = sent(atNotice({ absent: { '2026-11-10': 'O' } }).say('issue notice to improve', issueNotice)).wakeUntil(
      '2026-11-30',
    );
    expect(referral.asks()).toEqual(['judge notice to improve']);
    referral.tell({ kind: 'reconsider', by: { id: 'e', role: 'ewo' }, textId });
    referral.say('decide tool', { choice: 'tool', tool: 'notice to improve', textId });
    sent(referral.say('issue notice to improve', { ...issueNotice, from: '2026-12-04' }));
    expect([referral.state.improvement?.status, ...referral.asks()]).toEqual(['running']);
    const judgedOn = referral.state.improvement?.judgedOn ?? '';
    expect(referral.wakeUntil(judgedOn).proposal('judge notice to improve').action).toMatchObject({ improved: true });
  });

  it('waits for missing marks, and after a school week says that they are missing', () => {
    const absent = { '2026-11-10': 'none' };
    const referral = sent(atNotice({ absent }).say('issue notice to improve', issueNotice)).wakeUntil('2026-12-04');
    expect(referral.asks()).toEqual([]);
    expect(referral.deadline).toEqual({ on: '2026-12-07', why: 'Missing marks are looked for again' });
    referral.wakeUntil('2026-12-07');
    expect(referral.proposal('judge notice to improve').action).toMatchObject({ improved: null });
  });

  it('waits for no marks from after the day the pupil left', () => {
    const absent = { '2026-11-26': 'none', '2026-11-27': 'none' };
    const referral = sent(atNotice({ absent }).say('issue notice to improve', issueNotice));
    referral.facts.onRollTo = '2026-11-25';
    expect(referral.wakeUntil('2026-11-30').proposal('judge notice to improve').action).toMatchObject({ improved: true });
  });

  it.each([
    ['recalled', 'The notice to improve was recalled'],
    ['bounced', 'The notice to improve reached nobody'],
  ] as const)('that was %s is asked for again', (outcome, why) => {
    const referral = atNotice().say('issue notice to improve', issueNotice);
    const [letterId = ''] = Object.keys(referral.state.improvement?.letters ?? {});
    const by = { id: 'e', role: 'ewo' } as const;
    expect(referral.tell({ kind: 'letter outcome', letterId, outcome, by, textId }, 'The wrong address')).toContainEqual(
      expect.objectContaining({ type: 'letter outcome', outcome, words: 'The wrong address' }),
    );
    expect(referral.proposal('issue notice to improve').sentence).toMatch(why);
    expect(referral.state.improvement).toBeNull();
  });

  it('of which no copy went out is not judged', () => {
    const referral = atNotice().say('issue notice to improve', issueNotice);
    const [letterId = ''] = Object.keys(referral.state.improvement?.letters ?? {});
    expect(standsIn(referral.state, letterId)).toBe(true);
    expect(referral.wakeUntil('2026-11-08').asks()).toEqual([]);
    expect(referral.wakeUntil('2026-11-09').asks()).toEqual(['issue notice to improve']);
    expect(standsIn(referral.state, letterId)).toBe(false);
  });

  it('ends early only on a ground it gave', () => {
    const referral = sent(atNotice().say('issue notice to improve', issueNotice)).to('2026-11-16');
    const end = (ground: 'no-engagement' | 'holiday-taken') => () =>
      referral.tell({ kind: 'end notice early', by: { id: 'e', role: 'ewo' }, ground, textId });
    expect(refusalOf(end('holiday-taken'))).toMatch('did not say');
    expect(refusalOf(end('no-engagement'))).toBe('done');
    expect(referral.asks()).toEqual(['decide tool']);
  });

  it('does not end early while no copy is known to have gone out', () => {
    const referral = atNotice().say('issue notice to improve', issueNotice).to('2026-11-16');
    const end = () => referral.tell({ kind: 'end notice early', by: { id: 'e', role: 'ewo' }, ground: 'no-engagement', textId });
    expect(refusalOf(end)).toMatch('No notice to improve is running');
  });

  it('is the headteacher’s to issue where the authority says that schools do', () => {
    const text = `authority: norfolk
title: "Six school weeks, issued by schools"
notice to improve: { school weeks: { at least: 6, at most: 6 }, issued by: school, before a penalty notice: true }
attendance return: { irregular absence: not asked }
waiting: { remind after: "2 school days" }`;
    const referral = atNotice({ authority: readAuthority(text, 'norfolk.yaml') });
    expect(referral.proposal('issue notice to improve').role).toBe('headteacher');
    const said = () => referral.say('issue notice to improve', issueNotice, { as: 'headteacher' });
    expect(refusalOf(said)).toMatch('runs for 6 school weeks here');
  });
});

describe('the end of a referral', () => {
  const by = { id: 'e', role: 'ewo' } as const;
  const at = (tool: 'notice to improve' | 'attendance contract') =>
    aReferral({ on }).accepted().say('decide tool', { choice: 'tool', tool, textId });
  const close = (referral: ReturnType<typeof aReferral>) => referral.tell({ kind: 'close', by, textId });
  const noAction = (referral: ReturnType<typeof aReferral>) => {
    referral.tell({ kind: 'reconsider', by, textId });
    referral.say('decide tool', { choice: 'tool', tool: 'no action', textId });
  };

  it.each([
    ['closing it', close],
    ['no action', noAction],
  ])('by %s ends a notice to improve, and no letter of it leaves any more', (_, end) => {
    const referral = at('notice to improve').say('issue notice to improve', issueNotice);
    const [letterId = ''] = Object.keys(referral.state.improvement?.letters ?? {});
    end(referral);
    expect([referral.state.status, referral.state.improvement?.status]).toEqual(['closed', 'ended']);
    expect(standsIn(referral.state, letterId)).toBe(false);
    expect(referral.happened('notice to improve ended')).toEqual([on]);
    referral.tell({ kind: 'letter outcome', letterId, outcome: 'stopped' });
    expect([referral.state.improvement?.letters, referral.asks()]).toEqual([{ [letterId]: 'stopped' }, []]);
  });

  it('says of a notice that went out that its parents have it', () => {
    const referral = sent(at('notice to improve').say('issue notice to improve', issueNotice));
    expect(close(referral)).toContainEqual({
      type: 'notice to improve ended',
      why: 'The notice to improve, which ran until Friday 27 November 2026, ended with the referral. It had gone out: tell the parents',
    });
  });

  it('ends a contract that runs, and leaves one that was kept', () => {
    const referral = at('attendance contract').say('agree contract', agreed);
    close(referral);
    expect([referral.state.contract?.status, referral.happened('contract ended')]).toEqual(['ended', [on]]);
    const kept = at('attendance contract').say('agree contract', agreed).wakeUntil('2026-11-20');
    kept.say('review contract', { choice: 'reviewed', met: true }).wakeUntil('2026-12-11');
    close(kept.say('review contract', { choice: 'reviewed', met: true }));
    expect([kept.state.contract?.status, kept.happened('contract ended')]).toEqual(['kept', []]);
  });
});

const channelsOf = (referral: ReturnType<typeof aReferral>) =>
  referral.events.flatMap(({ event }) =>
    event.type === 'notice to improve issued' ? event.letters.map(({ channel }) => channel) : [],
  );

/** What the school's case is told. */
const told = (referral: ReturnType<typeof aReferral>) => referral.events.flatMap(({ event }) => outcomeFor(event) ?? []);

describe('proceedings', () => {
  it('wait for their end, and then what is next is asked', () => {
    const referral = aReferral({ on }).accepted().say('decide tool', { choice: 'tool', tool: 'prosecution to consider', textId });
    expect(referral.asks()).toEqual(['record proceedings']);
    expect(refusalOf(() => referral.tell({ kind: 'close', by: { id: 'e', role: 'ewo' }, textId }))).toMatch('proceedings');
    referral.say('record proceedings', { choice: 'proceedings', result: 'convicted', textId });
    expect(referral.asks()).toEqual(['decide tool']);
    expect(told(referral).at(-1)).toEqual({ what: 'proceedings ended', result: 'convicted' });
  });

  it('are not forgotten when another tool is chosen, nor by no further action', () => {
    const referral = aReferral({ on }).accepted().say('decide tool', { choice: 'tool', tool: 'prosecution to consider', textId });
    const by = { id: 'e', role: 'ewo' } as const;
    const choose = (tool: 'attendance contract' | 'no action') => () => {
      referral.tell({ kind: 'reconsider', by, textId });
      referral.say('decide tool', { choice: 'tool', tool, textId });
    };
    expect(refusalOf(choose('attendance contract'))).toBe('done');
    expect(refusalOf(() => referral.tell({ kind: 'close', by, textId }))).toMatch('Say first what came of the proceedings');
    expect(refusalOf(choose('no action'))).toMatch('Say first what came of the proceedings');
    expect(referral.state.status).toBe('open');
  });

  it('are no supervision order for a looked-after child', () => {
    const referral = aReferral({ on, flags: ['looked-after'] }).accepted();
    const said = () => referral.say('decide tool', { choice: 'tool', tool: 'education supervision order', textId });
    expect(refusalOf(said)).toMatch('speak to the virtual school');
  });
});

it('refuses an authority whose notice runs for eight weeks, and names the place', () => {
  const text = `authority: x
title: "X"
notice to improve: { school weeks: { at least: 3, at most: 8 }, issued by: authority, before a penalty notice: true }
attendance return: { irregular absence: not asked }
waiting: { remind after: "2 school days" }`;
  expect(refusalOf(() => readAuthority(text, 'x.yaml'))).toMatch(/x.yaml is not an authority's profile[\s\S]*at most/);
});

it('refuses an authority whose officer stands in for a headteacher; somebody of the school may', () => {
  const text = (other: string) => `authority: x
title: "X"
notice to improve: { school weeks: { at least: 3, at most: 6 }, issued by: authority, before a penalty notice: true }
attendance return: { irregular absence: not asked }
waiting: { remind after: "2 school days" }
stands in: { headteacher: ${other} }`;
  expect(refusalOf(() => readAuthority(text('ewo-lead'), 'x.yaml'))).toMatch(
    'No officer authorises a penalty notice for a school',
  );
  expect(readAuthority(text('sal'), 'x.yaml')['stands in']).toEqual({ headteacher: 'sal' });
});

it.each([
  ['an administrator for an officer', '{ ewo: admin }', 'Only an officer decides for an officer'],
  ['a headteacher for the team lead', '{ ewo-lead: headteacher }', 'Only an officer decides for an officer'],
  ['an officer for a school’s lead', '{ sal: ewo }', 'No officer decides for a school'],
  ['an administrator for the headteacher', '{ headteacher: admin }', 'Only a deputy or an assistant headteacher'],
  ['a class teacher for the headteacher', '{ headteacher: class-teacher }', 'Only a deputy or an assistant headteacher'],
])('takes no profile that has stand in %s, whoever keeps it', (_, standsIn, why) => {
  const text = `authority: x\ntitle: "X"\nstands in: ${standsIn}\n`;
  expect(refusalOf(() => readAuthority(text, 'x.yaml', profile))).toMatch(why);
  expect(wrongInProfile(text, 'x.yaml')).toMatchObject([{ line: 3, why: expect.stringContaining(why) }]);
});
