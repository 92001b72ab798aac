import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { taskQueue } from '../../workflows/messages.ts';

export const morningScheduleId = 'school-morning';

/** Has schools looked at each morning, before their day begins. Made once; a worker that starts later finds it there. */
export async function morningSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: morningScheduleId,
      // Not in the small hours: a clock that is put back or forward then would strike twice or not at all.
      spec: { calendars: [{ hour: 6, minute: 30 }], timezone: 'Europe/London' },
      action: { type: 'startWorkflow', workflowType: 'schoolMorning', workflowId: 'school-morning', taskQueue, args: [] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
