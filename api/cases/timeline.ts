import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { letterTitles } from '../../policy/case/action-words.ts';
import { attendedSaid } from '../../policy/case/attendance-said.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import type { ReferralOutcome } from '../../policy/case/input.ts';
import type { Move } from '../../policy/case/move.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { counted } from '../../policy/counted.ts';
import { type Role, roleTitles, titleOf } from '../../policy/people/roles.ts';
import { missingWords, proceedingsResults, tools } from '../../policy/referral/words.ts';
import { isSame } from '../../policy/register/fraction.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { dueSaid } from '../inbox/due-said.ts';
import { proposed, whetherIn } from '../inbox/words.ts';
import type { Said, Teller } from '../ledger/story.ts';
import { dataChanged, isPersonsWord, letterEnded, namedSpan, readerOf } from '../letters/words.ts';
import { sessionsOf } from '../web/shapes.ts';
import { moveWords } from './moves.ts';

type OnRecord = { contactId: string; relationship: string; contact: { fullName: string } };

/**
 * What the events of a case's ledger say. `letters` are those of the case: it names their readers. To whom a penalty notice is,
 * of the pupil's `contacts`, is said without the name.
 */
export const sayCase =
  (letters: readonly { id: string; fields: unknown }[], contacts: readonly OnRecord[] = []): Teller =>
  (events) => {
    const readers = new Map(letters.map((letter) => [letter.id, readerOf(letter)]));
    const named = new Map(letters.map(({ id, fields }) => [id, namedSpan(fields)?.until ?? '']));
    const known: Known = {
      proposals: new Map(),
      whether: new Set(),
      letters: new Map(),
      readers,
      named,
      doubted: new Set(),
      contacts,
    };
    for (const { event } of events) learn(known, event as unknown as CaseEvent);
    return (entry) => {
      const event = entry as unknown as CaseEvent;
      const said = (tells[event.type] as ((event: CaseEvent, known: Known) => Said) | undefined)?.(event, known);
      return said === undefined ? null : { said, personal: isPersonal(event, known) };
    };
  };

/** What a person did. All else followed by the rules, although it is on record whose word set it going. */
const personal: ReadonlySet<CaseEvent['type']> = new Set([
  ...(['decided', 'letters approved', 'called', 'meeting recorded', 'support offered', 'support noted'] as const),
  ...(['question answered', 'referred', 'policy moved', 'stepped back', 'held', 'noted'] as const),
]);

/** A case is opened, resumed, closed and opened again, and a letter ends, by people, with their words or by name, and by the rules. */
const isPersonal = (event: CaseEvent, { doubted }: Known): boolean =>
  personal.has(event.type) ||
  (event.type === 'letter outcome' && (isPersonsWord(event.outcome) || isFound(event, doubted))) ||
  (event.type === 'closed' && event.words !== null) ||
  (event.type === 'opened' && event.words !== undefined) ||
  (event.type === 'case reopened' && event.why === undefined) ||
  (event.type === 'resumed' && event.why === 'A person resumed it');

/** What other events of the ledger named: the proposals by their keys, which letter each is, and whom it is to. */
type Known = {
  proposals: Map<string, string>;
  /** Those that ask whether something is so. */
  whether: Set<string>;
  letters: Map<string, string>;
  readers: ReadonlyMap<string, string>;
  /** Until when each letter says that attendance is monitored. */
  named: ReadonlyMap<string, string>;
  contacts: readonly OnRecord[];
  /** Letters of which nobody knew at first whether they arrived. */
  doubted: Set<string>;
};

/** What becomes of a letter that nobody knew about, only a person finds out. */
const isFound = ({ letterId, outcome }: Ended, doubted: ReadonlySet<string>): boolean =>
  doubted.has(letterId) && (outcome === 'sent' || outcome === 'refused');
type Ended = Extract<CaseEvent, { type: 'letter outcome' }>;

function learn({ proposals, whether, letters, doubted }: Known, event: CaseEvent): void {
  if (event.type === 'proposed') proposals.set(event.proposal.key, proposed(event.proposal));
  if (event.type === 'proposed' && whetherIn(event.proposal) !== undefined) whether.add(event.proposal.key);
  if (event.type === 'letter outcome' && event.outcome === 'unknown') doubted.add(event.letterId);
  if (event.type !== 'letters approved') return;
  for (const { letterId } of event.letters) letters.set(letterId, letterTitles[event.template] ?? event.template);
}

type Tell = { [T in CaseEvent['type']]?: (event: Extract<CaseEvent, { type: T }>, known: Known) => Said };

/** Why a case opens later than its figures called for it. */
export const lateCase = (since: Day): string =>
  `Attendance has called for a case since ${longDay(since)}, and the register came in later`;

/** What is so of one of the case's letters, and to whom that is. */
function ofLetter({ letters, readers }: Known, letterId: string, is: string, more: readonly string[] = []): Said {
  const reader = readers.get(letterId);
  const lines = [...(reader === undefined ? [] : [`To ${reader}`]), ...more];
  const title = `${letters.get(letterId) ?? 'A letter'}: ${is}`;
  return lines.length === 0 ? title : [title, lines.join('. ')];
}

const the = (role: Role): string => `the ${titleOf(role)}`;
const askedOf = ({ role, due, ...at }: Proposal): string => `For ${the(role)}, by ${dueSaid(at, longDay(due))}`;
const of = ({ proposals }: Known, key: string): string => proposals.get(key) ?? 'a proposal';

const meetings = {
  held: 'The meeting was held',
  refused: 'The parents refused the meeting',
  'not attended': 'Nobody came to the meeting',
} as const;

const tells: Tell = {
  opened: ({ since, words }) =>
    since === undefined
      ? words === undefined
        ? 'The case was opened'
        : 'The case was opened for a concern'
      : ['The case was opened', `${lateCase(since)}. What the policy would have done meanwhile is not made up for`],
  'stage entered': ({ stage, why, clause, attendance, how, until }) => [
    `Stage: ${stage}`,
    [
      `${why} (${clause}). ${attendedSaid(attendance, how)}`,
      ...(until === undefined ? [] : [`It stays here until ${longDay(until)}, unless what is done here moves it on`]),
    ].join('. '),
  ],
  'policy moved': ({ from, to }) => [
    from.id === to.id ? 'Moved to another version of the policy' : 'Moved to another policy',
    'To what was in force on that day',
  ],
  'stepped back': ({ from, to }) => [`Put back to an earlier stage: ${to}`, `From ${from}`],
  'case reopened': ({ stage, why, goesOn }) => [
    'The case was opened again',
    `${why === undefined ? '' : `${why}. `}${goesOn ? `It goes on where it was, in the stage ${stage}` : `At the stage ${stage}`}`,
  ],
  proposed: ({ proposal }) => [`Proposed: ${proposed(proposal)}`, askedOf(proposal)],
  revised: ({ key, changed }, known) => [`Revised: ${of(known, key)}`, changed],
  withdrawn: ({ key, why }, known) => [`Withdrawn: ${of(known, key)}`, why],
  reopened: ({ key, why }, known) => [`Open again: ${of(known, key)}`, why],
  reminded: ({ key, role, at }, known) => [
    `Reminder: ${of(known, key)}`,
    `${roleTitles[role]} reminded${at === undefined ? '' : ` at ${at}`}`,
  ],
  escalated: ({ key, role }, known) => [
    `Passed on: ${of(known, key)}`,
    `Nobody decided in time, so ${the(role)} is asked as well`,
  ],
  decided: ({ key, choice, until, has = [] }, known) => {
    if (choice === 'hold') return [`Held: ${of(known, key)}`, `Until ${until ? longDay(until) : 'later'}`];
    if (choice === 'ask') return `A question was asked before: ${of(known, key)}`;
    if (choice === 'answer') return 'The question was answered';
    if (known.whether.has(key)) return `${choice === 'approve' ? 'So' : 'Not so'}: ${of(known, key)}`;
    if (choice === 'decline') return `Declined: ${of(known, key)}`;
    const done = `Done: ${of(known, key)}`;
    return has.length === 0 ? done : [done, `With: ${has.join(', ')}`];
  },
  'letters approved': ({ template, letters, meeting }) => [
    `Approved: ${letterTitles[template] ?? template}`,
    `${counted(letters.length, 'letter')}, each parent’s own${meeting ? `. Meeting on ${longDay(meeting.on)} at ${meeting.at}` : ''}`,
  ],
  'letter outcome': (event, known) => {
    const { letterId, outcome, why } = event;
    const found = outcome === 'sent' ? 'found to have arrived' : 'found not to have arrived';
    const ended = isFound(event, known.doubted) ? found : (letterEnded[outcome] ?? outcome);
    return ofLetter(known, letterId, ended, why === undefined ? [] : [why]);
  },
  'question answered': ({ letterId, how, said }, known) => {
    const goes = said ? 'goes, written anew with the figures of the register now' : 'goes all the same';
    return ofLetter(known, letterId, how === 'send' ? goes : 'is not sent');
  },
  'judgement overtaken': ({ from, until, was, is }) => [
    'The data has changed since',
    `The target from ${longDay(from)} to ${longDay(until)} was judged on ${sessionsOf(was)}; the register now says ${sessionsOf(is)}`,
  ],
  'letters overtaken': ({ letters: [letterId = ''], was, is, upTo, stands }, { letters }) => [
    'The data has changed since',
    `${letters.get(letterId) ?? 'A letter'} ${dataChanged({ was, is })}, up to ${sessionWords(upTo)}${stands || isSame(was, is) ? '' : '. With that it would not have been sent'}`,
  ],
  'correction failed': ({ letters: [letterId = ''] }, { letters }) => [
    'A correction reached nobody',
    `What it was to put right still stands: ${letters.get(letterId) ?? 'a letter'}`,
  ],
  'step put back': ({ why, askAgainOn }) => [why, `Asked again on ${longDay(askAgainOn)}, if it still stands`],
  called: ({ reached }) => (reached ? 'The family was called' : 'The family was called, without an answer'),
  'meeting recorded': ({ happened, on, target, together }) => [
    meetings[happened],
    [
      `On ${longDay(on)}`,
      ...(target === undefined ? [] : [`Target agreed: ${target / 100}%`]),
      ...(together ? ['It was for a brother or sister too'] : []),
    ].join('. '),
  ],
  'support offered': ({ offers }) => [
    'Support offered',
    offers.map(({ kind, response }) => `${supportKinds[kind]}: ${response}`).join('; '),
  ],
  'support noted': ({ support, response, on }) => [`Support ${response}`, `${supportKinds[support]}, ${longDay(on)}`],
  'monitoring began': ({ from, until, target, anew }) => [
    anew ? 'Monitoring began anew: there was no session that the child could have attended' : 'Monitoring began',
    `From ${longDay(from)} to ${longDay(until)}${target === null ? '' : `, target ${target / 100}%`}`,
  ],
  'target agreed': ({ target }) => ['The time that is monitored has another target', `${target / 100}%`],
  'wait over': () => 'The time of waiting is over',
  'step passed over': ({ why, clause }) => ['A step was passed over', `${why} (${clause})`],
  'rule met': ({ rule, clause, of }) => [
    of === undefined ? 'A rule beside the ladder is so' : `A rule beside the ladder is so of ${longDay(of)}`,
    `${rule} (${clause})`,
  ],
  'rule over': ({ rule }) => ['A rule beside the ladder is so no more', rule],
  'new school year': ({ year }) => `The school year ${year} began`,
  'monitoring ended': ({ why }) => ['Monitoring ended before its time', why],
  'target judged': ({ met, window, target, how }) => [
    met ? 'The target was met' : 'The target was not met',
    `${sessionsOf(window)}${how === undefined ? '' : `, adjusted: ${how}`}, target ${target / 100}%`,
  ],
  'marks missing': ({ sessions }) =>
    sessions.length === 0 ? 'The missing marks are in' : ['Marks are missing', sessions.map(sessionWords).join('; ')],
  referred: () => 'Referred to the local authority',
  'referral outcome': ({ outcome }, known) => fromAuthority(outcome, known),
  recovering: ({ closesOn }) => ['Attendance is high enough', `The case closes on ${longDay(closesOn)}, if it holds`],
  'no longer recovering': () => 'Attendance did not hold',
  replanned: ({ moves, why }, known) => [
    'The calendar changed',
    [
      ...moves.map((move) => moveWords(move, (key) => of(known, key))),
      ...(why ? [capital(why)] : []),
      ...namedOtherwise(moves, known),
    ].join('. '),
  ],
  held: ({ until }) => ['The case is held', `Until ${longDay(until)}`],
  resumed: ({ why }) => ['The case goes on', why],
  noted: () => 'Note',
  closed: ({ why }) => ['The case was closed', why],
};

/** A letter that named the days as they were stays as it went. */
function namedOtherwise(moves: readonly Move[], { letters, readers, named }: Known): string[] {
  const monitoring = moves.find((move) => move.what === 'monitoring');
  if (!monitoring || monitoring.was.until === monitoring.is.until) return [];
  // What an earlier period's letter named had ended before this one began.
  const those = [...named].filter(
    ([id, until]) => letters.has(id) && until >= monitoring.was.from && until !== monitoring.is.until,
  );
  return those.map(
    ([id, until]) =>
      `${letters.get(id)} to ${readers.get(id) ?? 'a parent'} says ${shortDay(until)}, and stays as it was written`,
  );
}

/** What the authority did, as the school's record has it. */
function fromAuthority(outcome: ReferralOutcome, { contacts }: Known): Said {
  switch (outcome.what) {
    case 'accepted':
      return 'The authority accepted the referral';
    case 'returned':
      return ['The authority returned the referral', `Missing: ${missingWords(outcome.missing)}`];
    case 'tool decided':
      return ['The authority decided what is done', tools[outcome.tool]];
    case 'contract agreed':
      return ['The authority: attendance contract agreed', `Until ${longDay(outcome.until)}`];
    case 'contract not agreed':
      return ['The authority: no attendance contract', outcome.why === 'refused' ? 'A parent refused' : 'Nobody came'];
    case 'contract reviewed':
      return ['The authority: attendance contract reviewed', outcome.met ? 'It was kept' : 'It was not kept'];
    case 'notice to improve':
      return ['The authority: notice to improve issued', `Until ${longDay(outcome.until)}`];
    case 'notice to improve fell':
      return ['The authority: the notice to improve fell', 'It did not reach the parents, and does not count'];
    case 'notice to improve judged':
      return ['The authority: notice to improve judged', outcome.improved ? 'Attendance improved' : 'Attendance did not improve'];
    case 'proceedings ended':
      return ['The authority: the proceedings have ended', proceedingsResults[outcome.result]];
    case 'ended':
      return ['The authority ended the referral', capital(outcome.how)];
    default:
      return [`The authority: ${notices[outcome.what]}`, `To ${withoutName(outcome.contactId, contacts)}`];
  }
}

const notices = {
  'penalty notice': 'penalty notice issued',
  paid: 'penalty notice paid',
  unpaid: 'penalty notice not paid in time',
  withdrawn: 'penalty notice withdrawn',
  prosecuted: 'the original offence is prosecuted',
} as const;

/** A contact by what they are to the child and by initials: "the mother (J. N.)". Who may read names finds them with the pupil. */
function withoutName(contactId: string, contacts: readonly OnRecord[]): string {
  const found = contacts.find((one) => one.contactId === contactId);
  if (!found) return 'somebody who is not on the pupil’s record any more';
  const initials = found.contact.fullName.split(/\s+/).map(([first = '']) => `${first}.`);
  return `the ${found.relationship.toLowerCase()} (${initials.join(' ')})`;
}
