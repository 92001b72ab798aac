import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { RegisterActivities } from '../activities/register/activities.ts';

/** Another import may hold a school's register for a while. After half a day the next morning does it. */
const { schoolsByTheClock, settleOverdueAbsences } = proxyActivities<RegisterActivities>({
  startToCloseTimeout: '15 minutes',
  scheduleToCloseTimeout: '12 hours',
  retry: { initialInterval: '10 s', maximumInterval: '10 minutes' },
});

/** Each morning, school by school: absences whose reason nobody found in time become O, where the policy says by itself. */
export async function schoolMorning(): Promise<void> {
  const failed: string[] = [];
  for (const schoolId of await schoolsByTheClock()) {
    setCurrentDetails(`Looks at ${schoolId}`);
    // One school that cannot be looked at keeps no other from it.
    await settleOverdueAbsences({ schoolId }).catch(() => failed.push(schoolId));
  }
  if (failed.length > 0) throw new Error(`Not looked at: ${failed.join(', ')}`);
}
