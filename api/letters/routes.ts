import { shortDay } from '../../policy/calendar/day.ts';
import { authoritysOwn, type LetterSummary, lettersFor } from '../../prisma/letter-lists.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import type { Ctx } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { letterApi } from './api.ts';
import { act, type LetterDeed, LetterForm } from './deed.ts';
import { enclosurePdf, letterPdf, whyNotPosted } from './facts.ts';
import { letterLink, letterRow } from './letter-row.ts';
import { letterView } from './letter-view.ts';
import { listOf } from './lists.ts';
import { Id, List, OneEnclosure, office, readers, senders } from './reach.ts';
import { undeliveredRoutes } from './undelivered.ts';

const done: Record<LetterDeed['do'], string> = {
  recall: 'The letter was recalled. Nothing was sent.',
  send: 'Noted: it goes, when its recall window has ended.',
  'do not send': 'It was stopped. Nothing is sent.',
  posted: 'Noted as posted.',
  sent: 'Noted: it did arrive.',
  refused: 'Noted: it did not arrive.',
  'came back': 'Noted: it came back. The case hears of it.',
};

async function listed(ctx: Pick<Ctx, 'deps' | 'at'>, letters: readonly LetterSummary[]) {
  const stops = await whyNotPosted(ctx, letters);
  const others = await authoritysOwn(ctx.deps.db, letters);
  const ids = letters.map(({ pupilId }) => pupilId);
  const called = await toldApart(ctx.deps.db, ids, { classShown: false });
  return letters.map((letter, i) => {
    const row = letterRow(ctx.at)(letter);
    const { recipient } = letter.fields as { recipient: { address: string[] } };
    return {
      ...letterLink(row),
      pupil: called({ id: letter.pupilId, name: row.pupil }),
      approved: shortDay(row.approvedOn),
      of: others.get(letter.id) ?? null,
      stop: letter.status === 'to-print' ? (stops[i] ?? null) : null,
      address: recipient.address.join(', '),
    };
  });
}

export const letterRoutes = [
  page({
    path: '/letters',
    may: office,
    summary: 'Letters, and the print queue',
    query: List,
    handle: async (ctx) => {
      const { status } = ctx.query;
      const { rows, next } = await lettersFor(ctx.deps.db, ctx.user, ctx.query);
      const shown = await listed(ctx, rows);
      return { template: 'letters/letters.njk', model: { status: status ?? null, ...listOf(status), rows: shown, next } };
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
    handle: (ctx) => letterPdf(ctx, ctx.params.id),
  }),
  page({
    path: '/letters/:id/enclosures/:number',
    may: readers,
    summary: 'What went with it, exactly',
    params: OneEnclosure,
    handle: (ctx) => enclosurePdf(ctx, ctx.params),
  }),
  form({
    path: '/letters/:id',
    may: senders,
    summary: 'Recall a letter, say whether it goes, note it posted, or say what became of it',
    params: Id,
    body: LetterForm,
    handle: async (ctx) => {
      await act(ctx, ctx.params.id, ctx.body);
      return { goTo: `/letters/${ctx.params.id}`, say: done[ctx.body.do] };
    },
    again: (ctx) => letterView(ctx, ctx.params.id, ctx.body),
  }),
  ...undeliveredRoutes,
  ...letterApi,
];
