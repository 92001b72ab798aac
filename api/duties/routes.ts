import { z } from 'zod';
import { schoolRoles } from '../../policy/people/roles.ts';
import { api, form, page } from '../web/routes.ts';
import { RoleName } from '../web/shapes.ts';
import { dutiesView } from './duties-view.ts';
import { DutyDeed, DutyMistake, dutiesNow, sayDone, sayMistaken } from './facts.ts';

const Duty = z
  .object({
    ...{ id: z.uuid(), kind: z.enum(['review', 'reward']), says: z.string(), due: z.iso.date() },
    every: z.enum(['day', 'week', 'fortnight', 'half-term', 'term', 'year']),
    by: z.object({ person: z.string(), role: RoleName }).nullable().describe('By the policy’s own name, and as a role'),
    readers: z.array(z.string()).describe('For whom it is'),
    source: z.string().describe('Where the policy says so'),
    mine: z.boolean().describe('The token’s user may say that it was done'),
    done: z.object({ on: z.iso.date(), note: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Duty', description: 'One time that something is due which the policy asks for again and again' });

const Mistaken = z
  .object({
    ...{ id: z.uuid(), says: z.string().describe('As the policy worded it then'), due: z.iso.date() },
    done: z.object({ on: z.iso.date(), note: z.string().nullable() }),
    mistake: z.object({ on: z.iso.date(), why: z.string() }),
  })
  .meta({ id: 'DutyMistaken', description: 'Something that was ticked off by mistake' });

const Term = z.object({ now: z.array(Duty), next: z.array(Duty), done: z.array(Duty), mistaken: z.array(Mistaken) }).meta({
  id: 'TermOfDuties',
  description: 'What a term’s policy asks for: to be done now, next, done, and ticked off by mistake',
});

async function termFacts(ctx: Parameters<typeof dutiesNow>[0]): Promise<z.infer<typeof Term>> {
  const found = await dutiesNow(ctx);
  const facts = (list: NonNullable<typeof found>['now']) =>
    list.map(({ done, ...one }) => ({ ...one, done: done && { on: done.doneOn, note: done.note } }));
  const mistaken = (found?.mistaken ?? []).map(({ dutyId: id, due, asked, doneOn, note, mistake: { on, why } }) => ({
    ...{ id, due, says: asked.says, done: { on: doneOn, note }, mistake: { on, why } },
  }));
  return { now: facts(found?.now ?? []), next: facts(found?.next ?? []), done: facts(found?.done ?? []), mistaken };
}

/** What a policy asks for again and again, ticked off by a person with a record of it. */
export const dutyRoutes = [
  page({
    ...{ path: '/duties', may: schoolRoles, summary: 'What the policy asks for this term' },
    handle: (ctx) => dutiesView(ctx),
  }),
  form({
    ...{ path: '/duties', may: schoolRoles, summary: 'Say that something the policy asks for was done' },
    body: z.object({ decisionKey: z.uuid(), ...DutyDeed.shape }),
    handle: async (ctx) => {
      await sayDone(ctx, ctx.body);
      return { goTo: '/duties', say: 'It is noted as done.' };
    },
    again: (ctx) => dutiesView(ctx, ctx.body),
  }),
  form({
    ...{ path: '/duties/mistaken', may: schoolRoles, summary: 'Say that something was ticked off by mistake' },
    body: z.object({ decisionKey: z.uuid(), ...DutyMistake.shape }),
    handle: async (ctx) => {
      await sayMistaken(ctx, ctx.body);
      return {
        goTo: '/duties',
        say: 'The tick is taken back: what is asked for stands under “To be done now”. That it was a mistake is kept.',
      };
    },
    again: (ctx) => dutiesView(ctx, ctx.body),
  }),
  api({
    ...{ method: 'get', path: '/duties', name: 'listDuties', may: schoolRoles },
    summary: 'What the policy asks for this term: reviews and rewards, with their days',
    reply: Term,
    handle: termFacts,
  }),
  api({
    ...{ method: 'post', path: '/duties', name: 'sayDutyDone', may: schoolRoles, body: DutyDeed, reply: Term },
    summary: 'Say that something the policy asks for was done',
    handle: async (ctx) => {
      await sayDone(ctx, ctx.body);
      return termFacts(ctx);
    },
  }),
  api({
    ...{ method: 'post', path: '/duties/mistaken', name: 'sayDutyMistaken', may: schoolRoles, body: DutyMistake, reply: Term },
    summary: 'Say that something was ticked off by mistake: it is to be done again',
    handle: async (ctx) => {
      await sayMistaken(ctx, ctx.body);
      return termFacts(ctx);
    },
  }),
];
