import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { type Called, toldApart } from '../../prisma/told-apart.ts';
import { school } from '../inbox/reach.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { ticked } from '../web/ticked.ts';
import { approvalApi } from './api.ts';
import { approveTogether, type Looked, lookedAt, most, Seen } from './approve.ts';

/** As the checkboxes of the inbox name a proposal: its case and its key; and those of the page itself, its version too. */
function named(one: string) {
  const [matterId, key, version] = one.split(' ');
  return { matterId, key, ...(version !== undefined && { version: Number(version) }) };
}
const fromChecks = <S extends z.ZodType>(schema: S) => z.preprocess((given) => ticked.parse(given).map(named), schema);
const Chosen = fromChecks(z.array(Seen.partial({ version: true })).max(most, `Choose at most ${most}`));
const Approved = fromChecks(z.array(Seen).min(1, 'Choose at least one letter').max(most));

const ways: Record<string, string> = { email: 'by e-mail', post: 'by post' };

export const approvalRoutes = [
  page({
    path: '/approvals',
    may: school,
    summary: 'Several letters of one kind, each with its evidence, before they are approved together',
    query: z.object({ one: Chosen }),
    handle: async (ctx) => confirm(ctx, ctx.query.one),
  }),
  form({
    path: '/approvals',
    may: school,
    summary: 'Approve several letters of one kind, each as a decision of its own',
    body: z.object({ decisionKey: z.uuid(), one: Approved, all: z.unknown() }),
    handle: async (ctx) => {
      const results = await approveTogether(ctx, ctx.body.one);
      const those = (outcome: string) =>
        results.flatMap((one) => (one.outcome === outcome ? [{ ...one, href: `/proposals/${one.matterId}/${one.key}` }] : []));
      const approved = those('approved');
      return {
        template: 'approvals/approved.njk',
        model: {
          title: approved.length === 0 ? 'Nothing was approved' : `Approved for ${counted(approved.length, 'pupil')}`,
          ...{ approved, refused: those('refused'), leftOut: those('left out') },
        },
      };
    },
    again: (ctx) => confirm(ctx, Chosen.catch([]).parse(ctx.body.all)),
  }),
  ...approvalApi,
];

/** Each of those that can be approved together with what it rests on and whom it goes to, and why the others are not. */
async function confirm(ctx: Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>, several: z.infer<typeof Chosen>): Promise<View> {
  const looked = await lookedAt(ctx, several);
  const called = await toldApart(
    ctx.deps.db,
    looked.flatMap(({ pupil }) => pupil?.id ?? []),
  );
  const ready = looked.filter(({ leftOut, refused }) => leftOut === null && refused === null);
  return {
    template: 'approvals/confirm.njk',
    model: {
      title: ready[0]?.asked ?? 'Approve together',
      decisionKey: randomUUID(),
      ready: ready.map((one) => ({
        ...about(one, called),
        value: `${one.seen.matterId} ${one.seen.key} ${one.seen.version}`,
        sentence: one.sentence,
        letters: one.letters.map(({ to, channel }) => `${to}, ${ways[channel] ?? channel}`),
      })),
      others: looked.flatMap((one) => {
        const because = one.leftOut ?? one.refused;
        return because === null ? [] : [{ ...about(one, called), because }];
      }),
    },
  };
}

const about = ({ seen, pupil }: Looked, called: Called) => ({
  name: pupil === null ? 'A proposal' : `${called(pupil)}, class ${pupil.className}`,
  href: `/proposals/${seen.matterId}/${seen.key}`,
});
