import { issuedNow } from './notice-ground.ts';
import { askUnpaidAnew, mayBeWithdrawn } from './payment.ts';
import { lookAgain } from './posted-notice.ts';
import type { ReferralTelling } from './telling.ts';

/**
 * Two penalty notices may be issued to a parent for a child in three years (national framework 2024). One that was issued as the second
 * turns out to be a third where an earlier one of somebody else becomes known: then it should not have been issued, which is put before
 * the officer; and if that one is taken back, it stands.
 */
export function thirdsFound(t: ReferralTelling): void {
  for (const [noticeId, notice] of Object.entries(t.state.notices)) {
    const { issued, third, contactId } = notice;
    if (!issued || issued.against !== undefined || !mayBeWithdrawn(notice, t.state)) continue;
    const isThird = issuedNow(t, noticeId, issued).order === 3;
    if (isThird === (third !== undefined)) continue;
    t.add({ type: isThird ? 'penalty notice found to be a third' : 'penalty notice no third any more', noticeId, contactId });
    askUnpaidAnew(t, noticeId);
    if (isThird)
      lookAgain(
        t,
        'it became known since that it is a third in three years. It should not have been issued: withdraw it, give back what is paid on it,',
      );
  }
}
