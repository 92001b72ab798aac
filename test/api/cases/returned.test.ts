import { expect, it } from '@jest/globals';
import { sayCase } from '../../../api/cases/timeline.ts';
import { referredRows } from '../../../api/referrals/evidence.ts';
import { referredAs } from '../../../policy/case/referred.ts';
import { aCase } from '../../support/told-case.ts';

const textId = '00000000-0000-4000-8000-000000000000';
const absent = Object.fromEntries(
  ['09', '10', '11'].flatMap((month) =>
    Array.from({ length: 30 }, (_, i) => [`2026-${month}-${String(i + 1).padStart(2, '0')}`, 'O']),
  ),
);

/** A case whose parents have refused to meet: what is left is the authority. */
function refusedMeeting() {
  const pupil = aCase({ absent, on: '2026-09-30' });
  pupil.open();
  pupil.send('letter-1');
  pupil.to('2026-10-14').send('letter-2');
  pupil.say('formal-monitoring', { choice: 'called', reached: true, offers: [] });
  pupil.to('2026-11-12').send('meeting-invitation');
  pupil.to('2026-11-19').say('meeting', { choice: 'met', happened: 'refused', on: '2026-11-19', offers: [] });
  return pupil;
}

it('a returned referral is asked about again, says that it was returned, and goes on saying so when the figures move', () => {
  const pupil = refusedMeeting();
  pupil.say('referral', { choice: 'approve' }, 'sal', 'Everything was tried');
  const { id } = pupil.state.referral ?? { id: '' };
  const outcome = { what: 'returned', missing: ['letters-sent', 'other'], textId } as const;
  pupil.tell({ kind: 'referral outcome', referralId: id, outcome }, 'No proof of post');
  const returned = /^The authority returned the referral: complete what it found missing, then refer again\. Attended /;
  const { version, sentence } = pupil.proposal('referral');
  expect(sentence).toMatch(returned);
  const moved = pupil.to('2026-11-20').proposal('referral');
  expect([moved.version > version, moved.sentence]).toEqual([true, expect.stringMatching(returned)]);

  const before = [{ on: '2026-11-19', missing: ['letters-sent', 'other'], words: 'No proof of post' }];
  expect(referredAs(pupil.events)).toEqual({ words: null, before });
  pupil.say('referral', { choice: 'approve' }, 'sal', 'The proof is with the letters now');
  const again = referredAs(pupil.events, pupil.state.referral?.id);
  expect(again).toEqual({ words: 'The proof is with the letters now', before });
  expect(referredAs(pupil.events, id)).toEqual({ words: 'Everything was tried', before: [] });
  const missing = 'Missing: Letters sent, with dates and proof; Something else';
  expect(referredRows(again)).toEqual([
    ['Returned on 19 Nov 2026', `${missing}. “No proof of post”`],
    ['The school writes', 'The proof is with the letters now'],
  ]);
  const say = sayCase([])(pupil.events as never);
  const said = pupil.events.flatMap(({ event }) => (event.type === 'referral outcome' ? [say(event as never)?.said] : []));
  expect(said).toEqual([['The authority returned the referral', missing]]);
});
