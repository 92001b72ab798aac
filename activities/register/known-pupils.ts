import type { PoolClient } from 'pg';
import type { Day } from '../../policy/calendar/day.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { askOn } from '../../prisma/pg-client.ts';

export type KnownPupil = { id: string; from: Day; to: Day | null };

/** A school's pupils by admission number, with the days they joined and left. */
export async function knownPupils(client: PoolClient, schoolId: string): Promise<ReadonlyMap<string, KnownPupil>> {
  const pupils = await askOn<{ no: string } & KnownPupil>(
    client,
    Prisma.sql`SELECT admission_no AS no, id, on_roll_from::text AS "from", on_roll_to::text AS "to"
      FROM pupil WHERE school_id = ${schoolId}`,
  );
  return new Map(pupils.map(({ no, ...pupil }) => [no, pupil]));
}

export const unknownPupil = (value: string) => ({
  column: 'admission_no',
  value,
  cure: 'No pupil has this admission number: import the pupil first, or mend the number',
});
