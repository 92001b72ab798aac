import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { londonDay, shortDay } from '../../policy/calendar/day.ts';
import { counted } from '../../policy/counted.ts';
import { keptSession, readSessionsElsewhere } from '../../policy/register/absence-elsewhere.ts';
import { counted as countedAs } from '../../policy/register/measures/figure.ts';
import { keepAbsence, recordedAbsence, takeAbsenceBack } from '../../prisma/absence-elsewhere.ts';
import type { AbsenceElsewhere } from '../../prisma/generated/client.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { namesOf } from '../../prisma/users.ts';
import { textIdFor } from '../engine/say.ts';
import { choice, line, radios, text } from '../layout/fields.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx, View } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { personWords, pupilName } from '../web/shapes.ts';
import { pupilAt } from './facts.ts';
import { countedRows } from './figures-view.ts';
import { Id, keepers, school } from './reach.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>;

const short = (missing: string) => z.string().trim().min(1, missing).max(200, 'Write at most 200 characters');

const ElsewhereSaid = z
  .discriminatedUnion(
    'do',
    [
      z.strictObject({
        do: z.literal('record'),
        place: short('Enter the school').describe('The school where it was'),
        sessions: z
          .string()
          .trim()
          .min(1, 'Enter the sessions')
          .max(20_000, 'Write at most 20,000 characters')
          .describe('A line each: "2026-09-14 AM O", "2026-09-14 O" for the whole day, "2026-09-14 to 2026-09-18 O"'),
        source: short('Enter how it is known').describe('Who said so, and where it is written'),
      }),
      z.strictObject({
        do: z.literal('take back'),
        record: z.uuid('Choose what to take back'),
        reason: z.string().trim().min(1, 'Write why it was a mistake').max(500, 'Write at most 500 characters'),
      }),
    ],
    'Choose what to do',
  )
  .meta({ id: 'AbsenceElsewhereSaid', description: 'Record absence at another school, or take a record of it back' });

const Records = z
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

/**
 * Records or takes back, once.
 * @throws Refusal('BadInput') naming the line that is wrong, ('NotAllowed') for a session that is on record already.
 */
async function say(ctx: Asking, id: string, said: z.infer<typeof ElsewhereSaid>): Promise<void> {
  const { deps, user, at } = ctx;
  const { found, year } = await pupilAt(ctx, id);
  if (said.do === 'take back')
    return takeAbsenceBack(deps.db, { id: said.record, pupilId: id, why: said.reason }, user, new Date(at));
  const { place, source } = said;
  const sessions = readSessionsElsewhere(said.sessions, onRollOf(found), year.to);
  return keepAbsence(deps.db, { id: textIdFor(ctx), pupilId: id, place, sessions, source }, user, new Date(at));
}

async function records(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string): Promise<z.infer<typeof Records>> {
  await pupilAt(ctx, id);
  const rows = await recordedAbsence(ctx.deps.db, id);
  const names = await namesOf(
    ctx.deps.db,
    rows.flatMap(({ recordedBy, takenBackBy }) => [recordedBy, ...(takenBackBy === null ? [] : [takenBackBy])]),
  );
  const who = (of: string | null) => {
    const person = of === null ? undefined : names.get(of);
    return person ? personWords(person) : null;
  };
  return { rows: rows.map((row) => recordOf(row, who)) };
}

const recordOf = (row: AbsenceElsewhere, who: (id: string | null) => string | null) => ({
  ...{ id: row.id, place: row.place, sessions: row.sessions, source: row.source },
  ...{ recordedBy: who(row.recordedBy), recordedOn: londonDay(row.at.getTime()) },
  takenBack: row.takenBackWhy === null ? null : { by: who(row.takenBackBy), reason: row.takenBackWhy },
});

async function view(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, typed: Record<string, unknown> = {}): Promise<View> {
  const { found } = await pupilAt(ctx, id);
  const { rows } = await records(ctx, id);
  const standing = rows.filter(({ takenBack }) => takenBack === null);
  return {
    template: 'register/elsewhere.njk',
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

const typedText = z.string().trim().default('');
const Form = z
  .object({
    ...{ decisionKey: z.uuid(), do: typedText, place: typedText, sessions: typedText },
    ...{ source: typedText, record: typedText, reason: typedText },
  })
  .transform(({ do: what, place, sessions, source, record, reason }, ctx) =>
    formOf(ElsewhereSaid, what === 'take back' ? { do: what, record, reason } : { do: what, place, sessions, source }, ctx),
  );

/** Absence at another school: evidence with its source, which counts towards the threshold of a penalty notice and nowhere else. */
export const elsewhereAbsenceRoutes = [
  page({
    path: '/register/:id/elsewhere',
    may: school,
    summary: 'A pupil’s absence at other schools',
    params: Id,
    handle: (ctx) => view(ctx, ctx.params.id),
  }),
  form({
    path: '/register/:id/elsewhere',
    may: keepers,
    summary: 'Record absence at another school, or take a record of it back',
    params: Id,
    body: Form,
    handle: async (ctx) => {
      await say(ctx, ctx.params.id, ctx.body);
      return { goTo: `/register/${ctx.params.id}/elsewhere`, say: 'It is in the record.' };
    },
    again: (ctx) => view(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'get', path: '/register/pupils/:id/elsewhere', name: 'listAbsenceElsewhere', may: school },
    summary: 'A pupil’s absence at other schools',
    params: Id,
    reply: Records,
    handle: (ctx) => records(ctx, ctx.params.id),
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/elsewhere', name: 'sayAbsenceElsewhere', may: keepers },
    summary: 'Record absence at another school, or take a record of it back',
    more: 'Its sessions of G, N, O and U count towards the national threshold for a penalty notice, and in no other figure.',
    params: Id,
    body: ElsewhereSaid,
    reply: z.object({ recorded: z.literal(true) }),
    handle: async (ctx) => {
      await say(ctx, ctx.params.id, ctx.body);
      return { recorded: true as const };
    },
  }),
];
