import { page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { elsewhereAbsenceRoutes } from './absence-elsewhere.ts';
import { registerApi } from './api.ts';
import { classSheet, classView } from './class-view.ts';
import { concernRoutes } from './concern.ts';
import { correctionRoutes } from './correct.ts';
import { figureRoutes } from './figures.ts';
import { gapRoutes } from './gaps.ts';
import { homeAuthorityRoutes } from './home-authority.ts';
import { KnownOnPage, knownField } from './known-on.ts';
import { partTimeRoutes } from './part-time.ts';
import { pupilChartRoutes } from './pupil-charts.ts';
import { pupilView, weeksSheet } from './pupil-view.ts';
import { AsFile, ClassWeek, Id, school } from './reach.ts';
import { unexplainedRoutes } from './unexplained.ts';

export const registerRoutes = [
  page({
    path: '/register',
    may: school,
    summary: 'The register of a class, week by week',
    query: ClassWeek.extend(AsFile.shape).extend(KnownOnPage.shape),
    concerns: knownField,
    handle: async (ctx) =>
      ctx.query.as === 'csv' ? sheetFile(await classSheet(ctx, ctx.query)) : classView(ctx, ctx.query, ctx.typed),
  }),
  // Before a pupil's page, whose address it could be.
  ...unexplainedRoutes,
  page({
    path: '/register/:id',
    may: school,
    summary: 'A pupil’s register',
    ...{ params: Id, query: AsFile.extend(KnownOnPage.shape) },
    concerns: knownField,
    handle: async (ctx) => {
      const knownOn = ctx.query['as-known-on'];
      if (ctx.query.as === 'csv') return sheetFile(await weeksSheet(ctx, ctx.params.id, knownOn));
      return pupilView(ctx, ctx.params.id, ctx.typed, knownOn);
    },
  }),
  ...figureRoutes,
  ...elsewhereAbsenceRoutes,
  ...pupilChartRoutes,
  ...correctionRoutes,
  ...concernRoutes,
  ...homeAuthorityRoutes,
  ...gapRoutes,
  ...partTimeRoutes,
  ...registerApi,
];
