import { ApplicationFailure } from '@temporalio/activity';
import type { Db } from '../../prisma/client.ts';
import { claimReminder, endReminder } from '../../prisma/reminders.ts';
import type { Mailer } from '../mail/sender.ts';
import { reminderMessage } from './message.ts';
import { remindOfLeave } from './remind-of-leave.ts';

export type ReminderActivities = ReturnType<typeof reminderActivities>;

type Deps = { db: Db; mail: Mailer; mailFrom: string; baseUrl: string; now: () => number };

/** What reminding staff does to the world. */
export const reminderActivities = ({ db, mail, mailFrom, baseUrl, now }: Deps) => ({
  /**
   * Sends a reminder to one member of staff, once. A try that was cut off is not repeated: the inbox shows the same.
   * @throws ApplicationFailure 'TryLater' only when it is certain that nothing was sent.
   */
  async sendReminder({ reminderId }: { reminderId: string }): Promise<void> {
    const reminder = await claimReminder(db, reminderId);
    if (!reminder) return;
    const { what, why } = await mail.send(reminderMessage(reminder, { mailFrom, baseUrl }));
    await endReminder(db, reminderId, what === 'retry' ? 'waiting' : what, why, new Date(now()));
    if (what === 'retry') throw ApplicationFailure.retryable('The mail server asks to try later', 'TryLater');
  },

  /** Has those reminded whom a school's requests for leave have waited for too long: no timer of a workflow does it. */
  remindOfLeave: ({ schoolId }: { schoolId: string }): Promise<void> => remindOfLeave(db, schoolId, now()),
});
