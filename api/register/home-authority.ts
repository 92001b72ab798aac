import { z } from 'zod';
import type { Ctx } from '../web/route.ts';
import { api, form } from '../web/routes.ts';
import { pupilAt } from './facts.ts';
import { pupilView } from './pupil-view.ts';
import { Id, keepers } from './reach.ts';

const name = z.string().trim().normalize('NFC').max(120, 'Write at most 120 characters');

/** In whose area a pupil lives. */
const HomeAuthority = z
  .strictObject({
    homeAuthority: name.min(1).nullable().describe('Its name; null: the school’s own, or nobody has said'),
  })
  .meta({ id: 'HomeAuthority', description: 'The local authority in whose area a pupil lives, as a pupils file says it too' });

const HomeAuthorityForm = z
  .object({ decisionKey: z.uuid(), homeAuthority: name })
  .transform(({ homeAuthority }) => ({ homeAuthority: homeAuthority || null }));

/** @throws Refusal('NotFound') if the pupil is not within reach */
async function set(ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, { homeAuthority }: z.infer<typeof HomeAuthority>) {
  await pupilAt(ctx, id);
  await ctx.deps.db.pupil.update({ where: { id }, data: { homeAuthority } });
}

/** A pupil's home authority, set and cleared by the pupil's page and by machines; a pupils file that says it stands as well. */
export const homeAuthorityRoutes = [
  form({
    path: '/register/:id/home-authority',
    may: keepers,
    summary: 'Say in which authority’s area a pupil lives',
    params: Id,
    body: HomeAuthorityForm,
    handle: async (ctx) => {
      await set(ctx, ctx.params.id, ctx.body);
      return { goTo: `/register/${ctx.params.id}`, say: 'It is in the record.' };
    },
    again: (ctx) => pupilView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/home-authority', name: 'setHomeAuthority', may: keepers },
    summary: 'Say in which authority’s area a pupil lives, or that nobody has said',
    more: 'Returns go to the school’s own authority all the same; their files name this one.',
    params: Id,
    body: HomeAuthority,
    reply: z.object({ homeAuthority: z.string().nullable() }),
    handle: async (ctx) => {
      await set(ctx, ctx.params.id, ctx.body);
      return ctx.body;
    },
  }),
];
