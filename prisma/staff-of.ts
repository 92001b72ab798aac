import type { Day } from '../policy/calendar/day.ts';
import type { Role } from '../policy/people/roles.ts';
import type { Tx } from './client.ts';
import { ask } from './pg-client.ts';

/** At an authority, or at a school: there also of one class. */
export type StaffPlace = { authorityId: string | null } | { schoolId: string; className?: string | null };

/** The active people of a role at a place; and who decides for one of them on a day, if one is given, and still works where they do. */
export async function staffOf(
  tx: Tx,
  { role, ...place }: { role: Role } & StaffPlace,
  decidingOn: Day | null,
): Promise<string[]> {
  const authorityId = 'authorityId' in place ? place.authorityId : null;
  const schoolId = 'schoolId' in place ? place.schoolId : null;
  const className = 'className' in place ? place.className : undefined;
  const rows = await ask(tx)<{ id: string }>`
    WITH theirs AS (
      SELECT id, school_id, authority_id FROM user_account WHERE role = ${role} AND active
        AND (school_id = ${schoolId} OR authority_id = ${authorityId})
        AND (${className === undefined} OR class_name IS NOT DISTINCT FROM ${className ?? null})
    )
    SELECT id FROM theirs UNION
    SELECT who.id FROM delegation AS d JOIN theirs AS away ON away.id = d.of_user JOIN user_account AS who ON who.id = d.to_user
    WHERE ${decidingOn}::date BETWEEN d.from_day AND d.until_day AND d.ended_at IS NULL AND who.active
      AND who.school_id IS NOT DISTINCT FROM away.school_id
      AND (who.school_id IS NOT NULL OR who.authority_id IS NOT DISTINCT FROM away.authority_id)
    ORDER BY id`;
  return rows.map(({ id }) => id);
}
