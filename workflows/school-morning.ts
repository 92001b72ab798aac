import { ApplicationFailure, patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { MatterActivities } from '../activities/matter/activities.ts';
import type { RegisterActivities } from '../activities/register/activities.ts';
import type { ReminderActivities } from '../activities/reminders/activities.ts';

/** Another import may hold a school's register for a while. After three hours the next morning does it. */
type MorningActivities = RegisterActivities & MatterActivities & ReminderActivities;
const { remindOfLeave, schoolsByTheClock, settleOverdueAbsences, tellClosedCases } = proxyActivities<MorningActivities>({
  startToCloseTimeout: '15 minutes',
  scheduleToCloseTimeout: '3 hours',
  retry: { initialInterval: '10 s', maximumInterval: '10 minutes' },
});

/** A school whose register is busy must not hold up all that come after it; each takes connections to the database. */
const atOnce = 4;

/**
 * Each morning, in every school: whoever has not decided what a closed case asks for, or on leave, is reminded, and absences whose
 * reason nobody found in time become O, where the policy says by itself.
 */
export async function schoolMorning(): Promise<void> {
  // Mornings that began before went school by school, and told no closed case.
  const later = patched('tell-closed-cases');
  const ofLeave = patched('remind-of-leave');
  const failed = new Set<string>();
  const schools = (await schoolsByTheClock()).values();
  const oneByOne = async () => {
    for (const schoolId of schools) {
      setCurrentDetails(`Looks at ${schoolId}`);
      // What cannot be done at one school keeps no other thing and no other school from it.
      const fails = () => failed.add(schoolId);
      if (later) await tellClosedCases({ schoolId }).catch(fails);
      if (ofLeave) await remindOfLeave({ schoolId }).catch(fails);
      await settleOverdueAbsences({ schoolId }).catch(fails);
    }
  };
  await Promise.all(Array.from({ length: later ? atOnce : 1 }, oneByOne));
  // A plain error would be tried again for ever, and keep the next morning from coming.
  if (failed.size > 0) throw ApplicationFailure.nonRetryable(`Not looked at: ${[...failed].join(', ')}`, 'SchoolsLeftOut');
}
