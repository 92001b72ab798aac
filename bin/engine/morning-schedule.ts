import { type Client, isGrpcServiceError, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';
import { taskQueue } from '../../workflows/messages.ts';

export const morningScheduleId = 'school-morning';

const notOffered = 12;

/**
 * Has schools looked at each morning, before their day begins. Made once; a worker that starts later finds it there. An engine
 * that knows no schedules, as the one that tests skip time with, does without: that is said.
 */
export async function morningSchedule(client: Client, log: Pick<Logger, 'warn'>): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: morningScheduleId,
      // Not in the small hours: a clock that is put back or forward then would strike twice or not at all.
      spec: { calendars: [{ hour: 6, minute: 30 }], timezone: 'Europe/London' },
      action: { type: 'startWorkflow', workflowType: 'schoolMorning', workflowId: 'school-morning', taskQueue, args: [] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
    });
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return;
    const { cause } = error as Error;
    if (!isGrpcServiceError(cause) || cause.code !== notOffered) throw error;
    log.warn('The engine offers no schedules: absences that nobody explained do not become O by themselves');
  }
}
