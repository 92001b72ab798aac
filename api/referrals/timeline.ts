import { longDay } from '../../policy/calendar/day.ts';
import { pounds } from '../../policy/law/pounds.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import type { ReferralEvent } from '../../policy/referral/event.ts';
import { earlyGrounds, missingParts, proceedingsResults, tools, withdrawalGrounds } from '../../policy/referral/words.ts';
import { shown } from '../../policy/register/fraction.ts';
import type { Say } from '../ledger/story.ts';
import { referralAsks } from './words.ts';

/** What an event of a referral's ledger says to a reader. `who` names a contact by its id. */
export const sayReferral =
  (who: (contactId: string) => string): Say =>
  (event) =>
    said(event as unknown as ReferralEvent, who);

type Tells = {
  [T in ReferralEvent['type']]: (event: Extract<ReferralEvent, { type: T }>, who: (id: string) => string) => string;
};

const said = (event: ReferralEvent, who: (id: string) => string): string =>
  (tells[event.type] as (event: ReferralEvent, who: (id: string) => string) => string)(event, who);

const tells: Tells = {
  opened: ({ evidence }) => `Received from the school, with ${evidence.letters.length} letters`,
  proposed: ({ proposal }) => `Asked: ${referralAsks(proposal.action)}, of the ${roleTitles[proposal.role].toLowerCase()}`,
  withdrawn: ({ why }) => `A question was withdrawn. ${why}`,
  reopened: ({ why }) => `A question is open again. ${why}`,
  reminded: ({ role }) => `The ${roleTitles[role].toLowerCase()} was reminded`,
  decided: ({ choice, until }) => (choice === 'hold' && until ? `Held until ${longDay(until)}` : `Decided: ${choice}`),
  accepted: () => 'The referral was accepted',
  returned: ({ missing }) => `Returned to the school. Missing: ${missing.map((part) => missingParts[part]).join('; ')}`,
  'tool decided': ({ tool }) => `Decided: ${tools[tool]}`,
  'contract agreed': ({ agreedOn, until, parties }, who) =>
    `Attendance contract agreed on ${longDay(agreedOn)} until ${longDay(until)} with ${parties.map(who).join(' and ')}`,
  'contract not agreed': ({ on, why }) => `No contract on ${longDay(on)}: ${why}`,
  'contract reviewed': ({ met }) => `The contract was reviewed: ${met ? 'kept' : 'not kept'}`,
  'notice to improve issued': ({ from, until, target, letters }, who) =>
    `Notice to improve issued to ${letters.map(({ contactId }) => who(contactId)).join(' and ')}: ${longDay(from)} to ${longDay(until)}, ${target / 100}% wanted`,
  'letter outcome': ({ outcome }) => `A notice to improve: ${outcome}`,
  'notice to improve fell': ({ why }) => why,
  'notice to improve measured': ({ window }) =>
    `The period of the notice is over: ${window.attended} of ${window.possible} sessions attended (${shown(window)})`,
  'notice to improve judged': ({ improved, early }) =>
    `${improved ? 'Attendance improved' : 'Attendance did not improve'}${early ? `. Ended early: ${earlyGrounds[early].toLowerCase()}` : ''}`,
  'penalty notice requested': ({ contactId, sessions }, who) =>
    `Penalty notice to ${who(contactId)} asked for, on ${sessions.length} sessions`,
  'penalty notice authorised': () => 'Penalty notice authorised',
  'penalty notice not authorised': () => 'Penalty notice not authorised',
  'penalty notice lapsed': ({ why }) => why,
  'penalty notice issued': ({ contactId, postedOn, fullPence, fullUntil }, who) =>
    `Penalty notice to ${who(contactId)} posted on ${longDay(postedOn)}: ${pounds(fullPence)} by ${longDay(fullUntil)}`,
  'penalty notice paid': ({ contactId, paidOn, pence }, who) =>
    `${pounds(pence)} paid by ${who(contactId)} on ${longDay(paidOn)}`,
  'penalty notice unpaid': ({ contactId }, who) => `The penalty notice to ${who(contactId)} was not paid in time`,
  'penalty notice withdrawn': ({ contactId, ground, refundPence }, who) =>
    `Penalty notice to ${who(contactId)} withdrawn. ${withdrawalGrounds[ground]}${refundPence > 0 ? `. ${pounds(refundPence)} to be given back` : ''}`,
  'penalty notice prosecuted': ({ contactId }, who) => `The original offence is prosecuted: ${who(contactId)}`,
  'penalty notice acquitted': ({ contactId }, who) => `Acquitted: ${who(contactId)}`,
  'proceedings recorded': ({ result }) => proceedingsResults[result],
  noted: () => 'Note',
  closed: ({ how }) => `Closed: ${how}`,
};
