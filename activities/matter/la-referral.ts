import type { Recipient } from '../../policy/case/circumstances.ts';
import type { ContactOfChild } from '../../policy/people/person.ts';
import type { ReferralCircumstances, ReferralParent } from '../../policy/referral/circumstances.ts';
import { deadlineOf } from '../../policy/referral/deadline.ts';
import { decide } from '../../policy/referral/decide.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import { evolve } from '../../policy/referral/evolve.ts';
import { headline } from '../../policy/referral/headline.ts';
import type { ReferralInput } from '../../policy/referral/input.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import { profileOf } from '../../prisma/authority-profiles.ts';
import type { Tx } from '../../prisma/client.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { noticesFor } from '../../prisma/penalty-notices.ts';
import { keepReferral } from './keep-referral.ts';
import type { Matter } from './matter.ts';
import { idsOf, pupilCircumstances } from './pupil-circumstances.ts';

/** A referral at the authority, as the rules need it for one input. */
export async function loadReferral(tx: Tx, referralId: string, now: number): Promise<Matter<ReferralState, ReferralEvent>> {
  const row = await tx.referral.findUniqueOrThrow({ where: { id: referralId }, include: { case: true } });
  const { pupil, persons, on, calendar, marks, elsewhere, onRollFrom, onRollTo, recipients } = await pupilCircumstances(
    tx,
    row.pupilId,
    now,
  );
  const circumstances: ReferralCircumstances = {
    // What the authority decides anew is for referrals that are made since.
    authority: (await profileOf(tx, pupil.school.authorityId, dayOf(row.madeOn))).profile,
    on,
    calendar,
    marks,
    elsewhere,
    pupil: { born: dayOf(pupil.born), flags: pupil.flags, onRollFrom, onRollTo },
    parents: parentsOf(recipients, persons, await noticesFor(tx, row.pupilId)),
    evidence: await evidenceOf(tx, row.caseId),
    words: null,
    idOf: idsOf(referralId),
  };
  const state = row.events === 0 ? null : (row.state as unknown as ReferralState);
  return {
    state,
    on,
    stepped: pupil.school.training,
    decide: (input, words) => decide(state, input as ReferralInput, { ...circumstances, words }),
    evolve: (before, event) => evolve(before, event, on),
    deadline: (after) => deadlineOf(after, circumstances),
    stage: ({ stage }) => stage,
    closed: ({ status }) => status === 'closed',
    headline,
    keep: (within, kept) => keepReferral(within, { row, school: pupil.school, pupil, circumstances, now }, kept),
  };
}

/** Each parent with every notice to any contact that is the same person: the three-year count needs them all. */
const parentsOf = (
  recipients: readonly Recipient[],
  persons: readonly ContactOfChild[],
  notices: Awaited<ReturnType<typeof noticesFor>>,
): ReferralParent[] =>
  recipients.map((recipient, i) => {
    const sameAs = (persons[i]?.same ?? []).map(({ contactId }) => contactId);
    const to = [recipient.contactId, ...sameAs];
    const priorNotices = notices
      .filter(({ contactId }) => contactId !== null && to.includes(contactId))
      .map(({ id, issuedOn, status, sessions }) => ({ noticeId: id, issuedOn, status, sessions }));
    return { ...recipient, sameAs, priorNotices };
  });

async function evidenceOf(tx: Tx, caseId: string): Promise<ReferralCircumstances['evidence']> {
  const letters = await tx.letter.findMany({
    where: { caseId, status: { in: ['sent', 'posted'] } },
    select: { id: true },
    orderBy: { sentAt: 'asc' },
  });
  const { events } = await tx.attendanceCase.findUniqueOrThrow({ where: { id: caseId }, select: { events: true } });
  return { letters: letters.map(({ id }) => id), caseEvents: events };
}
