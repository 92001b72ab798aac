import { z } from 'zod';
import { bandBars } from '../charts/band-bars.ts';
import { drawn, Size, widths } from '../charts/draw.ts';
import type { Ctx, Download, View } from '../web/route.ts';
import { page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { figuresApi } from './api.ts';
import { figuresOf } from './facts.ts';
import { approachingSheet, bandSheet, figuresView, movementSheet, partsSheet } from './figures-view.ts';
import { pupilSheet, pupilsApart, pupilsView } from './pupils-view.ts';
import { AsFile, OneClass, readers, Seen, When, Which, YearGroup } from './reach.ts';
import type { Scope } from './standings.ts';

type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** A page of figures, or one of its tables as a file. */
async function shown(ctx: Asking, scope: Scope, { as, ...asked }: z.infer<typeof Seen>): Promise<View | Download> {
  if (as === undefined) return figuresView(ctx, scope, asked);
  const facts = await figuresOf(ctx, scope, asked);
  const sheets = {
    csv: () => partsSheet(facts, null),
    bands: () => bandSheet(facts, null),
    movement: () => movementSheet(facts, null),
    'about-to-cross': () => approachingSheet(facts, asked.within, null),
  };
  return sheetFile(sheets[as]());
}

async function picture(ctx: Asking, scope: Scope, { size, ...asked }: z.infer<typeof Drawn>): Promise<Download> {
  const { bands } = await figuresOf(ctx, scope, asked);
  return drawn('bands.svg', bandBars(bands, widths[size]));
}

const Drawn = When.extend(Size.shape);
const places: { path: string; whose: string; params: z.ZodType<Scope> }[] = [
  { path: '/figures', whose: 'the school', params: z.object({}) },
  { path: '/figures/years/:yearGroup', whose: 'a year group', params: YearGroup },
  { path: '/figures/classes/:className', whose: 'a class', params: OneClass },
];

/** Figures of the school, of its year groups and classes, and the pupils behind each. */
export const figuresRoutes = [
  ...places.flatMap(({ path, whose, ...more }) => [
    page({
      ...{ ...more, path, may: readers, query: Seen },
      summary: `Figures of ${whose}`,
      handle: (ctx) => shown(ctx, ctx.params, ctx.query),
    }),
    page({
      ...{ ...more, path: `${path}/bands.svg`, may: readers, query: Drawn },
      summary: `Pupils of ${whose} by attendance, as a picture`,
      handle: (ctx) => picture(ctx, ctx.params, ctx.query),
    }),
  ]),
  page({
    ...{ path: '/figures/pupils', may: readers, query: Which.extend(AsFile) },
    summary: 'The pupils behind a figure',
    handle: async (ctx) => {
      const { as, ...asked } = ctx.query;
      if (as === undefined) return pupilsView(ctx, asked);
      const { rows, on } = await pupilsApart(ctx, asked);
      return sheetFile(pupilSheet(rows, on, { line: asked.line }));
    },
  }),
  ...figuresApi,
];
