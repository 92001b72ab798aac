import type { Day } from '../calendar/day.ts';
import { addDays } from '../calendar/day.ts';
import { addSchoolDays, type SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Decision } from '../case/decision.ts';
import type { Proposal } from '../case/proposal.ts';

/** How long somebody takes to decide, in school days, and what they then say; null if they never do. */
export type Reply = { after: number; decision: Decision } | null;

/** What is assumed of the people whom a policy asks, on a day. Nothing else of them is known to a simulation. */
export type People = (proposal: Proposal, calendar: SchoolCalendar, on: Day) => Reply;

/** Whatever a reason would be: the simulation keeps no words. */
const words = '00000000-0000-4000-8000-000000000000';

/** What agreeing is, for each kind of proposal. A meeting is proposed for a week later; what a task needs is there. */
export function agreed({ action }: Pick<Proposal, 'action'>, calendar: SchoolCalendar, on: Day): Decision {
  switch (action.what) {
    case 'call':
      return { choice: 'called', reached: true, offers: [] };
    case 'meeting':
      return { choice: 'met', happened: 'held', on, offers: [] };
    case 'letter':
      return action.template === 'meeting-invitation'
        ? { choice: 'approve', meeting: { on: addSchoolDays(calendar, addDays(on, 6), 1), at: '15:30' } }
        : { choice: 'approve' };
    case 'permission':
    case 'referral':
    case 'referral request':
      return { choice: 'approve' };
    case 'answer':
      return { choice: 'answer', textId: words };
    case 'letter in question':
    case 'missing marks':
    case 'review':
      return { choice: 'done' };
    case 'task':
      return action.needs ? { choice: 'done', has: [...action.needs], textId: words } : { choice: 'done' };
  }
}

/** Declining is the same for every kind. */
export const declined: Decision = { choice: 'decline', textId: words };

/** The day on which a proposal is answered. */
export const answeredOn = ({ madeOn }: Pick<Proposal, 'madeOn'>, after: number, calendar: SchoolCalendar): Day =>
  addSchoolDays(calendar, madeOn, after);
