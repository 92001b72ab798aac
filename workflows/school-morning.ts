import { patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { MatterActivities } from '../activities/matter/activities.ts';
import type { RegisterActivities } from '../activities/register/activities.ts';

/** Another import may hold a school's register for a while. After half a day the next morning does it. */
const { schoolsByTheClock, settleOverdueAbsences, tellClosedCases } = proxyActivities<RegisterActivities & MatterActivities>({
  startToCloseTimeout: '15 minutes',
  scheduleToCloseTimeout: '12 hours',
  retry: { initialInterval: '10 s', maximumInterval: '10 minutes' },
});

/**
 * Each morning, school by school: whoever has not decided what a closed case asks for is reminded, and absences whose reason nobody
 * found in time become O, where the policy says by itself.
 */
export async function schoolMorning(): Promise<void> {
  const tellsClosed = patched('tell-closed-cases');
  const failed: string[] = [];
  for (const schoolId of await schoolsByTheClock()) {
    setCurrentDetails(`Looks at ${schoolId}`);
    // What cannot be done at one school keeps no other thing and no other school from it.
    const fails = () => failed.push(schoolId);
    if (tellsClosed) await tellClosedCases({ schoolId }).catch(fails);
    await settleOverdueAbsences({ schoolId }).catch(fails);
  }
  if (failed.length > 0) throw new Error(`Not looked at: ${[...new Set(failed)].join(', ')}`);
}
