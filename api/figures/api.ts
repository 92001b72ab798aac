import { z } from 'zod';
import { api } from '../web/routes.ts';
import { figuresOf, pupilsBehind } from './facts.ts';
import { OneClass, readers, When, Which, YearGroup } from './reach.ts';
import { Figures, PupilStanding } from './shapes.ts';

const said = { method: 'get', may: readers, query: When, reply: Figures } as const;

/** The figures for machines: the same as the pages say. */
export const figuresApi = [
  api({
    ...{ ...said, path: '/figures', name: 'getFigures' },
    summary: 'The figures of the school; for a class teacher those of the class',
    handle: (ctx) => figuresOf(ctx, {}, ctx.query),
  }),
  api({
    ...{ ...said, path: '/figures/years/:yearGroup', name: 'getYearFigures', params: YearGroup },
    summary: 'The figures of a year group',
    handle: (ctx) => figuresOf(ctx, ctx.params, ctx.query),
  }),
  api({
    ...{ ...said, path: '/figures/classes/:className', name: 'getClassFigures', params: OneClass },
    summary: 'The figures of a class',
    handle: (ctx) => figuresOf(ctx, ctx.params, ctx.query),
  }),
  api({
    ...{ method: 'get', path: '/figures/pupils', name: 'listPupilFigures', may: readers, query: Which },
    summary: 'The pupils behind a figure, each with how far they are from each line',
    reply: z.object({ on: z.iso.date(), asKnownThen: z.boolean(), rows: z.array(PupilStanding) }),
    handle: (ctx) => pupilsBehind(ctx, ctx.query),
  }),
];
