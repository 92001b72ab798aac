import { z } from 'zod';
import { mostMinutesLate } from '../../policy/register/csv-forms.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';
import { api, form } from '../web/routes.ts';
import { Changed, casesSaid } from './changed.ts';
import { pupilAt } from './facts.ts';
import { pupilView } from './pupil-view.ts';
import { Id, keepers } from './reach.ts';

/** A mark as it should be. */
const Correction = z
  .strictObject({
    on: z.iso.date('Enter the day of the mark'),
    session: z.enum(['AM', 'PM'], 'Choose morning or afternoon'),
    code: z.string().min(1, 'Choose the code').max(2).describe('One of the national codes of that day'),
    minutesLate: z
      .int()
      .min(0)
      .max(mostMinutesLate)
      .optional()
      .describe('Of L or U. 0: they are not known; left out: what is known stays'),
    reason: z.string().trim().min(1, 'Enter the reason').max(300, 'Write at most 300 characters'),
  })
  .meta({ id: 'MarkCorrection', description: 'A mark as it should be. What it was is kept, with who changed it, when and why' });

const minutes = z
  .string()
  .trim()
  .regex(/^\d{0,3}$/, 'Enter whole minutes, for example 15')
  .refine((text) => Number(text) <= mostMinutesLate, `Enter at most ${mostMinutesLate} minutes`)
  .transform((text) => (text === '' ? undefined : Number(text)));

const CorrectionForm = z
  .object({ decisionKey: z.uuid(), ...Correction.shape, minutesLate: minutes.prefault('') })
  .transform(({ decisionKey: _, ...correction }) => correction);

async function correct(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, correction: z.infer<typeof Correction>) {
  const { found } = await pupilAt(ctx, id);
  const today = todayAt(found.school, ctx.at);
  return ctx.deps.correctMark({ pupilId: id, ...correction, by: ctx.user.id, today });
}

function said(done: z.infer<typeof Changed>): string {
  if (done.changed === 0) return 'Nothing changed: the register said so already.';
  const cases = casesSaid(done);
  return `Corrected: what it was is kept below${cases ? `, and ${cases}` : ''}.`;
}

/** One mark put right, by the pupil's page and by machines. */
export const correctionRoutes = [
  form({
    path: '/register/:id/marks',
    may: keepers,
    summary: 'Correct a mark',
    params: Id,
    concerns: 'on',
    body: CorrectionForm,
    handle: async (ctx) => ({
      goTo: `/register/${ctx.params.id}`,
      say: said(await correct(ctx, ctx.params.id, ctx.body)),
    }),
    again: (ctx) => pupilView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/marks', name: 'correctMark', may: keepers },
    summary: 'Correct a mark, or make one that is missing',
    params: Id,
    body: Correction,
    reply: Changed,
    handle: (ctx) => correct(ctx, ctx.params.id, ctx.body),
  }),
];
