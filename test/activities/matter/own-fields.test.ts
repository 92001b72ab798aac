import { describe, expect, it } from '@jest/globals';
import { ownFields } from '../../../activities/matter/own-fields.ts';
import type { TemplateId } from '../../../policy/letters/templates.ts';
import { aCase } from '../../support/told-case.ts';

const parent = (contactId: string) => ({ contactId, may: true, because: null, channel: 'email' as const });

/** Letter 1 reached the mother; the father's came back. */
function reachedTheMother() {
  const absent = { '2026-09-07': 'O', '2026-09-08': 'O' };
  const pupil = aCase({ absent, on: '2026-09-16', parents: [parent('mother'), parent('father')] });
  pupil.open();
  for (const event of pupil.say('letter-1', { choice: 'approve' }))
    if (event.type === 'letters approved')
      for (const { letterId, contactId } of event.letters)
        pupil.tell({ kind: 'letter outcome', letterId, outcome: contactId === 'mother' ? 'sent' : 'refused' });
  return pupil;
}

function said(template: TemplateId, reader: string[]) {
  const pupil = reachedTheMother();
  return ownFields(pupil.circumstances(), pupil.state, { template, meeting: null }, reader);
}

describe('a letter names the letters before it that its own reader had', () => {
  it.each([
    ['who had it', ['mother'], '2026-09-16'],
    ['whose came back', ['father'], null],
    ['who came on record since', ['stepfather'], null],
    ['who had it as another contact, of the same person', ['mother anew', 'mother'], '2026-09-16'],
  ])('to the parent %s', (_, reader, on) => {
    expect(said('letter-2', reader)).toMatchObject({ firstLetterOn: on });
  });

  it('and a congratulation says what the policy left out of what it counts', () => {
    const { state, circumstances } = reachedTheMother();
    const judged = { from: '2026-10-01', until: '2026-10-14', window: { attended: 19, possible: 20 }, target: 9_500 };
    const thanks = (more: object) =>
      ownFields(circumstances(), { ...state, judged: { ...judged, ...more } }, { template: 'congratulation', meeting: null }, []);
    expect(thanks({})).toMatchObject({ window: { attended: 19, possible: 20 } });
    expect(thanks({ how: 'without C2' })).toMatchObject({ window: { attended: 19, possible: 20, how: 'without C2' } });
  });

  it('and an invitation speaks of a missed target only where one was judged', () => {
    const { state, circumstances } = reachedTheMother();
    const letters = {
      a: { template: 'letter-2', proposal: 'p', outcome: 'sent', on: '2026-09-30', contactId: 'mother' },
    } as const;
    const judged = { from: '2026-10-01', until: '2026-10-14', window: { attended: 10, possible: 20 } };
    const approved = { template: 'meeting-invitation', meeting: { on: '2026-10-20', at: '15:30' } } as const;
    const on = (more: object, reader = ['mother']) =>
      ownFields(circumstances(), { ...state, letters, ...more }, approved, reader) as { secondLetterOn: string | null };
    expect(on({ judged }).secondLetterOn).toBe('2026-09-30');
    expect(on({ judged }, ['father']).secondLetterOn).toBeNull();
    expect(on({ judged: null }).secondLetterOn).toBeNull();
    expect(on({ judged: { ...judged, target: 9_500 } }).secondLetterOn).toBeNull();
  });
});
