import type { Day } from '../../policy/calendar/day.ts';
import type { Db } from '../../prisma/client.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';

export type KnownPupil = { id: string; from: Day; to: Day | null };

/** A school's pupils by admission number, with the days they joined and left. */
export async function knownPupils(db: Db, schoolId: string): Promise<ReadonlyMap<string, KnownPupil>> {
  const pupils = await db.pupil.findMany({
    where: { schoolId },
    select: { id: true, admissionNo: true, onRollFrom: true, onRollTo: true },
  });
  return new Map(
    pupils.map(({ id, admissionNo, onRollFrom, onRollTo }) => [
      admissionNo,
      { id, from: dayOf(onRollFrom), to: dayOrNull(onRollTo) },
    ]),
  );
}

export const unknownPupil = (value: string) => ({
  column: 'admission_no',
  value,
  cure: 'No pupil has this admission number: import the pupil first, or mend the number',
});
