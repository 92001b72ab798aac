import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { keepText } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { lettersFor } from '../../prisma/letter-lists.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { letterTitles } from '../inbox/words.ts';
import { askedFor, pageOf } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { letterAt, letterView, office } from './letter-view.ts';
import { letterStatus, readerOf } from './words.ts';

/** The lists that the page offers, and what an empty one says. */
const lists = [
  { status: undefined, text: 'All letters', empty: 'No letter has been approved yet.' },
  { status: 'waiting', text: 'Waiting to go', empty: 'No letter waits to go.' },
  {
    status: 'to-print',
    text: 'Print queue',
    empty: 'Nothing is to be printed. A letter comes here when its reader has no e-mail address.',
  },
  { status: 'unknown', text: 'Not known whether it arrived', empty: 'Of every letter it is known what became of it.' },
  { status: 'refused', text: 'Refused', empty: 'No letter was refused by a mail server.' },
  { status: 'stopped', text: 'Stopped', empty: 'No letter was stopped.' },
  { status: 'recalled', text: 'Recalled', empty: 'No letter was recalled.' },
] as const;

function listed(status: string | undefined) {
  const here = lists.find((one) => one.status === status);
  return {
    heading: here?.text ?? 'Letters',
    empty: here?.empty ?? 'There are none.',
    lists: lists.map((one) => ({
      text: one.text,
      href: one.status ? `/letters?status=${one.status}` : '/letters',
      current: one === here,
    })),
  };
}

const readers = [...office, 'dsl', 'ewo'] as const;
const Id = z.object({ id: z.uuid() });
const statuses = ['waiting', 'sent', 'to-print', 'posted', 'unknown', 'refused', 'stopped', 'recalled'] as const;
const List = z.object({ status: z.enum(statuses).optional(), after: z.string().max(100).optional() });

const lettersPage = async ({ deps, user, query }: Pick<Ctx<unknown, z.infer<typeof List>>, 'deps' | 'user' | 'query'>) =>
  pageOf(await lettersFor(deps.db, user, { status: query.status ?? null, after: query.after ?? null, take: askedFor }));

const deeds = {
  recall: 'The letter was recalled. Nothing was sent.',
  posted: 'Noted as posted.',
  sent: 'Noted: it did arrive.',
  refused: 'Noted: it did not arrive.',
} as const;
const Deed = z
  .object({
    decisionKey: z.uuid(),
    do: z.enum(['recall', 'posted', 'sent', 'refused'], 'Choose what to do'),
    reason: z.string().trim().max(500).default(''),
  })
  .refine((body) => body.do !== 'recall' || body.reason !== '', { path: ['reason'], message: 'Enter a reason' });

async function act(
  ctx: Pick<Ctx, 'deps' | 'user' | 'key'>,
  id: string,
  { do: what, reason }: { do: keyof typeof deeds; reason: string },
): Promise<void> {
  const { deps, user } = ctx;
  const letter = await letterAt(ctx, id);
  if (what === 'recall') {
    const textId = stableId(`text:${ctx.key}`);
    await keepText(deps.db, textId, user.id, reason);
    return deps.matters.recallLetter({ letterId: id, by: user.id, textId });
  }
  const right = what === 'posted' ? letter.status === 'to-print' : letter.status === 'unknown';
  if (!right) throw new Refusal('Stale', 'The letter is no longer waiting for that');
  await deps.matters.settleLetter({ letterId: id, how: what, by: user.id });
}

export const letterRoutes = [
  page({
    path: '/letters',
    may: office,
    summary: 'Letters, and the print queue',
    query: List,
    handle: async ({ deps, user, query }) => {
      const { rows, next } = await lettersPage({ deps, user, query });
      return {
        template: 'letters/letters.njk',
        model: {
          status: query.status ?? null,
          ...listed(query.status),
          next,
          rows: rows.map((letter) => ({
            href: `/letters/${letter.id}`,
            title: letterTitles[letter.template] ?? letter.template,
            to: readerOf(letter),
            address: (letter.fields as { recipient: { address: string[] } }).recipient.address.join(', '),
            pupil: (letter.fields as { pupil: { name: string } }).pupil.name,
            approved: shortDay(dayOf(letter.approvedOn)),
            status: letterStatus(letter),
          })),
        },
      };
    },
  }),
  page({
    path: '/letters/:id',
    may: readers,
    summary: 'One letter',
    params: Id,
    handle: (ctx) => letterView(ctx, ctx.params.id),
  }),
  page({
    path: '/letters/:id/letter.pdf',
    may: readers,
    summary: 'The letter exactly as it went',
    params: Id,
    handle: async (ctx) => {
      const { pdf } = await letterAt(ctx, ctx.params.id);
      if (!pdf) throw new Refusal('NotFound', 'The letter is not written yet');
      return { file: 'letter.pdf', type: 'application/pdf', content: pdf };
    },
  }),
  form({
    path: '/letters/:id',
    may: office,
    summary: 'Recall a letter, note it posted, or say what became of it',
    params: Id,
    body: Deed,
    handle: async (ctx) => {
      await act(ctx, ctx.params.id, ctx.body);
      return { goTo: `/letters/${ctx.params.id}`, say: deeds[ctx.body.do] };
    },
    again: (ctx) => letterView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    method: 'post',
    path: '/letters/:id/action',
    may: office,
    summary: 'Recall a letter, note it posted, or say what became of it',
    params: Id,
    body: z.strictObject({ do: z.enum(['recall', 'posted', 'sent', 'refused']), reason: z.string().trim().max(500).default('') }),
    reply: z.object({ done: z.literal(true) }),
    handle: async (ctx) => {
      await act(ctx, ctx.params.id, ctx.body);
      return { done: true as const };
    },
  }),
  api({
    method: 'get',
    path: '/letters',
    may: office,
    summary: 'Letters, newest first',
    query: List,
    reply: z.object({
      rows: z.array(
        z.object({ id: z.uuid(), template: z.string(), status: z.string(), channel: z.string(), approvedOn: z.iso.date() }),
      ),
      next: z.string().nullable(),
    }),
    handle: async ({ deps, user, query }) => {
      const { rows, next } = await lettersPage({ deps, user, query });
      return {
        rows: rows.map(({ id, template, status, channel, approvedOn }) => ({
          id,
          template,
          status,
          channel,
          approvedOn: dayOf(approvedOn),
        })),
        next,
      };
    },
  }),
];
