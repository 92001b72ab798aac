import { ApplicationFailure, patched, proxyActivities, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { RegisterActivities } from '../activities/register/activities.ts';
import type { ContactsDue } from '../activities/register/first-contacts.ts';

/** What is said two hours late is said for nothing: the list goes on saying the same. */
const { contactsDueToday, remindOfContacts } = proxyActivities<RegisterActivities>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '2 hours',
  retry: { initialInterval: '10 s', maximumInterval: '10 minutes' },
});

/**
 * On each school day, at the time by which a school's policy has families spoken to: whoever it names is reminded, once for all the
 * pupils who are absent without a reason then.
 */
export async function firstDayContacts(): Promise<void> {
  const failed: string[] = [];
  const due = await contactsDueToday();
  const inTime = async ({ schoolId, on, at }: ContactsDue) => {
    if (at > Date.now()) await sleep(at - Date.now());
    await remindOfContacts({ schoolId, on }).catch(() => failed.push(schoolId));
  };
  setCurrentDetails(`Waits for the time of ${due.length} ${due.length === 1 ? 'school' : 'schools'}`);
  // A school that cannot be reminded now holds up no other. Days that began before went from school to school.
  if (patched('beside-each-other')) await Promise.all(due.map(inTime));
  else for (const one of due) await inTime(one);
  // A plain error would be tried again for ever, and keep the next day from coming.
  if (failed.length > 0) throw ApplicationFailure.nonRetryable(`Not reminded: ${failed.sort().join(', ')}`, 'SchoolsLeftOut');
}
