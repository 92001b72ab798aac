import type { Connection } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';

const keyword = 2;
const alreadyThere = 6;
const notPermitted = 7;
const notOffered = 12;

/**
 * Makes the engine know the attributes that cases are found by: a stage and a school's id, never a name. Where an engine
 * lets nobody make them through its own door (Temporal Cloud has another), they have to be there.
 */
export async function searchAttributes(connection: Connection, namespace: string): Promise<void> {
  const wanted = { FirstbellStage: keyword, FirstbellSchool: keyword };
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.fromEntries(Object.entries(wanted).filter(([name]) => !(name in (customAttributes ?? {}))));
    if (Object.keys(missing).length === 0) return;
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    const code = isGrpcServiceError(error) ? error.code : undefined;
    if (code !== alreadyThere && code !== notPermitted && code !== notOffered) throw error;
  }
}
