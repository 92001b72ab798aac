import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Day } from '../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../policy/calendar/school-calendar.ts';
import type { Decision } from '../../policy/case/decision.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { aboutOf } from '../../policy/simulate/example.ts';
import { agreed, declined, type People } from '../../policy/simulate/people.ts';
import { bothWays, calendar, type Life } from '../support/both-ways.ts';
import { textId } from '../support/told-referral.ts';

/** Codes on some days, and from one day to another. */
const coded = (code: string, ...days: Day[]) => Object.fromEntries(days.map((day) => [day, code]));
const from = (first: Day, last: Day, code: string) => coded(code, ...schoolDaysBetween(calendar, first, last));

/** Everybody agrees at once, but that this is said instead of some things; the headteacher takes two days where `slow`. */
const people =
  (instead: (about: string, on: Day, proposal: Proposal) => Decision | undefined, slow = false): People =>
  (proposal, cal, on) => ({
    after: slow && proposal.role === 'headteacher' ? 2 : 0,
    decision: instead(aboutOf(proposal.action), on, proposal) ?? agreed(proposal, cal, on),
  });

const holds = (what: string, until: Day) =>
  people((about, on) => (about === what && on < until ? { choice: 'hold', until, textId } : undefined));
const declines = (what: string, before: Day) => people((about, on) => (about === what && on < before ? declined : undefined));
const comesToNone = (happened: 'refused' | 'not attended', before: Day) =>
  people((about, on) => (about === 'meeting' && on < before ? { choice: 'met', happened, on, offers: [] } : undefined), true);
/** Asks the class teacher first, who takes a day to answer. */
const asks =
  (what: string, before: Day): People =>
  (proposal, cal, on) => {
    const asking = aboutOf(proposal.action) === what && on < before;
    const decision: Decision = asking ? { choice: 'ask', of: 'class-teacher', textId } : agreed(proposal, cal, on);
    return { after: proposal.action.what === 'answer' ? 1 : 0, decision };
  };

const twoDays = coded('I', '2026-09-22', '2026-09-23');

/** Three weeks after letter 1, half-term in between, and the days missed that are written of at its end. */
const celt: Record<string, Life> = {
  climbs: { absent: { ...twoDays, ...coded('I', '2026-10-12', '2026-10-20') }, says: comesToNone('not attended', '2026-11-01') },
  refuses: { absent: { ...twoDays, ...coded('O', '2026-10-12') }, says: comesToNone('refused', '2026-11-30') },
  holds: { absent: twoDays, says: holds('letter-1', '2026-10-09') },
  declines: { absent: twoDays, says: declines('letter-1', '2026-10-09') },
  asks: { absent: twoDays, says: asks('letter-1', '2026-10-05') },
  oneback: { absent: twoDays, comesBackFrom: [2] },
  bothback: { absent: { ...twoDays, ...coded('I', '2026-10-12', '2026-10-13') }, comesBackFrom: [1, 2] },
  corrected: { absent: twoDays, corrected: { on: '2026-10-08', says: { '2026-09-22': '/', '2026-09-23 AM': 'L' } } },
  worse: { absent: twoDays, corrected: { on: '2026-10-08', says: coded('O', '2026-09-15', '2026-09-16') } },
  unseen: {
    absent: from('2026-10-05', '2026-10-13', 'N'),
    corrected: { on: '2026-10-15', says: from('2026-10-05', '2026-10-13', 'I') },
  },
  late: { absent: Object.fromEntries(schoolDaysBetween(calendar, '2026-10-05', '2026-10-16').map((day) => [`${day} AM`, 'L'])) },
  cared: { absent: twoDays, flags: ['looked-after'], says: holds('review', '2026-10-06') },
  last: { absent: coded('I', '2026-09-08', '2026-10-23') },
};

/** Adjusted attendance, a call and a letter at once, an invitation and the meeting that it is to. */
const jamesMarks: Record<string, Life> = {
  settles: {
    absent: { ...from('2026-09-02', '2026-09-11', 'C'), ...coded('I', '2026-10-06', '2026-10-07') },
    settlingIn: { from: '2026-09-02', to: '2026-09-25' },
  },
  misses: { absent: coded('I', '2026-09-10', '2026-09-14', '2026-10-06'), says: comesToNone('not attended', '2026-10-20') },
  refuses: { absent: coded('I', '2026-09-10', '2026-09-14'), says: comesToNone('refused', '2026-11-30') },
  holds: { absent: coded('I', '2026-09-10', '2026-09-14'), says: holds('meeting-invitation', '2026-10-21') },
  declines: { absent: coded('I', '2026-09-10', '2026-09-14'), says: declines('letter-1', '2026-10-20') },
  bothback: { absent: coded('I', '2026-09-10', '2026-09-14'), comesBackFrom: [1, 2] },
  corrected: {
    absent: coded('I', '2026-09-10', '2026-09-14'),
    corrected: { on: '2026-10-19', says: { '2026-09-10': '/', '2026-09-14': '/' } },
  },
  away: { absent: from('2026-10-05', '2026-10-16', 'N'), says: declines('penalty notice request: permission', '2026-11-01') },
  ill: { absent: from('2026-10-05', '2026-10-16', 'I'), flags: ['medical'] },
};

describe.each([
  ['celt', celt, '2026-10-02', '2026-11-04'],
  ['james-marks', jamesMarks, '2026-10-02', '2026-10-22'],
])('pupils under %s, through the engine and through the simulator', (packId, lives, today, lastDay) => {
  let ways: Awaited<ReturnType<typeof bothWays>>;
  beforeAll(async () => {
    ways = await bothWays({ packId, lives, today, lastDay });
    await ways.walk();
  });
  afterAll(() => ways.end());

  it.each(Object.keys(lives))('%s: the same events, each on the same day', async (name) => {
    const { really, simulated } = await ways.both(name);
    expect(really).toEqual(simulated);
    expect(really.length).toBeGreaterThan(3);
  });

  it('tell of all that people can make of it', async () => {
    const types = await ways.school.db.ledgerEvent.findMany({ distinct: ['type'], select: { type: true } });
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['decided', 'step put back', 'reopened', 'letter outcome', 'letters overtaken', 'meeting recorded']),
    );
  });
});
