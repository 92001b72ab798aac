import type { Db } from './client.ts';

/** How a list calls a pupil of it. */
export type Called = (pupil: { id: string; name: string }) => string;

type Namesake = { id: string; className: string; admissionNo: string; inClass: boolean };

/**
 * Calls the pupils of a list so that nobody takes one for another: by name, and where their school has a second one of that name, by
 * the least that tells the two apart besides. That is the class, unless the list shows it, or they share it: then the admission number.
 */
export async function toldApart(db: Db, ids: readonly string[], { classShown = true } = {}): Promise<Called> {
  const rows = await db.$queryRaw<Namesake[]>`
    SELECT p.id, p.class_name AS "className", p.admission_no AS "admissionNo", bool_or(o.class_name = p.class_name) AS "inClass"
    FROM pupil AS p JOIN pupil AS o ON o.school_id = p.school_id AND o.chosen_name = p.chosen_name AND o.id <> p.id
    WHERE p.id = ANY (${[...ids]}::uuid[]) GROUP BY p.id`;
  const namesakes = new Map(rows.map((row) => [row.id, row]));
  return ({ id, name }) => {
    const found = namesakes.get(id);
    if (!found) return name;
    if (found.inClass) return `${name} (no. ${found.admissionNo})`;
    return classShown ? name : `${name}, ${found.className}`;
  };
}
