import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { changedSince } from '../../../api/inbox/changed-since.ts';
import { readPack } from '../../../policy/pack/read.ts';
import { aCase } from '../../support/told-case.ts';

const demat = readPack(readFileSync(new URL('../../../policy/packs/demat.yaml', import.meta.url), 'utf8'), 'demat');

/** A child with a social worker, away without a reason on Wednesday 14 October, and in school since. */
function away() {
  const pupil = aCase({ pack: demat, absent: { '2026-10-14': 'N' }, flags: ['social-worker'], on: '2026-10-14' });
  pupil.open();
  return pupil;
}
function said(pupil: ReturnType<typeof away>): string | null {
  const contact = Object.values(pupil.state.proposals).find(({ action }) => action.what === 'task' && action.task === 'contact');
  if (!contact) throw new Error('the pack asks to reach the carer');
  const events = pupil.events.map(({ event, on }, seq) => ({ seq, on, byUser: null, event }));
  return changedSince(contact, { state: pupil.state, events, now: pupil.state.attendance, today: pupil.on });
}

describe('the page of what was proposed on another day', () => {
  it('says nothing on that day', () => expect(said(away())).toBeNull());

  it('says since when what it rests on is so no more, and how attendance stands', () => {
    expect(said(away().to('2026-10-19'))).toMatch(
      /^This says how it was on Wednesday 14 October 2026\. What it rests on is so no more since Thursday 15 October 2026: it waits until somebody has done it or says why not\. Attended by now: \d+ of \d+ sessions \(\d+\.\d%\)$/,
    );
  });

  it('does not say that it is so no more where it is so', () => {
    const pupil = away();
    pupil.absent['2026-10-15'] = 'N';
    expect(said(pupil.to('2026-10-15'))).toMatch(/^This says how it was on Wednesday 14 October 2026\. Attended/);
  });
});
