import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { pupilsFor } from '../../prisma/pupils.ts';
import { pupilsMeant } from '../../prisma/pupils-meant.ts';
import { marksOf } from '../../prisma/register.ts';
import { mapped, pageOf } from '../web/paging.ts';
import { api } from '../web/routes.ts';
import { classesFor, classWeek, marksBetween, pupilAt, pupilFacts, pupilRow, yearOf } from './facts.ts';
import { KnownByApi } from './known-on.ts';
import { Between, Id, List, OneClass, school, Week } from './reach.ts';
import { ClassRegister, Marked, Pupil, PupilRow } from './shapes.ts';

/** The register for machines: the same as its pages say. */
export const registerApi = [
  api({
    ...{ method: 'get', path: '/register/classes', name: 'listClasses', may: school },
    summary: 'The classes whose register the token’s user reads',
    reply: z.object({ rows: z.array(z.object({ className: z.string() })) }),
    handle: async (ctx) => ({ rows: (await classesFor(ctx)).map((className) => ({ className })) }),
  }),
  api({
    ...{ method: 'get', path: '/register/classes/:className', name: 'getClassWeek', may: school },
    summary: 'The register of a class for a week',
    params: OneClass,
    query: Week.extend(KnownByApi.shape),
    reply: ClassRegister,
    handle: async (ctx) => {
      const { className } = ctx.params;
      if (!(await classesFor(ctx)).includes(className)) throw new Refusal('NotFound', 'There is no such class here');
      return classWeek(ctx, className, ctx.query);
    },
  }),
  api({
    ...{ method: 'get', path: '/register/pupils', name: 'listPupils', may: school },
    summary: 'Pupils by class and name, each with this year’s attendance',
    query: List,
    reply: pageOf(PupilRow),
    handle: async (ctx) => {
      const { deps, user } = ctx;
      const { class: className, name, after } = ctx.query;
      const meant = name === undefined ? undefined : (await pupilsMeant(deps.db, user, name)).map(({ id }) => id);
      return mapped(await pupilsFor(deps.db, user, { className, meant, after, year: await yearOf(ctx) }), pupilRow);
    },
  }),
  api({
    ...{ method: 'get', path: '/register/pupils/:id', name: 'getPupil', may: school },
    summary: 'One pupil: this year’s figures, cases, contacts, and what was corrected',
    params: Id,
    query: KnownByApi,
    reply: Pupil,
    handle: async (ctx) => {
      const pupil = await pupilAt(ctx, ctx.params.id, ctx.query.knownOn);
      return pupilFacts(ctx, pupil, await marksOf(ctx.deps.db, ctx.params.id, pupil.year, pupil.then));
    },
  }),
  api({
    ...{ method: 'get', path: '/register/pupils/:id/marks', name: 'listMarks', may: school },
    summary: 'A pupil’s marks, oldest first, a year of them at most',
    params: Id,
    query: Between.extend(KnownByApi.shape),
    reply: z.object({ rows: z.array(Marked) }),
    handle: async (ctx) => ({ rows: await marksBetween(ctx, ctx.params.id, ctx.query) }),
  }),
];
