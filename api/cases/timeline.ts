import { longDay } from '../../policy/calendar/day.ts';
import { supportKinds } from '../../policy/case/decision.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { roleTitles } from '../../policy/people/roles.ts';
import { shown } from '../../policy/register/fraction.ts';
import { asked, letterTitles } from '../inbox/words.ts';
import type { Say } from '../ledger/story.ts';

type Tell = { [T in CaseEvent['type']]?: (event: Extract<CaseEvent, { type: T }>) => string };

/** What an event of a case's ledger says to a reader. */
export const sayCase: Say = (event) =>
  (tells[event.type as CaseEvent['type']] as ((event: CaseEvent) => string) | undefined)?.(event as unknown as CaseEvent) ?? null;

const letter = (template: string): string => letterTitles[template] ?? template;

const ended: Record<string, string> = {
  sent: 'A letter was sent',
  'to-print': 'A letter went to the print queue',
  posted: 'A letter was posted',
  recalled: 'A letter was recalled before it left',
  stopped: 'A letter was stopped before it left',
  refused: 'A letter was refused by the mail server',
  unknown: 'Nobody knows whether a letter arrived: a person has to find out',
  bounced: 'A letter came back',
};

const tells: Tell = {
  opened: () => 'The case was opened',
  'attendance noted': ({ attendance }) =>
    `Attendance noted: ${attendance.attended} of ${attendance.possible} sessions (${shown(attendance)})`,
  'stage entered': ({ stage, why, clause }) => `Stage: ${stage}. ${why} (${clause})`,
  proposed: ({ proposal }) => `Proposed: ${asked(proposal)}, for the ${roleTitles[proposal.role].toLowerCase()}`,
  revised: ({ changed }) => `A proposal was revised. ${changed}`,
  withdrawn: ({ why }) => `A proposal was withdrawn. ${why}`,
  reopened: ({ why }) => `A proposal is open again. ${why}`,
  reminded: ({ role }) => `The ${roleTitles[role].toLowerCase()} was reminded`,
  escalated: ({ role }) => `Nobody decided in time: the ${roleTitles[role].toLowerCase()} is asked as well`,
  decided: ({ choice, until }) =>
    ({
      decline: 'Declined',
      hold: `Held until ${until ? longDay(until) : 'later'}`,
      ask: 'A question was asked',
      answer: 'A question was answered',
      done: 'Done',
    })[choice as string] ?? choice,
  'letters approved': ({ template, letters }) =>
    `${letter(template)} approved, ${letters.length === 1 ? 'one letter' : `${letters.length} letters`}`,
  'letter outcome': ({ outcome }) => ended[outcome] ?? outcome,
  'step put back': ({ why, askAgainOn }) => `${why}: asked again on ${longDay(askAgainOn)} if it still stands`,
  called: ({ reached }) => (reached ? 'The family was called' : 'The family was called, without an answer'),
  'meeting recorded': ({ happened, on }) => `Meeting on ${longDay(on)}: ${happened}`,
  'support offered': ({ offers }) =>
    `Support: ${offers.map(({ kind, response }) => `${supportKinds[kind].toLowerCase()} (${response})`).join('; ')}`,
  'monitoring began': ({ from, until, target }) =>
    `Monitored from ${longDay(from)} to ${longDay(until)}, target ${target / 100}%`,
  'target judged': ({ met, window }) =>
    `The target was ${met ? 'met' : 'not met'}: ${window.attended} of ${window.possible} sessions (${shown(window)})`,
  'marks missing': ({ sessions }) =>
    sessions.length === 0 ? 'The missing marks are in' : `Marks are missing: ${sessions.join(', ')}`,
  referred: () => 'Referred to the local authority',
  'referral outcome': ({ outcome }) => `The authority: ${outcome.what}`,
  recovering: ({ closesOn }) => `Attendance is high enough: the case closes on ${longDay(closesOn)} if it holds`,
  'no longer recovering': () => 'Attendance did not hold',
  held: ({ until }) => `The case is held until ${longDay(until)}`,
  resumed: ({ why }) => `The case goes on. ${why}`,
  noted: () => 'Note',
  closed: ({ why }) => `Closed. ${why}`,
};
