import { type ContactsDue, contactsDue, remindOfContacts } from './first-contacts.ts';
import type { ImportDeps } from './import-result.ts';
import { settleOverdue } from './settle-overdue.ts';

export type RegisterActivities = ReturnType<typeof registerActivities>;

/** What happens to registers by itself, each morning. */
export const registerActivities = (deps: ImportDeps) => ({
  /** Schools that live by the wall clock. A training school's clock does the same for it when it walks. */
  async schoolsByTheClock(): Promise<string[]> {
    const schools = await deps.db.school.findMany({ where: { training: false }, select: { id: true }, orderBy: { id: 'asc' } });
    return schools.map(({ id }) => id);
  },

  /** The schools at which families are to be spoken to by a time of today, the earliest first. */
  contactsDueToday: (): Promise<ContactsDue[]> => contactsDue(deps.db, deps.now?.() ?? Date.now()),

  /** Reminds whoever a school's policy names of today's absences without a reason. */
  remindOfContacts: (due: Pick<ContactsDue, 'schoolId' | 'on'>): Promise<void> => remindOfContacts(deps.db, due),

  /** Makes absences O whose reason nobody found in time, where the school's policy says so. */
  settleOverdueAbsences: ({ schoolId }: { schoolId: string }): Promise<number> => settleOverdue(deps, schoolId),
});
