import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { roles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { shown } from '../../policy/register/fraction.ts';
import { caseFor, casesFor, stageCounts } from '../../prisma/cases.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { firstBreak } from '../../prisma/ledger.ts';
import { counted } from '../layout/counted.ts';
import { askedFor, pageOf } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { caseView } from './case-view.ts';
import { ChangeForm, change } from './change.ts';

const school = roles.filter((role) => role !== 'ewo');
const Id = z.object({ id: z.uuid() });
const List = z.object({ status: z.enum(['open', 'closed']).default('open'), after: z.string().max(100).optional() });

async function list({ deps, user, query }: Pick<Ctx<unknown, z.infer<typeof List>>, 'deps' | 'user' | 'query'>) {
  return pageOf(await casesFor(deps.db, user, { status: query.status, after: query.after ?? null, take: askedFor }));
}

export const caseRoutes = [
  page({
    path: '/cases',
    may: school,
    summary: 'Cases',
    query: List,
    handle: async (ctx) => {
      const { rows, next } = await list(ctx);
      const stages = (await stageCounts(ctx.deps.db, ctx.user)).map(({ stage, _count }) => ({ stage, count: _count }));
      return {
        template: 'cases/cases.njk',
        model: {
          status: ctx.query.status,
          next,
          stages,
          total: counted(
            stages.reduce((sum, { count }) => sum + count, 0),
            'open case',
          ),
          rows: rows.map((row) => ({
            href: `/cases/${row.id}`,
            pupil: row.pupil.chosenName,
            className: row.pupil.className,
            headline: row.headline,
            attendance: shown((row.state as unknown as CaseState).attendance),
            opened: shortDay(dayOf(row.openedOn)),
            next: row.nextOn ? `${row.nextWhy ?? ''}, ${shortDay(dayOf(row.nextOn))}` : 'Nothing: it is closed',
          })),
        },
      };
    },
  }),
  page({ path: '/cases/:id', may: school, summary: 'One case', params: Id, handle: (ctx) => caseView(ctx, ctx.params.id) }),
  form({
    path: '/cases/:id',
    may: ['sal', 'headteacher', 'attendance-officer', 'class-teacher', 'dsl', 'senco'],
    summary: 'Note, hold, resume or close a case',
    params: Id,
    body: ChangeForm,
    handle: async (ctx) => {
      await change(ctx, ctx.params.id, ctx.body);
      return { goTo: `/cases/${ctx.params.id}`, say: 'It is in the record.' };
    },
    again: (ctx) => caseView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    method: 'get',
    path: '/cases',
    may: school,
    summary: 'Cases, newest first',
    query: List,
    reply: z.object({
      rows: z.array(
        z.object({
          id: z.uuid(),
          status: z.string(),
          stage: z.string(),
          headline: z.string(),
          openedOn: z.iso.date(),
          nextOn: z.iso.date().nullable(),
        }),
      ),
      next: z.string().nullable(),
    }),
    handle: async (ctx) => {
      const { rows, next } = await list(ctx);
      return {
        next,
        rows: rows.map(({ id, status, stage, headline, openedOn, nextOn }) => ({
          id,
          status,
          stage,
          headline,
          openedOn: dayOf(openedOn),
          nextOn: dayOrNull(nextOn),
        })),
      };
    },
  }),
  api({
    method: 'get',
    path: '/cases/:id',
    may: school,
    summary: 'One case, and whether its ledger is whole',
    params: Id,
    reply: z.object({
      id: z.uuid(),
      stage: z.string(),
      status: z.string(),
      headline: z.string(),
      events: z.int(),
      ledgerWhole: z.boolean(),
      nextOn: z.iso.date().nullable(),
      nextWhy: z.string().nullable(),
    }),
    handle: async ({ deps, user, params }) => {
      const found = await caseFor(deps.db, user, params.id);
      if (!found) throw new Refusal('NotFound', 'There is no such case at your school');
      const { id, stage, status, headline, events, nextOn, nextWhy } = found;
      return {
        id,
        stage,
        status,
        headline,
        events,
        nextWhy,
        nextOn: dayOrNull(nextOn),
        ledgerWhole: (await firstBreak(deps.db, id)) === null,
      };
    },
  }),
  api({
    method: 'post',
    path: '/cases/:id/change',
    may: ['sal', 'headteacher', 'attendance-officer'],
    summary: 'Note, hold, resume or close a case',
    params: Id,
    body: z.strictObject({
      do: z.enum(['note', 'hold', 'resume', 'close']),
      text: z.string().trim().max(2000).default(''),
      until: z.union([z.literal(''), z.iso.date()]).default(''),
    }),
    reply: z.object({ done: z.literal(true) }),
    handle: async (ctx) => {
      await change(ctx, ctx.params.id, ctx.body);
      return { done: true as const };
    },
  }),
];
