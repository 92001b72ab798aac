import { describe, expect, it } from '@jest/globals';
import { leaveReminders, type WaitingLeave } from '../../../policy/leave/reminders.ts';
import type { Pack } from '../../../policy/pack/pack.ts';
import { shippedPacks } from '../../support/packs.ts';
import { calendar } from '../../support/told-case.ts';

const gloucestershire = shippedPacks.find(([, { pack }]) => pack === 'gloucestershire')?.[1] as Pack;
/** The attendance lead decides there, and the headteacher stands in. */
const byTheLead: Pack = {
  ...gloucestershire,
  leave: { ...(gloucestershire.leave as NonNullable<Pack['leave']>), 'decided by': 'attendance lead' },
};
// A Wednesday; half-term is the week from 26 October.
const waits: WaitingLeave = { since: '2026-10-21', remindedOn: null, escalatedOn: null };
const told = (on: string, waiting: Partial<WaitingLeave> = {}, pack: Pack = byTheLead) =>
  leaveReminders(pack, calendar, on, { ...waits, ...waiting }).map(({ type, role }) => `${type}: ${role}`);

describe('who has not decided on leave', () => {
  it.each([
    ['is left alone a school day on', '2026-10-22', []],
    ['is reminded two school days on', '2026-10-23', ['reminded: sal']],
    ['is not on a Saturday', '2026-10-24', []],
    ['nor in the holiday', '2026-10-27', []],
    ['is reminded later, if nobody looked on that day', '2026-11-02', ['reminded: sal']],
    ['and who stands in is asked as well five school days on', '2026-11-04', ['reminded: sal', 'escalated: headteacher']],
  ])('%s', (_, on, expected) => expect(told(on)).toEqual(expected));

  it('is reminded once, and who stands in is asked once', () => {
    expect(told('2026-11-04', { remindedOn: '2026-10-23' })).toEqual(['escalated: headteacher']);
    expect(told('2026-11-05', { remindedOn: '2026-10-23', escalatedOn: '2026-11-04' })).toEqual([]);
  });
  it('is a headteacher for whom nobody stands in: then nobody else is asked', () =>
    expect(told('2026-11-04', {}, gloucestershire)).toEqual(['reminded: headteacher']));
  it('waits on when the calendar has no more days', () => expect(told('2031-09-10')).toEqual([]));
});
