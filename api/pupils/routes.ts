import { z } from 'zod';
import { page } from '../web/routes.ts';
import { foundView } from './found-view.ts';

const Asked = z.object({ name: z.string().trim().max(100).default('') });

export const pupilRoutes = [
  page({
    path: '/pupils',
    may: 'signed-in',
    summary: 'Find a pupil, and what there is of them',
    query: Asked,
    handle: (ctx) => foundView(ctx, ctx.query.name),
  }),
];
