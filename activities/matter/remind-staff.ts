import type { Day } from '../../policy/calendar/day.ts';
import { isOfficer, type Role } from '../../policy/people/roles.ts';
import type { Tx } from '../../prisma/client.ts';
import { makeReminders } from '../../prisma/reminders.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { type StaffPlace, staffOf } from '../../prisma/staff-of.ts';
import type { Follow } from '../../workflows/messages.ts';
import type { ProposalOf } from './keep-proposals.ts';

/** Where the decision is taken, and on what: what is proposed of a case or a referral, or a request for leave. */
type Of = Pick<ProposalOf, 'schoolId' | 'authorityId' | 'className'> & { matterKind: ProposalOf['matterKind'] | 'leave' };

/**
 * Has everyone reminded by e-mail whom a decision has waited for too long: each person once a day and kind, however many decisions;
 * and at each time of the day by which something was due by the clock, once.
 */
export async function remindStaff(tx: Tx, of: Of, events: readonly { type: string }[], on: Day): Promise<Follow[]> {
  const follow: Follow[] = [];
  for (const event of events) {
    if (event.type !== 'reminded' && event.type !== 'escalated') continue;
    const { type: kind, role, at } = event as { type: string; role: Role; at?: string };
    follow.push(...(await remind(tx, of, { kind, role, at }, on)));
  }
  return follow;
}

type Reminded = { kind: string; role: Role; at?: string | undefined };

/** Has everyone of a role reminded by e-mail, each once a day, kind and time. @returns what is to begin. */
export async function remind(tx: Tx, of: Of, { kind, role, at = '' }: Reminded, on: Day): Promise<Follow[]> {
  // Who decides for one of them is reminded too: whoever is away may not read it. Leave is decided by nobody but whom the policy names.
  const deputies = of.matterKind === 'case' || isOfficer(role);
  const reminders = (await staffOf(tx, { role, ...placeOf(role, of) }, deputies ? on : null)).map((userId) => ({
    id: stableId(`reminder:${kind}:${userId}:${on}${at && ` ${at}`}`),
    userId,
  }));
  const made = await makeReminders(tx, { schoolId: of.schoolId, kind, on, at }, reminders);
  return made.map((reminderId) => ({ what: 'reminder', reminderId }));
}

/** An officer is found at the authority, a class teacher by the class, everyone else at the school. */
function placeOf(role: Role, { schoolId, authorityId, className }: Of): StaffPlace {
  if (isOfficer(role)) return { authorityId };
  return { schoolId, ...(role === 'class-teacher' ? { className } : {}) };
}
