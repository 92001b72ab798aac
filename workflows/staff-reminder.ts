import { proxyActivities } from '@temporalio/workflow';
import type { ReminderActivities } from '../activities/reminders/activities.ts';

/** Yesterday's reminder helps nobody: after a day it is given up, and the inbox goes on saying the same. */
const { sendReminder } = proxyActivities<ReminderActivities>({
  startToCloseTimeout: '15 minutes',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '30 s', maximumInterval: '30 minutes' },
});

export type ReminderRun = { reminderId: string };

/** Tells one member of staff by e-mail that decisions wait for them. */
export async function staffReminder({ reminderId }: ReminderRun): Promise<void> {
  await sendReminder({ reminderId });
}
