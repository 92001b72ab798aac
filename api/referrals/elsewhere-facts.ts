import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { type EarlierNotice, issuedAllTheSame } from '../../policy/law/penalty-notices.ts';
import { elsewhereOutcomes } from '../../policy/referral/words.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { recordedElsewhere } from '../../prisma/notices-elsewhere.ts';
import { noticesFor } from '../../prisma/penalty-notices.ts';
import type { ReferralFound } from '../../prisma/referrals.ts';
import type { Ctx } from '../web/route.ts';
import { whoAmong } from '../web/who.ts';
import type { ElsewhereNotice } from './shapes.ts';

/** Those that were recorded, also those taken back, and those of the same child at another school here. */
export async function elsewhereFacts({ db }: Ctx['deps'], found: ReferralFound): Promise<ElsewhereNotice[]> {
  const recorded = await recordedElsewhere(db, found.pupil.id);
  const who = await whoAmong(
    db,
    recorded.flatMap(({ recordedBy, takenBackBy }) => [recordedBy, takenBackBy]),
  );
  const all = await noticesFor(db, found.pupil.id);
  const same = all.filter(({ id, elsewhere }) => elsewhere !== null && recorded.every((one) => one.id !== id));
  return [
    ...recorded.map((one) => ({
      ...{ id: one.id, contactId: one.contactId, to: nameIn(found, one.contactId), issuer: one.issuer, source: one.source },
      ...{ issuedOn: dayOf(one.issuedOn), outcome: one.status, recordedBy: who(one.recordedBy), recorded: true },
      isThird: one.takenBackAt === null && isThird({ ...one, issuedOn: dayOf(one.issuedOn) }, all, found),
      takenBack: one.takenBackWhy === null ? null : { by: who(one.takenBackBy), reason: one.takenBackWhy },
    })),
    ...same.map(({ id, contactId, issuedOn, status, elsewhere }) => ({
      isThird: isThird({ id, contactId, issuedOn, status }, all, found),
      ...{ id, contactId, to: contactId === null ? 'Somebody known at that school' : nameIn(found, contactId) },
      ...{ issuer: elsewhere?.issuer ?? '', source: elsewhere?.source ?? '', issuedOn, outcome: status },
      ...{ recordedBy: null, recorded: false, takenBack: null },
    })),
  ];
}

type Issued = { id: string; contactId: string | null; issuedOn: Day; status: string };

/** True of one that stands, and that the law did not allow: two to the same person count in the three years to its day. */
function isThird({ id, contactId, issuedOn, status }: Issued, all: readonly Issued[], { same }: ReferralFound): boolean {
  if (contactId === null || status === 'withdrawn') return false;
  const person = [contactId, ...(same.get(contactId) ?? []).map((one) => one.id)];
  const others = all.filter((one) => one.id !== id && one.contactId !== null && person.includes(one.contactId));
  const previous = others.map((one) => ({ issuedOn: one.issuedOn, status: one.status as EarlierNotice['status'] }));
  return issuedAllTheSame(issuedOn, previous).order === 3;
}

/** Each in a row, as the referral and its page of notices print it. */
export const elsewhereRows = (notices: readonly ElsewhereNotice[]) =>
  notices.map((one) => ({
    ...{ to: one.to, issuer: one.issuer, issued: shortDay(one.issuedOn), source: one.source },
    outcome: elsewhereOutcomes[one.outcome as keyof typeof elsewhereOutcomes] ?? one.outcome,
    by: one.recordedBy,
    note: noteOf(one),
  }));

function noteOf({ takenBack, contactId, isThird }: ElsewhereNotice): string | null {
  if (takenBack) return `Taken back, and counts no more: ${takenBack.reason}${takenBack.by ? ` (${takenBack.by})` : ''}`;
  if (isThird)
    return 'Against the rules: it is a third in three years, and should not have been issued. Whoever issued it withdraws it and gives back what is paid';
  return contactId === null
    ? 'It counts for nobody yet: whether this is a parent named here is not certain. Record it for the parent if it is'
    : null;
}

const nameIn = ({ pupil }: ReferralFound, contactId: string): string =>
  pupil.contacts.find((link) => link.contactId === contactId)?.contact.fullName ?? 'a former contact';
