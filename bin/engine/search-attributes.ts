import type { Connection } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';

const keyword = 2;

/** Makes the engine know the attributes that cases are found by: a stage and a school's id, never a name. */
export async function searchAttributes(connection: Connection, namespace: string): Promise<void> {
  const wanted = { FirstbellStage: keyword, FirstbellSchool: keyword };
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.fromEntries(Object.entries(wanted).filter(([name]) => !(name in (customAttributes ?? {}))));
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== 6) throw error;
  }
}
