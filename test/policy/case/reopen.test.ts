import { describe, expect, it } from '@jest/globals';
import { addSchoolDays } from '../../../policy/calendar/school-calendar.ts';
import type { CaseInput } from '../../../policy/case/input.ts';
import { stagesToReopen } from '../../../policy/case/reopen.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { aCase, calendar, gloucestershire } from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const missed = days('2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-05', '2026-10-06', '2026-10-12');
const lead = { id: 'the lead', role: 'sal' } as const;
type Pupil = ReturnType<typeof aCase>;

/** Letter 1 went on 30 September; closed by a person on 14 October, while letter 2 was proposed. */
function closed() {
  const pupil = aCase({ absent: missed, on: '2026-09-30' });
  pupil.open();
  pupil.send('letter-1').to('2026-10-14');
  pupil.tell({ kind: 'close', by: lead, textId: 'x' }, 'They move away');
  return pupil;
}

const reopen = (pupil: Pupil, stage?: string, role: Role = 'sal') => {
  const input = { kind: 'reopen', by: { id: `the ${role}`, role }, textId: 'x', ...(stage !== undefined && { stage }) } as const;
  return pupil.tell(input satisfies Omit<CaseInput, 'key'>, 'They did not move after all');
};

describe('a closed case that is opened again', () => {
  it('goes on in the stage in which it was closed, with the reason, and asks for its step anew', () => {
    const pupil = closed();
    const { stage } = pupil.state;
    const [first, ...then] = reopen(pupil);
    expect(first).toEqual({ type: 'case reopened', stage, words: 'They did not move after all' });
    expect(then.map(({ type }) => type)).toEqual(['stage entered', 'proposed']);
    expect(pupil.state).toMatchObject({ status: 'open', stage, openedOn: '2026-09-30', reopenedOn: '2026-10-14' });
    expect(pupil.proposals()).toEqual(['letter-2']);
  });

  it('sends no first letter twice within the time of the policy, and a second one only since the first has gone', () => {
    const pupil = aCase({ absent: missed, on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1').to('2026-10-01');
    pupil.tell({ kind: 'close', by: lead, textId: 'x' });
    reopen(pupil, 'letter 1');
    const free = gloucestershire.letters['no two within'];
    expect(pupil.to(addSchoolDays(calendar, '2026-09-30', free - 1)).proposals()).toEqual([]);
    expect(pupil.to(addSchoolDays(calendar, '2026-09-30', free)).proposals()).toEqual(['letter-1']);

    const never = aCase({ absent: missed, on: '2026-09-30' });
    never.open();
    never.say('letter-1', { choice: 'decline', textId: 'x' });
    never.to('2026-10-20');
    never.tell({ kind: 'close', by: lead, textId: 'x' });
    reopen(never);
    expect(never.proposals()).not.toContain('letter-2');
  });

  it('does not close by itself at once, though attendance had held: it has to hold anew', () => {
    const pupil = aCase({ absent: days('2026-09-08'), on: '2026-09-21' });
    pupil.open();
    pupil.to('2026-11-27');
    expect(pupil.state.status).toBe('closed');
    reopen(pupil);
    expect(pupil.state).toMatchObject({ status: 'open', recovering: { since: '2026-11-27' } });
    const until = addSchoolDays(calendar, '2026-11-27', gloucestershire.closes['held for']);
    pupil.to(addSchoolDays(calendar, '2026-11-27', gloucestershire.closes['held for'] - 1));
    expect(pupil.state.status).toBe('open');
    expect(pupil.to(until).state.status).toBe('closed');
  });

  it('is not taken up by the new school year once more, when it is opened in that', () => {
    const pupil = closed();
    pupil.to('2027-09-20');
    expect(reopen(pupil).map(({ type }) => type)).not.toContain('new school year');
    expect(pupil.state).toMatchObject({ status: 'open', schoolYear: '2027/28' });
  });
});

describe('what has been said already, when a closed case is opened again,', () => {
  /** Letters 1 and 2 went; monitored to 4 November, and met or not. */
  function judged(more: Record<string, string>) {
    const pupil = aCase({ absent: { ...missed, ...more }, on: '2026-09-30' });
    pupil.open();
    pupil.send('letter-1').to('2026-10-14');
    pupil.send('letter-2').to('2026-11-05');
    return pupil;
  }
  const close = (pupil: Pupil) => pupil.tell({ kind: 'close', by: lead, textId: 'x' });

  /** The parents refuse the meeting, and the lead refers. */
  function referred() {
    const pupil = judged(days('2026-10-19', '2026-10-20', '2026-11-03'));
    pupil.send('meeting-invitation').to('2026-11-12');
    pupil.say('meeting', { choice: 'met', happened: 'refused', on: '2026-11-12', offers: [] });
    pupil.say('referral', { choice: 'approve' });
    return pupil;
  }
  const referralOf = ({ state }: Pupil) => state.referral?.id ?? '';

  it('no referral is made a second time while the authority has one, and what it says of that is heard', () => {
    const pupil = referred();
    const referralId = referralOf(pupil);
    close(pupil);
    reopen(pupil.to('2026-11-16'));
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['referral', []]);
    pupil.tell({ kind: 'referral outcome', referralId, outcome: { what: 'accepted' } });
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['with the authority', ['referral-notice']]);
  });

  it('one that the authority returns is referred again', () => {
    const pupil = referred();
    const outcome = { what: 'returned', missing: ['letters-sent'], textId: 'x' } as const;
    close(pupil);
    reopen(pupil);
    pupil.tell({ kind: 'referral outcome', referralId: referralOf(pupil), outcome });
    expect(pupil.proposals()).toEqual(['referral']);
  });

  it('the parents hear of one referral once', () => {
    const pupil = referred();
    pupil.tell({ kind: 'referral outcome', referralId: referralOf(pupil), outcome: { what: 'accepted' } });
    pupil.send('referral-notice').to('2026-11-20');
    close(pupil);
    reopen(pupil);
    expect([pupil.state.stage, pupil.to('2026-12-18').proposals()]).toEqual(['with the authority', []]);
  });

  it('the family is congratulated on one target once', () => {
    const pupil = judged({});
    expect([pupil.state.stage, pupil.proposals()]).toEqual(['improved', ['congratulation']]);
    pupil.send('congratulation').to('2026-11-20');
    close(pupil);
    reopen(pupil.to('2026-12-11'));
    expect([pupil.state.stage, pupil.to('2026-12-18').proposals()]).toEqual(['improved', []]);
  });

  it('and on one of which they have not heard, they are', () => {
    const pupil = judged({});
    close(pupil);
    reopen(pupil.to('2026-11-10'));
    expect(pupil.proposals()).toEqual(['congratulation']);
  });
});

describe('a rule beside the ladder, when a closed case is opened again', () => {
  const absence = gloucestershire.alongside.filter(({ says }) => says?.startsWith('More than three days in a row'));
  const run = { ...days('2026-09-08', '2026-09-15'), ...days('2026-09-22', '2026-09-23', '2026-09-24', '2026-09-25') };
  /** Closed on 25 September, in a run of absence that the rule asked about; opened again on a day on which it is so. */
  function reopened(more: Record<string, string>, on: string) {
    const pupil = aCase({
      absent: { ...run, ...more },
      on: '2026-09-22',
      pack: { ...gloucestershire, alongside: absence },
    });
    pupil.open();
    pupil.to('2026-09-25');
    expect(pupil.happened('rule met')).toEqual(['2026-09-25']);
    pupil.tell({ kind: 'close', by: lead, textId: 'x' });
    pupil.to(on);
    const events = reopen(pupil);
    return events.flatMap((event) => (event.type === 'rule met' || event.type === 'rule over' ? [event.type] : []));
  }

  it('that has been so ever since is answered: it does not ask for the same again', () =>
    expect(reopened(days('2026-09-28', '2026-09-29'), '2026-09-29')).toEqual([]));

  it('that lapsed meanwhile and came back is new', () =>
    expect(reopened(days('2026-10-05', '2026-10-06', '2026-10-07', '2026-10-08'), '2026-10-08')).toEqual([
      ...['rule over', 'rule met'],
    ]));

  it('that is so no more is over, and ready for the next time', () => expect(reopened({}, '2026-09-30')).toEqual(['rule over']));
});

describe('a closed case is not opened again', () => {
  it.each([
    ['by anybody but who leads', undefined, 'attendance-officer', /^Forbidden: To open a closed case again is for/],
    ['at a stage that it had not come to', 'meeting', 'sal', /^BadInput: The case cannot go on at "meeting".*Stages: formal/],
    ['at a stage that there is none of', 'letter 9', 'headteacher', /^BadInput/],
  ] as const)('%s', (_, stage, role, why) => {
    const pupil = closed();
    const before = pupil.state;
    expect(refusalOf(() => reopen(pupil, stage, role))).toMatch(why);
    expect(pupil.state).toEqual(before);
  });

  it('while it is open, after the pupil has had another case, or once the pupil has left', () => {
    const pupil = closed();
    reopen(pupil);
    expect(refusalOf(() => reopen(pupil))).toMatch(/^Stale: This case is open/);
    const later = aCase({ absent: missed, on: '2026-09-30', more: { laterCase: true } });
    later.open();
    later.tell({ kind: 'close', by: lead, textId: 'x' });
    expect(refusalOf(() => reopen(later))).toMatch(/^NotAllowed: The pupil has had another case since/);
    const left = aCase({ absent: missed, on: '2026-09-30', more: { onRollTo: '2026-10-09' } });
    left.open();
    left.tell({ kind: 'close', by: lead, textId: 'x' });
    left.to('2026-10-14');
    expect(refusalOf(() => reopen(left))).toMatch(/^NotAllowed: The pupil is not on the roll any more/);
  });
});

it('with a referral that the authority still has goes on only where it was; after its work, only before that', () => {
  const { state } = closed();
  const referral = { id: 'r', on: '2026-10-01', status: 'accepted' } as const;
  const withAuthority = { ...state, stage: 'with the authority', referral };
  expect(stagesToReopen(gloucestershire, withAuthority)).toEqual(['with the authority']);
  const ended = { ...withAuthority, referral: { ...referral, status: 'ended' as const } };
  expect(stagesToReopen(gloucestershire, ended)).not.toContain('with the authority');
  expect(stagesToReopen(gloucestershire, ended)[0]).toBe('referral');
});
