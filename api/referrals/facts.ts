import type { z } from 'zod';
import type { Day } from '../../policy/calendar/day.ts';
import { referredAs } from '../../policy/case/referred.ts';
import { mayCall } from '../../policy/letters/may-write.ts';
import { homeElsewhere } from '../../policy/people/home-authority.ts';
import { type ContactOfChild, placeOf, standingFor, writtenTo } from '../../policy/people/person.ts';
import type { Role } from '../../policy/people/roles.ts';
import { parentAsked, referralAsks } from '../../policy/referral/action-words.ts';
import { standsAgainst } from '../../policy/referral/payment.ts';
import { type ReferralProposal as Proposed, referralChoices } from '../../policy/referral/proposal.ts';
import type { Notice } from '../../policy/referral/state.ts';
import { Refusal } from '../../policy/refusal.ts';
import { sessionId } from '../../policy/register/mark.ts';
import { penaltyNoticeWindow } from '../../policy/register/measures/penalty-notice-window.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { contactOfChild } from '../../prisma/persons.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { type ReferralFound, type ReferralListed, referralFor } from '../../prisma/referrals.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { decidesReferralAs } from '../away/decides-for.ts';
import { whyTo } from '../register/reach.ts';
import type { Ctx } from '../web/route.ts';
import { attendance, pupilName } from '../web/shapes.ts';
import { elsewhereFacts } from './elsewhere-facts.ts';
import { noticeMarks } from './notice-marks.ts';
import { isReader } from './reach.ts';
import type { Parent, PenaltyNotice, ReferralFacts, ReferralProposal, ReferralRow } from './shapes.ts';

/**
 * The referral that an address names, if this person may see it.
 * @throws Refusal('NotFound') if there is none within reach.
 */
export async function referralAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<ReferralFound> {
  const found = await referralFor(deps.db, user, id);
  if (!found) throw new Refusal('NotFound', 'There is no such referral here');
  return found;
}

export const referralRow = (row: ReferralListed): z.infer<typeof ReferralRow> => ({
  ...{ id: row.id, status: row.status as 'open' | 'closed', stage: row.stage, headline: row.headline },
  ...{ madeOn: dayOf(row.madeOn), nextOn: dayOrNull(row.nextOn), nextWhy: row.nextWhy },
  pupil: pupilName(row.case.pupil),
  school: row.case.school.name,
});

/** What the referral's page and a machine both say of it. */
export async function referralFacts(
  { deps, user, at }: Pick<Ctx, 'deps' | 'user' | 'at'>,
  found: ReferralFound,
): Promise<ReferralFacts> {
  const { state, pupil, case: of } = found;
  const today = todayAt(found.school, at);
  return {
    ...referralRow(found),
    caseId: found.caseId,
    referred: await referredOf(deps, found),
    asks: await Promise.all(
      Object.values(state.proposals).map(async (proposal) => {
        const { role } = await decidesReferralAs({ deps, user, at }, { ...proposal, schoolId: found.schoolId });
        return referralProposal(proposal, role, whoIn(found));
      }),
    ),
    ...toolsOf(found),
    elsewhere: await elsewhereFacts(deps, found),
    notices: Object.entries(state.notices).map(([id, notice]) => penaltyNotice(found, id, notice)),
    evidence: {
      ...{ legalName: pupil.legalName, born: dayOf(pupil.born), upn: pupil.upn, yearGroup: pupil.yearGroup },
      homeAuthority: homeElsewhere(pupil.homeAuthority, of.school.authority.name),
      ...{ ...onRollOf(pupil), flags: pupil.flags, attendance: attendance(of.state.attendance) },
      case: { stage: of.stage, openedOn: dayOf(of.openedOn) },
      parents: parentsOf(found, today, user.role),
      threshold: await thresholdOf(deps, found, today),
      offers: of.state.offers,
    },
  };
}

/** What the school wrote with the referral, and what was returned to it before. */
export async function referredOf({ db }: Ctx['deps'], { id, caseId }: ReferralFound): Promise<ReferralFacts['referred']> {
  const { words, before } = referredAs(await eventsOf(db, caseId), id);
  return { words, before: before.map(({ missing, ...of }) => ({ ...of, missing: [...missing] })) };
}

/** What was tried at the authority so far. */
export function toolsOf(found: ReferralFound): Pick<ReferralFacts, 'attempts' | 'contract' | 'improvement'> {
  const { attempts, contract, improvement } = found.state;
  return {
    attempts,
    contract: contract && {
      ...{ status: contract.status, agreedOn: contract.agreedOn, until: contract.until, reviewed: contract.reviewed },
      ...{ requirements: [...contract.requirements], support: [...contract.support], reviews: [...contract.reviews] },
      parties: contract.parties.map((contactId) => ({ contactId, name: whoIn(found)(contactId) })),
    },
    improvement: improvement && {
      ...{ status: improvement.status, from: improvement.from, until: improvement.until, judgedOn: improvement.judgedOn },
      ...{ weeks: improvement.weeks, target: improvement.target, earlyGrounds: [...improvement.earlyGrounds] },
      window: improvement.window && attendance(improvement.window),
    },
  };
}

/** One thing that a referral asks of a person. */
export function referralProposal(
  { action, evidence, ...of }: Proposed,
  role: Role,
  who: (contactId: string) => string,
): z.infer<typeof ReferralProposal> {
  const contactId = parentAsked(action);
  return {
    ...{ key: of.key, version: of.version, status: of.status, heldUntil: of.heldUntil, role: of.role, dueOn: of.due },
    ...{
      what: action.what,
      asked: referralAsks(action, contactId && who(contactId)),
      sentence: of.sentence,
      changed: of.changed,
    },
    mine: of.status === 'open' && (of.role === role || of.alsoRole === role),
    choices: [...referralChoices[action.what]],
    attendance: attendance(evidence.attendance),
    noticeId: 'noticeId' in action ? action.noticeId : null,
    contactId,
    sessions: 'sessions' in action ? [...action.sessions] : [],
    window: 'window' in action ? attendance(action.window) : null,
    target: 'target' in action ? action.target : null,
  };
}

/** What a referral asks under this key. An address can name anything, also what every object has. */
export const standingIn = ({ proposals }: ReferralFound['state'], key: string): Proposed | undefined =>
  Object.hasOwn(proposals, key) ? proposals[key] : undefined;

export type ProposalParams = { id: string; key: string };

/**
 * One thing that a referral within reach asks of a person. Who does not read referrals sees only what is asked of them.
 * @throws Refusal('NotFound') once it was decided or withdrawn.
 */
export async function proposalAt(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, { id, key }: ProposalParams) {
  const found = await referralAt(ctx, id);
  const proposal = standingIn(found.state, key);
  if (!proposal) throw new Refusal('NotFound', 'This has been decided or withdrawn. The referral shows what happened');
  const decider = await decidesReferralAs(ctx, { ...proposal, schoolId: found.schoolId });
  const facts = referralProposal(proposal, decider.role, whoIn(found));
  if (!isReader(ctx.user.role) && !facts.mine) throw new Refusal('NotFound', 'Nothing here is asked of you');
  return { found, proposal: facts, decider };
}

export const penaltyNotice = (found: ReferralFound, id: string, { issued, third, ...notice }: Notice): PenaltyNotice => ({
  ...{ id, contactId: notice.contactId, parent: whoIn(found)(notice.contactId), paidPence: notice.paidPence },
  ...{ status: notice.status, statusOn: notice.statusOn, authorisedOn: notice.authorisedOn },
  sessions: [...(issued ?? notice).sessions],
  issued: issued && {
    ...{ postedOn: issued.postedOn, issuedOn: issued.issuedOn, servedOn: issued.servedOn },
    ...{ order: third === undefined ? issued.order : 3, against: standsAgainst({ issued, third }) },
    ...{ discountPence: issued.discountPence, discountUntil: issued.discountUntil },
    ...{ fullPence: issued.fullPence, fullUntil: issued.fullUntil },
  },
});

/** The name of a contact of the pupil, by id. */
export const whoIn =
  ({ pupil }: Pick<ReferralFound, 'pupil'>) =>
  (contactId: string): string =>
    pupil.contacts.find((link) => link.contactId === contactId)?.contact.fullName ?? 'a former contact';

/** Everyone the school knows for this pupil, and why somebody is not to be written to, as the reader is told. */
export function parentsOf({ pupil, same }: ReferralFound, today: Day, reader: Role): z.infer<typeof Parent>[] {
  const contacts = pupil.contacts.map((link) => contactOfChild(link, same.get(link.contactId) ?? []));
  const written = writtenTo(contacts, today);
  return pupil.contacts.map(({ contact, contactId, relationship, parentalResponsibility, livesWith }, i) => {
    const of = contacts[i] as ContactOfChild;
    const call = mayCall(standingFor(of, today), today);
    return {
      ...{ contactId, name: contact.fullName, relationship, parentalResponsibility, livesWith },
      address: [...contact.address, ...(contact.postcode ? [contact.postcode] : [])],
      addressSafe: placeOf(of).addressSafe,
      ...{ phone: contact.phone, notCall: call.may ? null : whyTo(reader, call) },
      ...{ mayWrite: written[i]?.may ?? false, because: written[i] ? whyTo(reader, written[i]) : null },
    };
  });
}

/** The national threshold as the register stands today: a question to consider, never an answer. */
async function thresholdOf({ db }: Ctx['deps'], { pupil, schoolId }: ReferralFound, today: Day) {
  const marks = await noticeMarks(db, pupil, today);
  const { met, sessions } = penaltyNoticeWindow(marks, await calendarOf(db, schoolId), today, dayOf(pupil.born));
  const known = new Map(marks.map((mark) => [sessionId(mark), mark]));
  return {
    met,
    count: sessions.length,
    sessions: sessions.map((session) => {
      const { code = '', source = null } = known.get(session) ?? {};
      return { session, code, elsewhere: source !== null, source };
    }),
  };
}
