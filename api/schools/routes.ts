import { z } from 'zod';
import { schoolsOfTrust } from '../../prisma/trusts.ts';
import { api, page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { schoolHeader } from '../web/signed-in.ts';
import { schoolStandings } from './facts.ts';
import { Asked, overseers, Seen } from './reach.ts';
import { schoolsSheet, schoolsView, stagesSheet } from './schools-view.ts';
import { SchoolStandings } from './shapes.ts';

/** Figures over the schools of a trust or an authority, and which schools a trust lead may choose. */
export const schoolRoutes = [
  page({
    ...{ path: '/schools', may: overseers, query: Seen },
    summary: 'Figures of the schools of a trust or an authority, a school a row',
    handle: async (ctx) => {
      const { as, ...asked } = ctx.query;
      if (as === undefined) return schoolsView(ctx, asked);
      return sheetFile((as === 'csv' ? schoolsSheet : stagesSheet)(await schoolStandings(ctx, asked)));
    },
  }),
  api({
    ...{ method: 'get', path: '/schools/figures', name: 'listSchoolFigures', may: overseers, query: Asked },
    summary: 'Figures of the schools of a trust or an authority: numbers, and no pupil',
    reply: SchoolStandings,
    handle: async (ctx) => ({ within: ctx.query.within, rows: await schoolStandings(ctx, ctx.query) }),
  }),
  api({
    ...{ method: 'get', path: '/schools', name: 'listSchools', may: ['trust-lead'] },
    summary: 'The schools of the trust',
    more: `A token of a trust lead asks of its own school. The header \`${schoolHeader}\` with the id of another of these makes any request one of that school.`,
    reply: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), chosen: z.boolean() })) }),
    handle: async ({ deps, user }) => ({
      rows: (await schoolsOfTrust(deps.db, user)).map((one) => ({ ...one, chosen: one.id === user.schoolId })),
    }),
  }),
];
