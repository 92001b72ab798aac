import { type Client, isGrpcServiceError, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';
import { taskQueue } from '../../workflows/messages.ts';

export const morningScheduleId = 'school-morning';

/** What begins each morning, before schools do: by the name of its schedule. */
const mornings = { [morningScheduleId]: 'schoolMorning', 'first-day-contacts': 'firstDayContacts' };

const notOffered = 12;

/**
 * Has schools looked at each morning, before their day begins. Made once; a worker that starts later finds it there. An engine
 * that knows no schedules, as the one that tests skip time with, does without: that is said.
 */
export async function morningSchedules(client: Client, log: Pick<Logger, 'warn'>): Promise<void> {
  for (const [scheduleId, workflowType] of Object.entries(mornings)) await schedule(client, { scheduleId, workflowType }, log);
}

type Morning = { scheduleId: string; workflowType: string };

async function schedule(client: Client, { scheduleId, workflowType }: Morning, log: Pick<Logger, 'warn'>): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      // Not in the small hours: a clock that is put back or forward then would strike twice or not at all.
      spec: { calendars: [{ hour: 6, minute: 30 }], timezone: 'Europe/London' },
      action: { type: 'startWorkflow', workflowType, workflowId: scheduleId, taskQueue, args: [] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
    });
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return;
    const { cause } = error as Error;
    if (!isGrpcServiceError(cause) || cause.code !== notOffered) throw error;
    log.warn(`The engine offers no schedules: what ${workflowType} does each morning is not done by itself`);
  }
}
