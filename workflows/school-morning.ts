import { ApplicationFailure, patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { RegisterActivities } from '../activities/register/activities.ts';

/** Another import may hold a school's register for a while. After three hours the next morning does it. */
const { schoolsByTheClock, settleOverdueAbsences } = proxyActivities<RegisterActivities>({
  startToCloseTimeout: '15 minutes',
  scheduleToCloseTimeout: '3 hours',
  retry: { initialInterval: '10 s', maximumInterval: '10 minutes' },
});

/** A school whose register is busy must not hold up all that come after it; each takes connections to the database. */
const atOnce = 4;

/** Each morning, in every school: absences whose reason nobody found in time become O, where the policy says by itself. */
export async function schoolMorning(): Promise<void> {
  const failed: string[] = [];
  const schools = (await schoolsByTheClock()).values();
  const oneByOne = async () => {
    for (const schoolId of schools) {
      setCurrentDetails(`Looks at ${schoolId}`);
      // One school that cannot be looked at keeps no other from it.
      await settleOverdueAbsences({ schoolId }).catch(() => failed.push(schoolId));
    }
  };
  await Promise.all(Array.from({ length: patched('four-schools-at-once') ? atOnce : 1 }, oneByOne));
  // A plain error would be tried again for ever, and keep the next morning from coming.
  if (failed.length > 0) throw ApplicationFailure.nonRetryable(`Not looked at: ${failed.join(', ')}`, 'SchoolsLeftOut');
}
