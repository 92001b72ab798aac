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

  /** Makes absences O whose reason nobody found in time, where the school's policy says so. */
  settleOverdueAbsences: ({ schoolId }: { schoolId: string }): Promise<number> => settleOverdue(deps, schoolId),
});
