import { z } from 'zod';
import { columnsOf, type ImportKind } from '../policy/register/csv-forms.ts';
import type { Session } from '../policy/register/mark.ts';
import type { Db } from './client.ts';
import { dayOrNull } from './day-column.ts';
import { perPage } from './page-after.ts';
import { inCell } from './staged-rows.ts';

const Changes = z.array(z.object({ column: z.string(), was: z.unknown(), now: z.unknown() }));

/** How many known marks an import that waits for a yes would correct without a reason: neither its rows give one, nor who brought it. */
export async function correctedWithoutReason(db: Db, importId: string): Promise<number> {
  const [found] = await db.$queryRaw<{ marks: number }[]>`
    SELECT count(*)::int AS marks FROM changed_row AS c JOIN staged_mark AS s USING (import_id, n)
    JOIN register_import AS i ON i.id = c.import_id
    WHERE c.import_id = ${importId}::uuid AND i.status = 'looked' AND coalesce(s.reason, i.reason) IS NULL`;
  return found?.marks ?? 0;
}

/**
 * A page of the rows by which an import that waits for a yes would change the register, in file order: those after `n`. Each says
 * which columns of its form change, in the cells of a file.
 */
export async function changedRows(db: Db, { id: importId, kind }: { id: string; kind: string }, after: number) {
  const found = await db.changedRow.findMany({
    where: { importId, n: { gt: after } },
    orderBy: { n: 'asc' },
    take: perPage + 1,
  });
  const rows = found.slice(0, perPage);
  const pupils = await db.pupil.findMany({ where: { id: { in: rows.map(({ pupilId }) => pupilId) } } });
  const byId = new Map(pupils.map((one) => [one.id, one]));
  const all = columnsOf(kind as ImportKind).all;
  return {
    rows: rows.flatMap(({ row, pupilId, day, session, contact, changes }) => {
      const pupil = byId.get(pupilId);
      const changed = Changes.parse(changes)
        .sort((a, b) => all.indexOf(a.column) - all.indexOf(b.column))
        .map(({ column, was, now }) => ({ column, was: inCell(was), now: inCell(now) }));
      return pupil ? [{ row, pupil, on: dayOrNull(day), session: session as Session | null, contact, changes: changed }] : [];
    }),
    next: found.length > perPage ? String(rows.at(-1)?.n) : null,
  };
}
