import { Refusal } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import { dropFile, forget } from './import-row.ts';

/**
 * Ends an import that has not been taken: nothing of it stays but that it was cancelled. One that is being read stops by
 * itself soon after.
 * @throws Refusal('Closed') if it has ended already
 */
export async function cancelImport(db: Db, { schoolId, importId }: { schoolId: string; importId: string }): Promise<void> {
  const { count } = await db.registerImport.updateMany({
    where: { id: importId, schoolId, status: { in: ['waiting', 'running', 'looked'] } },
    data: { status: 'cancelled', doing: null, problems: [], rejected: 0, effects: {}, finishedAt: new Date() },
  });
  if (count === 0) throw new Refusal('Closed', 'This import has ended already');
  await forget(db, importId);
  await dropFile(db, importId);
  await db.rejectedRow.deleteMany({ where: { importId } });
}
