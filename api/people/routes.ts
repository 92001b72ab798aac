import { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { keepers } from '../register/reach.ts';
import { formOf } from '../web/form-of.ts';
import { api, form, page } from '../web/routes.ts';
import { ticked } from '../web/ticked.ts';
import { samePeople } from './facts.ts';
import { sameView } from './same-view.ts';
import { saySame } from './say.ts';
import { SaidSame, SamePeople, SaySame } from './shapes.ts';

/** A pair is named by its checkbox: kind and two ids. */
const Form = z
  .object({ decisionKey: z.uuid(), pairs: ticked, verdict: z.string().default(''), why: z.string().default('') })
  .transform(({ pairs, verdict, why }, ctx) => {
    const named = pairs.map((id) => id.split(' ')).map(([kind, first, second]) => ({ kind, first, second }));
    return formOf(SaySame, { pairs: named, verdict, why }, ctx);
  });

const words = { one: 'joined', two: 'kept apart', ask: 'to be asked again' };

/** Who may be one person: shown, joined, kept apart and undone, by a page and by machines. */
export const peopleRoutes = [
  page({ path: '/people/same', may: keepers, summary: 'Contacts and pupils that may be one', handle: (ctx) => sameView(ctx) }),
  form({
    path: '/people/same',
    may: keepers,
    summary: 'Say whether those that look alike are one person',
    concerns: 'pairs',
    body: Form,
    handle: async (ctx) => {
      const { changed } = await saySame(ctx, ctx.body);
      return { goTo: '/people/same', say: `${counted(changed, 'pair')} ${words[ctx.body.verdict]}.` };
    },
    again: (ctx) => sameView(ctx, ctx.body),
  }),
  api({
    ...{ method: 'get', path: '/people/same', name: 'listSamePeople', may: keepers },
    summary: 'Contacts that may be one person, pupils that may be one, and what was said of such',
    reply: SamePeople,
    handle: samePeople,
  }),
  api({
    ...{ method: 'post', path: '/people/same', name: 'saySamePeople', may: keepers },
    summary: 'Join contacts that are one person, keep them apart, or undo either',
    body: SaySame,
    reply: SaidSame,
    handle: (ctx) => saySame(ctx, ctx.body),
  }),
];
