import { longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { roleTitles, titleOf } from '../../policy/people/roles.ts';
import { parentAsked, referralAsks } from '../../policy/referral/action-words.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import type { ReferralMove } from '../../policy/referral/move.ts';
import type { ReferralProposal } from '../../policy/referral/proposal.ts';
import {
  earlyGrounds,
  missingWords,
  proceedingsResults,
  requirementWords,
  supportWords,
  tools,
  withdrawalGrounds,
} from '../../policy/referral/words.ts';
import { shown } from '../../policy/register/fraction.ts';
import { moveWords } from '../cases/moves.ts';
import type { Said, Teller } from '../ledger/story.ts';
import { isPersonsWord, letterEnded } from '../letters/words.ts';

/** What the events of a referral's ledger say. `who` names a contact by its id. */
export const sayReferral =
  (who: (contactId: string) => string): Teller =>
  (events) => {
    const known: Known = { asks: new Map(), who };
    for (const { event } of events as unknown as { event: ReferralEvent }[]) {
      if (event.type === 'proposed') known.asks.set(event.proposal.key, asksAbout(event.proposal, who));
    }
    return (entry) => {
      const event = entry as unknown as ReferralEvent;
      const said = (tells[event.type] as (event: ReferralEvent, known: Known) => Said)(event, known);
      return { said, personal: isPersonal(event) };
    };
  };

/** What followed by itself, although it is on record whose word set it going. */
const byTheRules: ReadonlySet<ReferralEvent['type']> = new Set([
  ...(['opened', 'proposed', 'withdrawn', 'reopened', 'reminded', 'escalated', 'replanned'] as const),
  ...(['notice to improve fell', 'notice to improve ended', 'notice to improve measured', 'contract ended'] as const),
  ...(['penalty notice without ground', 'penalty notice with ground again'] as const),
  ...(['penalty notice found to be a third', 'penalty notice no third any more'] as const),
  ...(['penalty notice lapsed', 'penalty notice unpaid', 'penalty notice not prosecuted'] as const),
  'penalty notice acquitted',
]);

const isPersonal = (event: ReferralEvent): boolean =>
  event.type === 'letter outcome' ? isPersonsWord(event.outcome) : !byTheRules.has(event.type);

/** What the referral asked, by key, and the names of the contacts. */
type Known = { asks: Map<string, string>; who: (contactId: string) => string };

/** What a proposal asks, of which parent. */
function asksAbout({ action }: Pick<ReferralProposal, 'action'>, who: Known['who']): string {
  const contactId = parentAsked(action);
  return referralAsks(action, contactId && who(contactId));
}

const asked = ({ asks }: Known, key: string): string => asks.get(key) ?? 'a question';

function moved(move: ReferralMove, known: Known): string {
  switch (move.what) {
    case 'notice judged':
      return `The notice to improve is judged on ${longDay(move.is)}, not ${shortDay(move.was)}; its period stays as it was named`;
    case 'review':
      return `The review stays on ${longDay(move.on)}, but there is no school on that day`;
    case 'proposal':
      return moveWords(move, (key) => asked(known, key));
  }
}

type Tells = { [T in ReferralEvent['type']]: (event: Extract<ReferralEvent, { type: T }>, known: Known) => Said };

const tells: Tells = {
  opened: ({ evidence }) => ['Received from the school', `With ${counted(evidence.letters.length, 'letter')} that went out`],
  proposed: ({ proposal }, { who }) => [
    `Asked: ${asksAbout(proposal, who)}`,
    `Of the ${titleOf(proposal.role)}, by ${longDay(proposal.due)}`,
  ],
  withdrawn: ({ key, why }, known) => [`Withdrawn: ${asked(known, key)}`, why],
  reopened: ({ key, why }, known) => [`Open again: ${asked(known, key)}`, why],
  replanned: ({ moves, why }, known) => [
    'The school’s calendar changed',
    [...moves.map((move) => moved(move, known)), ...(why ? [capital(why)] : [])].join('. '),
  ],
  reminded: ({ key, role }, known) => [`Reminder: ${asked(known, key)}`, `${roleTitles[role]} reminded`],
  escalated: ({ key, role }, known) => [
    `Passed on: ${asked(known, key)}`,
    `Nobody decided in time, so the ${titleOf(role)} is asked as well`,
  ],
  decided: ({ key, choice, until }, known) =>
    choice === 'hold' && until
      ? [`Held: ${asked(known, key)}`, `Until ${longDay(until)}`]
      : `${choice === 'decline' ? 'Declined' : 'Decided'}: ${asked(known, key)}`,
  accepted: () => 'The referral was accepted',
  returned: ({ missing }) => ['Returned to the school', `Missing: ${missingWords(missing)}`],
  'tool decided': ({ tool }) => `Decided: ${tools[tool]}`,
  'contract agreed': ({ agreedOn, until, parties, requirements, support }, { who }) => [
    'Attendance contract agreed',
    `On ${longDay(agreedOn)}, until ${longDay(until)}, with ${parties.map(who).join(' and ')}. The parents undertake: ${requirementWords(requirements)}. Support: ${supportWords(support)}`,
  ],
  'contract not agreed': ({ on, why }) => [
    'No attendance contract',
    `${why === 'refused' ? 'A parent refused' : 'Nobody came'}, ${longDay(on)}`,
  ],
  'contract reviewed': ({ met }) => `The contract was reviewed: ${met ? 'kept' : 'not kept'}`,
  'notice to improve issued': ({ from, until, target, letters }, { who }) => [
    'Notice to improve issued',
    `To ${letters.map(({ contactId }) => who(contactId)).join(' and ')}. ${longDay(from)} to ${longDay(until)}, ${target / 100}% wanted`,
  ],
  'letter outcome': ({ outcome }) => `Notice to improve: ${letterEnded[outcome] ?? outcome}`,
  'notice to improve fell': ({ why }) => why,
  'notice to improve ended': ({ why }) => why,
  'contract ended': ({ why }) => why,
  'notice to improve measured': ({ window }) => [
    'The period of the notice is over',
    `${window.attended} of ${window.possible} sessions attended (${shown(window)})`,
  ],
  'notice to improve judged': ({ improved, early }) => {
    const title = improved ? 'Attendance improved' : 'Attendance did not improve';
    return early ? [title, `Ended early: ${earlyGrounds[early]}`] : title;
  },
  'penalty notice requested': ({ contactId, sessions }, { who }) => [
    'Penalty notice asked for',
    `To ${who(contactId)}, on ${counted(sessions.length, 'session')}`,
  ],
  'penalty notice authorised': () => 'Penalty notice authorised',
  'penalty notice not authorised': () => 'Penalty notice not authorised',
  'penalty notice lapsed': ({ why }) => why,
  'penalty notice without ground': ({ why }) => why,
  'penalty notice with ground again': () => 'The penalty notice has its ground again',
  'penalty notice issued': ({ contactId, postedOn, fullPence, fullUntil, against }, { who }) => [
    against === undefined ? 'Penalty notice issued' : 'Penalty notice issued against the rules',
    `To ${who(contactId)}, posted on ${longDay(postedOn)}: ${pounds(fullPence)} by ${longDay(fullUntil)}${against === undefined ? '' : `. ${against}`}`,
  ],
  'penalty notice found to be a third': ({ contactId }, { who }) => [
    'Penalty notice found to be a third in three years',
    `To ${who(contactId)}: earlier ones became known since`,
  ],
  'penalty notice no third any more': ({ contactId }, { who }) => [
    'Penalty notice is no third any more',
    `To ${who(contactId)}: what was recorded of an earlier one was taken back`,
  ],
  'penalty notice paid': ({ contactId, paidOn, pence }, { who }) => [
    'Penalty notice paid',
    `${pounds(pence)} paid by ${who(contactId)} on ${longDay(paidOn)}`,
  ],
  'penalty notice unpaid': ({ contactId }, { who }) => ['Penalty notice not paid in time', `By ${who(contactId)}`],
  'penalty notice withdrawn': ({ contactId, ground, refundPence }, { who }) => [
    'Penalty notice withdrawn',
    `To ${who(contactId)}. ${withdrawalGrounds[ground]}${refundPence > 0 ? `. ${pounds(refundPence)} to be given back` : ''}`,
  ],
  'penalty notice prosecuted': ({ contactId }, { who }) => ['The original offence is prosecuted', who(contactId)],
  'penalty notice not prosecuted': ({ contactId }, { who }) => ['The original offence is not prosecuted', who(contactId)],
  'penalty notice acquitted': ({ contactId }, { who }) => ['Acquitted', who(contactId)],
  'proceedings recorded': ({ result }) => proceedingsResults[result],
  noted: () => 'Note',
  closed: ({ how }) => ['The referral was closed', capital(how)],
};
