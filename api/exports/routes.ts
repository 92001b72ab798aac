import { z } from 'zod';
import { capital } from '../../policy/capital.ts';
import type { ExportKind } from '../../prisma/exports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { KnownByApi } from '../register/known-on.ts';
import { keepers } from '../register/reach.ts';
import type { Ctx, Download } from '../web/route.ts';
import { apiFile, page } from '../web/routes.ts';
import { type Asked, exported, exportKinds, exportWords, keptThen, OfMarks, ofMarks } from './exported.ts';

type Asking = Pick<Ctx<unknown, Asked>, 'deps' | 'user' | 'at' | 'query'>;

async function download({ deps, user, at, query }: Asking, kind: ExportKind): Promise<Download> {
  const school = await schoolOf(deps.db, user);
  const { name, content } = exported(deps.db, { schoolId: school.id, today: todayAt(school, at) }, kind, query);
  return { file: name, type: 'text/csv', content };
}

function queryOf(kind: ExportKind) {
  if (ofMarks.includes(kind)) return OfMarks;
  return keptThen.includes(kind) ? KnownByApi : z.object({});
}

/** A school's data, taken out as CSV by its people and by machines. */
export const exportRoutes = exportKinds.flatMap((kind) => {
  const query = queryOf(kind);
  const said = { path: `/exports/${kind}`, may: keepers, summary: `${exportWords[kind]}, as a CSV file`, query };
  const handle = (ctx: Asking) => download(ctx, kind);
  return [
    page({ ...said, handle: (ctx) => handle({ ...ctx, query: ctx.query as Asked }) }),
    apiFile({
      ...{ ...said, method: 'get', name: `export${capital(kind)}`, params: z.object({}), sends: 'text/csv' },
      handle: (ctx) => handle({ ...ctx, query: ctx.query as Asked }),
    }),
  ];
});
