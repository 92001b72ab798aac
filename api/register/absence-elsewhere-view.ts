import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { londonDay, shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { keptSession } from '../../policy/register/absence-elsewhere.ts';
import { counted as countedAs } from '../../policy/register/measures/figure.ts';
import { recordedAbsence } from '../../prisma/absence-elsewhere.ts';
import type { AbsenceElsewhere } from '../../prisma/generated/client.ts';
import { choice, line, radios, text } from '../layout/fields.ts';
import type { Ctx, View } from '../web/route.ts';
import { pupilName } from '../web/shapes.ts';
import { whoAmong } from '../web/who.ts';
import { pupilAt } from './facts.ts';
import { countedRows } from './figures-view.ts';
import { keepers } from './reach.ts';

/** As machines are told it. */
export const Records = z
  .object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        place: z.string(),
        sessions: z.array(z.string()).describe('Each as "2026-09-14 AM O"'),
        source: z.string(),
        recordedBy: z.string().nullable().describe('Name and role'),
        recordedOn: z.iso.date(),
        takenBack: z.object({ by: z.string().nullable(), reason: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'AbsenceElsewhere', description: 'Absence at other schools: in no figure but that towards a penalty notice' });

/** What is on record of a pupil, also what was taken back. @throws Refusal('NotFound') if the pupil is not within reach */
export async function records(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string): Promise<z.infer<typeof Records>> {
  await pupilAt(ctx, id);
  const rows = await recordedAbsence(ctx.deps.db, id);
  const who = await whoAmong(
    ctx.deps.db,
    rows.flatMap(({ recordedBy, takenBackBy }) => [recordedBy, takenBackBy]),
  );
  return { rows: rows.map((row) => recordOf(row, who)) };
}

const recordOf = (row: AbsenceElsewhere, who: (id: string | null) => string | null) => ({
  ...{ id: row.id, place: row.place, sessions: row.sessions, source: row.source },
  ...{ recordedBy: who(row.recordedBy), recordedOn: londonDay(row.at.getTime()) },
  takenBack: row.takenBackWhy === null ? null : { by: who(row.takenBackBy), reason: row.takenBackWhy },
});

/** The page of it, with the form for those who keep the register. */
export async function absenceElsewhereView(
  ctx: Pick<Ctx, 'deps' | 'user' | 'at'>,
  id: string,
  typed: Record<string, unknown> = {},
): Promise<View> {
  const { found } = await pupilAt(ctx, id);
  const { rows } = await records(ctx, id);
  const standing = rows.filter(({ takenBack }) => takenBack === null);
  return {
    template: 'register/absence-elsewhere.njk',
    model: {
      ...{ href: `/register/${id}/elsewhere`, pupilHref: `/register/${id}`, pupil: pupilName(found) },
      rows: rows.map(({ place, sessions, source, recordedBy, recordedOn, takenBack }) => ({
        ...{ place, source, number: counted(sessions.length, 'session'), recorded: shortDay(recordedOn) },
        ...{ by: recordedBy ?? '', ways: countedRows(sessions.map(keptSession).map(countedAs)) },
        note: takenBack ? `Taken back, and counts no more: ${takenBack.reason}${takenBack.by ? ` (${takenBack.by})` : ''}` : '',
      })),
      choices: (keepers as readonly string[]).includes(ctx.user.role) ? choices(standing) : [],
      ...{ typed, decisionKey: typed.decisionKey ?? randomUUID() },
    },
  };
}

const choices = (standing: z.infer<typeof Records>['rows']) => [
  choice(
    'record',
    'Record absence at another school',
    line('place', 'At which school?'),
    text(
      'sessions',
      'Which sessions, and their codes?',
      'A line each, such as: 2026-09-14 AM O. Or 2026-09-14 O for the whole day, or 2026-09-14 to 2026-09-18 O.',
    ),
    line('source', 'How is it known?', 'Such as: the common transfer file of 3 October, or a letter of that school.'),
  ),
  ...(standing.length === 0
    ? []
    : [
        choice(
          'take back',
          'Take back what was recorded by mistake',
          radios(
            'record',
            'Which?',
            standing.map(({ id, place, sessions }) => ({ value: id, text: `${place}, ${counted(sessions.length, 'session')}` })),
          ),
          text('reason', 'Why was it a mistake?', 'It is kept in the record.'),
        ),
      ]),
];
