import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { keepText } from '../../prisma/cases.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { letterFor, lettersFor } from '../../prisma/letter-lists.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { letterTitles } from '../inbox/words.ts';
import { askedFor, pageOf } from '../web/paging.ts';
import type { Ctx, Problems, View } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { letterStatus } from './words.ts';

const office = ['sal', 'attendance-officer', 'headteacher', 'admin'] as const;
const readers = [...office, 'dsl', 'ewo'] as const;
const Id = z.object({ id: z.uuid() });
const statuses = ['waiting', 'sent', 'to-print', 'posted', 'unknown', 'refused', 'stopped', 'recalled'] as const;
const List = z.object({ status: z.enum(statuses).optional(), after: z.string().max(100).optional() });

const lettersPage = async ({ deps, user, query }: Pick<Ctx<unknown, z.infer<typeof List>>, 'deps' | 'user' | 'query'>) =>
  pageOf(await lettersFor(deps.db, user, { status: query.status ?? null, after: query.after ?? null, take: askedFor }));

async function letterAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string) {
  const letter = await letterFor(deps.db, user, id);
  if (!letter) throw new Refusal('NotFound', 'There is no such letter at your school');
  return letter;
}

async function letterView(ctx: Pick<Ctx, 'deps' | 'user'>, id: string, _problems?: Problems): Promise<View> {
  const letter = await letterAt(ctx, id);
  const mayAct = (office as readonly string[]).includes(ctx.user.role);
  return {
    template: 'letters/letter.njk',
    model: {
      href: `/letters/${id}`,
      caseHref: ctx.user.schoolId ? `/cases/${letter.caseId}` : null,
      title: letterTitles[letter.template] ?? letter.template,
      to: (letter.fields as { recipient: { name: string } }).recipient.name,
      status: letterStatus(letter),
      state: letter.status,
      mayAct,
      approvedOn: shortDay(dayOf(letter.approvedOn)),
      sha256: letter.pdfSha256,
      hasPdf: letter.pdf !== null,
      attempts: letter.attempts.map(({ number, startedAt, outcome, detail }) => ({
        number,
        at: startedAt.toISOString(),
        outcome: outcome ?? 'not known',
        detail: detail ?? '',
      })),
      decisionKey: randomUUID(),
    },
  };
}

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
          next,
          rows: rows.map((letter) => ({
            href: `/letters/${letter.id}`,
            title: letterTitles[letter.template] ?? letter.template,
            to: (letter.fields as { recipient: { name: string } }).recipient.name,
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
    again: (ctx) => letterView(ctx, ctx.params.id),
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
