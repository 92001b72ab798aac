import { shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { ImportEffects } from '../../policy/register/import-effects.ts';
import { casesNamed } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { fingerprint } from '../../prisma/imports.ts';
import { namesOf } from '../../prisma/pupils.ts';
import { stagedMarks, stagedPeople } from '../../prisma/staged-rows.ts';
import { lateCase } from '../cases/timeline.ts';
import type { Ctx } from '../web/route.ts';
import type { importAt } from './facts.ts';

const firstFew = 5;

/** What the page says of an import that waits for a yes: its first rows as they were understood, and what it would set off. */
export async function lookView({ deps: { db } }: Pick<Ctx, 'deps'>, found: Awaited<ReturnType<typeof importAt>>) {
  const effects = ImportEffects.parse(found.effects);
  const rows = await (found.kind === 'marks' ? stagedMarks : stagedPeople)(db, found.id, { first: firstFew });
  const columns = Object.keys(rows[0]?.cells ?? {}).filter((column) => rows.some(({ cells }) => cells[column]));
  const names = await namesOf(
    db,
    effects.opened.map(({ pupilId }) => pupilId),
  );
  const told = await casesNamed(db, effects.told);
  const waiting = new Map(effects.letters.map(({ id, caseId }) => [caseId, `/letters/${id}`]));
  return {
    seen: fingerprint(effects),
    ...{ columns, rows: rows.map(({ row, cells }) => ({ row, cells: columns.map((column) => cells[column] ?? '') })) },
    opens: effects.opened.map(({ pupilId, says, since }) => ({
      ...{ href: `/register/${pupilId}`, name: names.get(pupilId) ?? '', says },
      late: since && lateCase(since),
    })),
    opensTitle: `${counted(effects.opened.length, 'case')} would open`,
    tells: told.map(({ id, headline, pupil, openedOn }) => ({
      ...{ href: `/cases/${id}`, name: pupil.chosenName, says: headline, opened: shortDay(dayOf(openedOn)) },
      letter: waiting.get(id) ?? null,
    })),
    tellsTitle: `${counted(told.length, 'open case')} would be brought up to date`,
    letters: effects.letters.length > 0 ? counted(effects.letters.length, 'letter') : null,
  };
}
