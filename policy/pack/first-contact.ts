import type { Role } from '../people/roles.ts';
import type { Pack } from './pack.ts';
import { dueSaid } from './plain-english.ts';

/**
 * Who speaks to the family of a pupil who is absent without a reason, on each day of it: by when in words, and by which time of the
 * day where the policy names one; what follows while nobody answers.
 */
export type FirstContact = { person: string; role: Role; said: string; by: string | null; andThen: readonly string[] };

/** The same of a pack; null if its policy says nothing of it. */
export function firstContact({ people, 'unexplained absences': rule }: Pack): FirstContact | null {
  const contact = rule?.contact;
  const person = contact && people[contact.by];
  if (!contact || !person) return null;
  const { by, due, 'and then': andThen } = contact;
  return { person: by, role: person.role, said: dueSaid(due), by: 'by' in due ? due.by : null, andThen };
}
