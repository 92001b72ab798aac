import type { Client } from '@temporalio/client';
import { correctMark } from '../../../activities/register/correct-mark.ts';
import { caseWorkflowId } from '../../../workflows/messages.ts';
import { momentsOf } from '../cases/moments.ts';
import { type Authority, leadOf, type School } from './authority.ts';
import type { DayIn } from './day-of-authority.ts';
import { today } from './school-days.ts';

/** Corrects a mark of pupils who have a case, one after the other. From asking to the case's workflow being told, in ms. */
export async function corrections(
  { importing, schools }: Authority,
  looking: { client: Client; told: AbortSignal },
  { crossed, day }: DayIn,
  most: number,
): Promise<number[]> {
  const pupils = crossed.slice(0, most);
  const schoolOf = new Map(schools.flatMap((school) => school.pupils.map(({ id }): [string, School] => [id, school])));
  const asked: number[] = [];
  for (const { id } of pupils) {
    looking.told.throwIfAborted();
    asked.push(Date.now());
    const by = leadOf(schoolOf.get(id)?.id ?? '').id;
    await correctMark(importing, { pupilId: id, on: day, session: 'AM', code: 'M', reason: 'A letter came', by, today });
  }
  const told = await momentsOf(
    looking,
    pupils.map(({ id }) => caseWorkflowId(id)),
    'workflowExecutionSignaled',
  );
  return told.map((at, i) => at - (asked[i] as number));
}
