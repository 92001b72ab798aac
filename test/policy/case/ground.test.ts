import { describe, expect, it } from '@jest/globals';
import { deadlineOf } from '../../../policy/case/deadline.ts';
import type { CaseEvent } from '../../../policy/case/event.ts';
import { evolve } from '../../../policy/case/evolve.ts';
import { figuresMoved } from '../../../policy/case/figures-moved.ts';
import { groundGone } from '../../../policy/case/ground.ts';
import type { LetterAnswer } from '../../../policy/case/input.ts';
import type { PrintedFigures } from '../../../policy/case/printed-figures.ts';
import type { CaseState } from '../../../policy/case/state.ts';
import { aCase } from '../../support/told-case.ts';

const textId = '00000000-0000-4000-8000-000000000000';
const parents = ['mother', 'father'].map((contactId) => ({ contactId, may: true, because: null, channel: 'email' as const }));
const present = (...days: string[]) =>
  Object.fromEntries(days.flatMap((day) => [[`${day} AM`, '/'] as const, [`${day} PM`, '\\'] as const]));

/** 35 of 38 sessions on 28 September 2026, 92.1%: letter 1 is approved. */
function approved(flags: string[] = []) {
  const pupil = aCase({ absent: { '2026-09-08': 'O', '2026-09-15 AM': 'O' }, on: '2026-09-28', parents, flags });
  pupil.open();
  const [event] = pupil.say('letter-1', { choice: 'approve' }).filter(({ type }) => type === 'letters approved');
  if (event?.type !== 'letters approved') throw new Error('not approved');
  const ids = event.letters.map(({ letterId }) => letterId);
  const first = ids[0] ?? '';
  const printed = (letterId: string) => pupil.state.letters[letterId]?.relied?.said as PrintedFigures;
  return {
    ...{ pupil, ids, first, approved: event },
    /** The register is corrected, and the case hears of it. */
    correct(absent: Record<string, string>) {
      for (const day of Object.keys(absent)) delete pupil.absent[day.slice(0, 10)];
      Object.assign(pupil.absent, absent);
      return pupil.tell({ kind: 'register changed' });
    },
    ended: (outcome: 'sent' | 'posted' | 'to-print' | 'questioned', ...of: string[]) =>
      of.flatMap((letterId) => pupil.tell({ kind: 'letter outcome', letterId, outcome })),
    answer: (letterId: string, how: LetterAnswer, role: 'sal' | 'attendance-officer' = 'sal') => {
      const c = pupil.circumstances();
      const said = figuresMoved(printed(letterId), '2026-09-28 PM', c)?.is;
      const input = { kind: 'letter answered', by: { id: role, role }, letterId, how, back: 'waiting', textId } as const;
      return pupil.tell({ ...input, ...(how === 'send' && said && { said }) }, 'We spoke');
    },
    outcomes: () => ids.map((id) => pupil.state.letters[id]?.outcome),
    named: (type: CaseEvent['type']) => pupil.events.filter(({ event: one }) => one.type === type).map(({ event: one }) => one),
  };
}

describe('what a letter relies on', () => {
  it('is kept with its approval, up to the session', () => {
    const { approved: event } = approved();
    expect(event.relied).toEqual({
      stage: 'letter 1',
      attendance: { attended: 35, possible: 38 },
      upTo: '2026-09-28 PM',
      said: { attended: 35, possible: 38, authorised: 0, unauthorised: 3 },
      flags: [],
    });
  });

  it('is what was known of the child too: what comes up since is looked at before the letter goes, once', () => {
    const flags: string[] = [];
    const { pupil, ids, first, ended, answer, outcomes } = approved(flags);
    flags.push('ehcp');
    expect(pupil.tell({ kind: 'register changed' })).toEqual([]);
    flags.push('bereaved');
    expect(pupil.tell({ kind: 'register changed' })).toMatchObject([
      ...ids.map((letterId) => ({
        ...{ type: 'letter outcome', letterId, outcome: 'questioned' },
        why: 'Recorded since the letter was approved, “Recently bereaved”: the policy wants the safeguarding lead to look first',
      })),
      ...ids.map((letterId) => ({ type: 'proposed', proposal: { action: { what: 'letter in question', letterId } } })),
    ]);
    ended('questioned', ...ids);
    answer(first, 'send');
    expect(outcomes()[0]).toBe('waiting');
    pupil.tell({ kind: 'register changed' });
    expect(outcomes()[0]).toBe('waiting');
  });

  it('is not in older ledgers, which fold to what they did, and are asked about by the stage that sends them', () => {
    const { pupil, first } = approved();
    const old = pupil.events.reduce<CaseState | null>((state, { event, on }) => {
      const { relied: _, ...without } = event as Extract<CaseEvent, { type: 'letters approved' }>;
      return evolve(state, without as CaseEvent, on);
    }, null) as CaseState;
    const letter = old.letters[first];
    if (!letter) throw new Error('not folded');
    expect(letter).toEqual({ template: 'letter-1', proposal: '1-letter', outcome: 'waiting', on: '2026-09-28' });
    expect(groundGone(letter, old, pupil.circumstances())).toBeNull();
    Object.assign(pupil.absent, present('2026-09-08'));
    expect(groundGone(letter, old, pupil.circumstances())).toBe('Attendance is now 97.3% (37 of 38 sessions)');
  });
});

describe('a letter that waits and loses its ground', () => {
  it("is held at once and asked about, each parent's own", () => {
    const { pupil, ids, correct, outcomes } = approved();
    correct(present('2026-09-08'));
    expect(outcomes()).toEqual(['questioned', 'questioned']);
    expect(pupil.proposals()).toEqual(['letter-1', 'letter-1']);
    const { key, action, role, sentence } = pupil.proposal('letter-1');
    expect(key).toBe('2-letter-in-question');
    expect(action).toEqual({ what: 'letter in question', template: 'letter-1', letterId: ids[0] });
    expect(role).toBe('sal');
    expect(sentence).toContain('Attendance is now 97.3% (37 of 38 sessions); the letter was approved at 92.1%');
  });

  it.each([
    ['above 96', present('2026-09-08'), 'questioned'],
    ['below 96 still, by another figure', { '2026-09-15 AM': '/' }, 'questioned'],
    ['below 96 still, with leave and not without', { '2026-09-15 AM': 'I' }, 'questioned'],
    ['the same class of code', { '2026-09-15 AM': 'U' }, 'waiting'],
    ['a session after those that it counts', { '2026-09-29 AM': 'O' }, 'waiting'],
  ])('%s', (_, marks, outcome) => {
    const { correct, outcomes } = approved();
    correct(marks);
    expect(new Set(outcomes())).toEqual(new Set([outcome]));
  });

  it('is asked about in the print queue too, and also while the case is held', () => {
    const { pupil, ids, ended, correct, outcomes } = approved();
    ended('to-print', ...ids);
    pupil.tell({ kind: 'hold', by: { id: 'lead', role: 'sal' }, until: '2026-10-12', textId }, 'Bereaved');
    correct(present('2026-09-08'));
    expect(outcomes()).toEqual(['questioned', 'questioned']);
    expect(pupil.proposals()).toHaveLength(2);
  });

  it('goes all the same when a person who leads said so, and is not asked about its ground again', () => {
    const { pupil, first, correct, answer, outcomes, ended } = approved();
    correct(present('2026-09-08'));
    expect(() => answer(first, 'send', 'attendance-officer')).toThrow(/senior attendance lead or the headteacher/);
    answer(first, 'send');
    expect(outcomes()).toEqual(['waiting', 'questioned']);
    expect(pupil.proposals()).toEqual(['letter-1']);
    correct({ '2026-09-29 AM': '/' });
    expect(outcomes()).toEqual(['waiting', 'questioned']);
    ended('sent', first);
    answer(first, 'send');
    expect(outcomes()).toEqual(['sent', 'questioned']);
  });

  it('gone all the same, is put right only if the register changes once more', () => {
    const { pupil, first, correct, answer, ended } = approved();
    correct(present('2026-09-08'));
    answer(first, 'send');
    ended('sent', first);
    expect(pupil.proposals()).toEqual(['letter-1']);
    expect(pupil.state.letters[first]?.now).toEqual({ attended: 37, possible: 38 });
    correct({ '2026-09-15 AM': '/' });
    expect(pupil.proposals()).toEqual(['letter-1', 'correction']);
  });

  it("is stopped by a person's word, and the step is asked about later if none goes", () => {
    const { pupil, ids, correct, answer, outcomes, named } = approved();
    correct(present('2026-09-08'));
    for (const id of ids) answer(id, 'do not send', 'attendance-officer');
    expect(outcomes()).toEqual(['stopped', 'stopped']);
    expect(pupil.proposals()).toEqual([]);
    expect(named('question answered')).toMatchObject([{ words: 'We spoke' }, { words: 'We spoke' }]);
    expect(named('step put back')).toHaveLength(1);
    for (const id of ids) pupil.tell({ kind: 'letter outcome', letterId: id, outcome: 'stopped' });
    expect(named('step put back')).toHaveLength(1);
  });

  it('says so when the register moves back, and closes when the letter has gone after all', () => {
    const { pupil, ids, correct, ended } = approved();
    correct(present('2026-09-08'));
    correct({ '2026-09-08 AM': 'O', '2026-09-08 PM': 'O' });
    expect(pupil.proposal('letter-1').sentence).toMatch(/^The register moved back/);
    ended('sent', ...ids);
    expect(pupil.proposals()).toEqual([]);
  });

  it('heard first at its release, is asked about by the case as well', () => {
    const { pupil, first, ended } = approved();
    Object.assign(pupil.absent, present('2026-09-08'));
    delete pupil.absent['2026-09-08'];
    ended('questioned', first);
    expect(pupil.proposals()).toHaveLength(2);
  });

  it('is noted in a closed case, as is what a person said of it', () => {
    const { pupil, first, ids, ended, answer, outcomes } = approved();
    ended('questioned', ...ids);
    pupil.tell({ kind: 'close', by: { id: 'lead', role: 'sal' }, textId }, 'Moved away');
    answer(first, 'do not send');
    expect(outcomes()).toEqual(['stopped', 'questioned']);
  });
});

describe('a letter that went, of a case that is closed', () => {
  function closed() {
    const all = approved();
    all.ended('sent', ...all.ids);
    all.pupil.to('2026-10-01');
    all.pupil.tell({ kind: 'close', by: { id: 'lead', role: 'sal' }, textId }, 'Moved away');
    return all;
  }

  it('is said to be overtaken, and a correction is put before who approved it', () => {
    const { pupil, ids, correct, named } = closed();
    correct(present('2026-09-08'));
    expect(named('letters overtaken')).toMatchObject([
      { letters: ids, was: { attended: 35 }, is: { attended: 37 }, stands: false },
    ]);
    expect([pupil.state.status, pupil.proposals()]).toEqual(['closed', ['correction']]);
    expect(correct({})).toEqual([]);
  });

  it('is put right by letters that go and end, or not, as a person says; nothing else is decided', () => {
    const { pupil, correct } = closed();
    correct(present('2026-09-08'));
    expect(() => pupil.say('correction', { choice: 'hold', until: '2026-10-08', textId })).toThrow(/cannot wait/);
    expect(() => pupil.tell({ kind: 'note', by: { id: 'lead', role: 'sal' }, textId })).toThrow(/case is closed/);
    pupil.send('correction');
    expect(Object.values(pupil.state.letters).filter(({ template }) => template === 'correction')).toMatchObject([
      { outcome: 'sent', relied: { attendance: { attended: 37 } } },
      { outcome: 'sent' },
    ]);
    expect(pupil.proposals()).toEqual([]);
    correct({ '2026-09-15 AM': '/' });
    expect(pupil.proposals()).toEqual(['correction']);
    pupil.say('correction', { choice: 'decline', textId }, 'sal', 'They know');
    expect(pupil.proposals()).toEqual([]);
  });

  it('has whoever is to decide on its correction reminded, then whoever stands in asked, as in a case that runs', () => {
    const { pupil, correct, named } = closed();
    expect(deadlineOf(pupil.state, pupil.circumstances())).toBeNull();
    correct(present('2026-09-08'));
    pupil.wakeUntil('2026-10-31');
    expect([pupil.happened('reminded'), pupil.happened('escalated')]).toEqual([['2026-10-05'], ['2026-10-08']]);
    expect([...named('reminded'), ...named('escalated')]).toMatchObject([{ role: 'sal' }, { role: 'headteacher' }]);
    pupil.say('correction', { choice: 'decline', textId }, 'headteacher', 'They know');
    expect(deadlineOf(pupil.state, pupil.circumstances())).toBeNull();
  });

  it('is asked about still, where it is held when a person closes the case', () => {
    const { pupil, first, correct, answer } = approved();
    correct(present('2026-09-08'));
    pupil.tell({ kind: 'close', by: { id: 'lead', role: 'sal' }, textId }, 'Moved away');
    expect(pupil.proposals()).toEqual(['letter-1', 'letter-1']);
    answer(first, 'do not send');
    expect(pupil.proposals()).toEqual(['letter-1']);
  });

  it('is still owed its correction when a person closes the case before it is decided', () => {
    const { pupil, ids, ended, correct } = approved();
    ended('sent', ...ids);
    correct(present('2026-09-08'));
    pupil.tell({ kind: 'close', by: { id: 'lead', role: 'sal' }, textId }, 'Moved away');
    expect(pupil.proposals()).toEqual(['correction']);
    expect(pupil.proposal('correction').sentence).toMatch(/^The register was corrected after the letter of/);
  });
});

describe('a letter that waits and whose figures move, though its ground stands', () => {
  const why =
    'The register was corrected: it now says 36 of 38 sessions (0 missed with leave, 2 without); when the letter was approved it said 35 of 38 sessions (0 missed with leave, 3 without)';

  it('is held, and asked about with what changed', () => {
    const { pupil, correct, named } = approved();
    correct({ '2026-09-15 AM': '/' });
    expect(named('letter outcome')).toMatchObject([{ outcome: 'questioned', why }, { outcome: 'questioned' }]);
    expect(pupil.proposal('letter-1').sentence).toMatch(/^The register was corrected.*\. It is held until you say/);
  });

  it('approved again it rests on the new figures: they are no news when it has gone', () => {
    const { pupil, first, correct, answer, ended } = approved();
    correct({ '2026-09-15 AM': '/' });
    answer(first, 'send');
    expect(pupil.state.letters[first]).toMatchObject({
      outcome: 'waiting',
      relied: { attendance: { attended: 36, possible: 38 }, said: { attended: 36, unauthorised: 2 } },
    });
    ended('sent', first);
    expect(pupil.happened('letters overtaken')).toEqual([]);
    correct({ '2026-09-08 AM': '/' });
    expect(pupil.events.map(({ event }) => event).filter(({ type }) => type === 'letters overtaken')).toMatchObject([
      { letters: [first], was: { attended: 36 }, is: { attended: 38 } },
    ]);
  });

  it('approved again is held again if the register moves once more', () => {
    const { first, correct, answer, outcomes } = approved();
    correct({ '2026-09-15 AM': '/' });
    answer(first, 'send');
    expect(outcomes()).toEqual(['waiting', 'questioned']);
    correct({ '2026-09-15 AM': 'O' });
    expect(outcomes()).toEqual(['questioned', 'questioned']);
    answer(first, 'send');
    expect(outcomes()).toEqual(['waiting', 'questioned']);
  });

  it('leaves what the other parent was told before as it was: each is looked at by what it says', () => {
    const { pupil, ids, first, correct, answer, ended } = approved();
    ended('sent', ids[1] ?? '');
    correct({ '2026-09-15 AM': '/' });
    answer(first, 'send');
    ended('sent', first);
    correct({ '2026-09-10': 'I' });
    const overtaken = pupil.events.flatMap(({ event }) => (event.type === 'letters overtaken' ? [event] : []));
    expect(overtaken.map(({ letters, was }) => [letters, was.attended])).toEqual([
      [[ids[1]], 35],
      [[first], 36],
      [[ids[1]], 35],
    ]);
  });
});

describe('a letter that went and that the register overtook', () => {
  function gone() {
    const all = approved();
    all.ended('sent', ...all.ids);
    all.pupil.to('2026-10-01');
    return all;
  }

  it('stays a fact; what changed is noted once, and a correction is put before the lead', () => {
    const { pupil, ids, correct, outcomes, named } = gone();
    correct(present('2026-09-08'));
    const changed = { letters: ids, was: { attended: 35, possible: 38 }, is: { attended: 37, possible: 38 } };
    expect(named('letters overtaken')).toEqual([{ type: 'letters overtaken', ...changed, upTo: '2026-09-28 PM', stands: false }]);
    expect(outcomes()).toEqual(['sent', 'sent']);
    const { action, role, step, sentence } = pupil.proposal('correction');
    expect(action).toMatchObject({ what: 'letter', corrects: { ...changed, stands: false } });
    expect([role, step]).toEqual(['sal', null]);
    expect(sentence).toContain('It said 35 of 38 sessions, the register now says 37 of 38 sessions, and with that it would not');
    pupil.tell({ kind: 'register changed' });
    pupil.to('2026-10-02');
    expect(named('letters overtaken')).toHaveLength(1);
    expect(pupil.proposals()).toEqual(['correction']);
  });

  it.each([
    ['sessions after those it rested on', {}, {}, 0, 0],
    ['a figure that does not take its ground away', { '2026-09-15 AM': '/' }, {}, 1, 0],
    ['another kind of absence', { '2026-09-15 AM': 'I' }, {}, 0, 0],
    ['more absence', {}, { '2026-09-22': 'O' }, 1, 0],
  ])('%s: noted %#, no correction', (_, marks, more, noted, corrections) => {
    const { pupil, correct, named } = gone();
    Object.assign(pupil.absent, more, { '2026-09-30': 'O' });
    correct(marks);
    expect(named('letters overtaken')).toHaveLength(noted);
    expect(pupil.proposals().filter((one) => one === 'correction')).toHaveLength(corrections);
  });

  it('is corrected to each who got it, once, and the ladder does not move', () => {
    const { pupil, ids, correct, named } = gone();
    const { step } = pupil.state;
    correct(present('2026-09-08'));
    pupil.say('correction', { choice: 'approve' }, 'sal', 'We are sorry');
    const [, sent] = named('letters approved') as Extract<CaseEvent, { type: 'letters approved' }>[];
    expect(sent).toMatchObject({ template: 'correction', corrects: { letters: ids }, relied: { attendance: { attended: 37 } } });
    expect(sent?.letters.map(({ contactId }) => contactId)).toEqual(['mother', 'father']);
    expect(pupil.state.step).toBe(step);
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).not.toContain('correction');
  });

  it('reaches only those who got the letter', () => {
    const { pupil, first, ids, ended, correct, named } = approved();
    ended('sent', first);
    pupil.tell({ kind: 'letter outcome', letterId: ids[1] ?? '', outcome: 'refused' });
    correct(present('2026-09-08'));
    pupil.say('correction', { choice: 'approve' });
    const [, sent] = named('letters approved') as Extract<CaseEvent, { type: 'letters approved' }>[];
    expect(sent?.letters.map(({ contactId }) => contactId)).toEqual(['mother']);
  });

  it('is not corrected when the figures go back before anybody decided', () => {
    const { pupil, correct, named } = gone();
    correct(present('2026-09-08'));
    correct({ '2026-09-08 AM': 'O', '2026-09-08 PM': 'O' });
    expect(named('withdrawn').at(-1)).toMatchObject({ why: 'The register says again what the letter said' });
    expect(pupil.proposals()).not.toContain('correction');
    expect(Object.values(pupil.state.letters)[0]).toMatchObject({ now: { attended: 35, possible: 38 } });
    correct(present('2026-09-08'));
    expect(pupil.proposals()).toContain('correction');
  });

  it('is asked about anew when the register changes again, but not after it was declined', () => {
    const { pupil, correct, named } = gone();
    correct(present('2026-09-08'));
    pupil.say('correction', { choice: 'decline', textId }, 'sal', 'We rang them');
    pupil.tell({ kind: 'register changed' });
    expect(pupil.proposals()).not.toContain('correction');
    correct({ '2026-09-15 AM': '/' });
    expect(named('letters overtaken')).toHaveLength(2);
    expect(pupil.proposal('correction').action).toMatchObject({ corrects: { is: { attended: 38, possible: 38 } } });
  });

  it('tells those who had a correction that it changed once more, even back to what the letter said', () => {
    const { pupil, correct } = gone();
    correct(present('2026-09-08'));
    pupil.send('correction');
    correct({ '2026-09-08 AM': 'O', '2026-09-08 PM': 'O' });
    expect(pupil.proposal('correction').action).toMatchObject({ corrects: { is: { attended: 35 }, stands: true } });
  });

  it.each(['recalled', 'stopped', 'refused', 'bounced'] as const)(
    'is corrected anew to whom the correction did not reach: %s',
    (end) => {
      const { pupil, ids, correct, ended, named } = gone();
      correct(present('2026-09-08'));
      pupil.say('correction', { choice: 'approve' });
      const approvals = named('letters approved') as Extract<CaseEvent, { type: 'letters approved' }>[];
      const [toMother = '', toFather = ''] = approvals[1]?.letters.map(({ letterId }) => letterId) ?? [];
      ended('sent', toMother);
      pupil.tell({ kind: 'letter outcome', letterId: toFather, outcome: end });
      expect(pupil.proposal('correction').action).toMatchObject({ corrects: { letters: [ids[1]], is: { attended: 37 } } });
      pupil.tell({ kind: 'register changed' });
      pupil.send('correction');
      pupil.tell({ kind: 'register changed' });
      expect(pupil.proposals()).not.toContain('correction');
      expect(pupil.state.letters[ids[1] ?? '']?.corrected).toEqual({ attended: 37, possible: 38 });
    },
  );

  it('is not corrected of what its reader never heard: a correction that waited, and was right no more', () => {
    const { pupil, correct, named } = gone();
    correct(present('2026-09-08'));
    pupil.say('correction', { choice: 'approve' });
    const approvals = named('letters approved') as Extract<CaseEvent, { type: 'letters approved' }>[];
    correct({ '2026-09-08 AM': 'O', '2026-09-08 PM': 'O' });
    expect(pupil.proposals()).toContain('correction');
    for (const { letterId } of approvals[1]?.letters ?? []) pupil.tell({ kind: 'letter outcome', letterId, outcome: 'stopped' });
    expect(pupil.proposals()).not.toContain('correction');
  });

  it('holds a correction that waits when the register changes under it', () => {
    const { pupil, correct, named } = gone();
    correct(present('2026-09-08'));
    pupil.say('correction', { choice: 'approve' });
    correct({ '2026-09-08 AM': 'O', '2026-09-08 PM': 'O' });
    expect(named('letter outcome').filter((one) => 'why' in one)).toMatchObject([
      {
        outcome: 'questioned',
        why: 'The register changed again: it now says 35 of 38 sessions; the letter says 37 of 38 sessions',
      },
      { outcome: 'questioned' },
    ]);
  });

  it('is not approved on a register that changed and was not heard of yet', () => {
    const { pupil, correct } = gone();
    correct(present('2026-09-08'));
    Object.assign(pupil.absent, { '2026-09-15 AM': '/' });
    expect(() => pupil.say('correction', { choice: 'approve' })).toThrow(/correction would be wrong/);
  });

  it("brings no thanks for an improvement that is only the register's", () => {
    const { pupil, correct } = gone();
    correct(present('2026-09-08'));
    pupil.to('2026-10-12');
    expect(pupil.proposals()).toEqual(['correction']);
    const improved = gone().pupil.to('2026-10-12');
    expect(improved.proposals()).toEqual(['thank-you']);
  });

  it('does not wait for marks that came later, and keeps the case open until it is decided', () => {
    const { pupil, correct, named } = gone();
    correct(present('2026-09-08'));
    pupil.absent['2026-10-14'] = 'none';
    pupil.to('2026-11-20');
    expect(pupil.state.status).toBe('open');
    pupil.say('correction', { choice: 'approve' });
    expect(named('letters approved')).toHaveLength(2);
    // Closing by attendance does wait for them.
    expect([pupil.state.status, pupil.proposals()]).toEqual(['open', ['missing marks']]);
    delete pupil.absent['2026-10-14'];
    pupil.tell({ kind: 'register changed' });
    expect(pupil.state.status).toBe('closed');
  });
});

describe('a target that was judged and that the register overtook', () => {
  const away = (...days: string[]) => Object.fromEntries(days.map((day) => [day, 'O']));

  it('is noted once a change, and what was decided on it stays', () => {
    const pupil = aCase({ absent: away('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29'), on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1');
    Object.assign(pupil.absent, away('2026-10-05', '2026-10-06', '2026-10-12', '2026-10-19', '2026-10-20', '2026-11-03'));
    pupil.to('2026-10-14').send('letter-2').to('2026-11-05');
    const { stage, judged } = pupil.state;
    expect(judged).toEqual({ from: '2026-10-15', until: '2026-11-04', window: { attended: 14, possible: 20 } });
    pupil.absent['2026-09-22'] = '/';
    pupil.tell({ kind: 'register changed' });
    expect(pupil.happened('judgement overtaken')).toEqual([]);
    Object.assign(pupil.absent, present('2026-10-19', '2026-10-20'));
    for (const day of ['2026-10-19', '2026-10-20']) delete pupil.absent[day];
    for (const _ of [1, 2]) pupil.tell({ kind: 'register changed' });
    const noted = pupil.events.filter(({ event }) => event.type === 'judgement overtaken').map(({ event }) => event);
    const [was, is] = [
      { attended: 14, possible: 20 },
      { attended: 18, possible: 20 },
    ];
    expect(noted).toEqual([{ type: 'judgement overtaken', from: '2026-10-15', until: '2026-11-04', was, is }]);
    expect(pupil.state).toMatchObject({ stage, judged: { window: was, now: is } });
  });
});
