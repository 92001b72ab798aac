import { z } from 'zod';
import { readSessionsElsewhere } from '../../policy/register/absence-elsewhere.ts';
import { whileOnRoll } from '../../policy/register/pupil-register.ts';
import { keepAbsence, takeAbsenceBack } from '../../prisma/absence-elsewhere.ts';
import { onRollOf } from '../../prisma/pupils.ts';
import { marksOf } from '../../prisma/register.ts';
import { textIdFor } from '../engine/say.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { absenceElsewhereView, Records, records } from './absence-elsewhere-view.ts';
import { pupilAt } from './facts.ts';
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

/**
 * Records or takes back, once.
 * @throws Refusal('BadInput') naming the line that is wrong, also where the register here tells of the session, ('NotAllowed') for a session that is on record already.
 */
async function say(ctx: Asking, id: string, said: z.infer<typeof ElsewhereSaid>): Promise<void> {
  const { deps, user, at } = ctx;
  const { found, year } = await pupilAt(ctx, id);
  if (said.do === 'take back')
    return takeAbsenceBack(deps.db, { id: said.record, pupilId: id, why: said.reason }, user, new Date(at));
  const { place, source } = said;
  const here = await marksOf(deps.db, id, whileOnRoll({ from: '', to: year.to }, onRollOf(found)));
  const sessions = readSessionsElsewhere(said.sessions, here, year.to);
  return keepAbsence(deps.db, { id: textIdFor(ctx), pupilId: id, place, sessions, source }, user, new Date(at));
}

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
    handle: (ctx) => absenceElsewhereView(ctx, ctx.params.id),
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
    again: (ctx) => absenceElsewhereView(ctx, ctx.params.id, ctx.body),
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
