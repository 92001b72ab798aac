import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { type ImportKind, importKinds } from '../../policy/register/csv-forms.ts';
import { guess, ownForm } from '../../policy/register/file-how.ts';
import type { Mapping } from '../../policy/register/mapping/mapping.ts';
import { readMapping } from '../../policy/register/mapping/read-mapping.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { keepMapping, mappingsOf, removeMapping, type SchoolMapping } from '../../prisma/school-mappings.ts';
import { keepers } from '../register/reach.ts';
import type { Ctx } from '../web/route.ts';
import { api, form } from '../web/routes.ts';
import { importsView } from './import-view.ts';

const OwnMapping = z
  .object({
    id: z.uuid(),
    name: z.string().describe('What an import calls it as its layout'),
    title: z.string(),
    kind: z.enum(importKinds),
    text: z.string().describe('As it was written'),
    keptAt: z.iso.datetime(),
  })
  .meta({ id: 'OwnMapping', description: 'How an export of the school’s own is read (docs/mappings.md)' });

const facts = ({ id, name, title, kind, text, keptAt }: SchoolMapping): z.infer<typeof OwnMapping> => ({
  ...{ id, name, title, text, kind: kind as ImportKind },
  keptAt: keptAt.toISOString(),
});

/** No mapping is longer, in bytes. */
const mostBytes = 100_000;

type Asking = Pick<Ctx, 'deps' | 'user' | 'upload'>;

/**
 * Keeps the mapping that came with a request, in place of one of the same name.
 * @throws Refusal('BadInput') with each line that is wrong
 */
async function keepUpload({ deps, user, upload }: Asking): Promise<SchoolMapping> {
  if (!upload) throw new Refusal('BadInput', 'Choose a file');
  if ((await stat(upload.path)).size > mostBytes)
    throw new Refusal('BadInput', 'This is too large for a mapping: choose the YAML file that says how your export is read');
  const text = await readFile(upload.path, 'utf8');
  const { mapping: name, title, kind } = mustHaveOwnName(readMapping(text, upload.name || 'The mapping'), deps);
  const { id: schoolId } = await schoolOf(deps.db, user);
  return keepMapping(deps.db, { schoolId, name, title, kind, text, keptBy: user.id });
}

function mustHaveOwnName(mapping: Mapping, { layouts }: Ctx['deps']): Mapping {
  const { mapping: name } = mapping;
  if (name === guess || name === ownForm || layouts.some((one) => one.mapping === name))
    throw new Refusal('BadInput', `Firstbell has a mapping "${name}" itself: give yours another name in its line "mapping:"`);
  return mapping;
}

async function remove({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string): Promise<void> {
  const { id: schoolId } = await schoolOf(deps.db, user);
  if (!(await removeMapping(deps.db, schoolId, id))) throw new Refusal('NotFound', 'There is no such mapping at your school');
}

const Id = z.object({ id: z.uuid() });
const Pressed = z.object({ decisionKey: z.uuid() });

/** How a school's own exports are read: brought in as a file, shown among the layouts, taken out again. */
export const mappingRoutes = [
  form({
    path: '/imports/mappings',
    may: keepers,
    summary: 'Keep how an export of the school’s own is read',
    upload: 'mapping',
    concerns: 'mapping',
    body: Pressed,
    handle: async (ctx) => ({ goTo: '/imports', say: `“${(await keepUpload(ctx)).title}” can be chosen now as a layout.` }),
    again: (ctx) => importsView(ctx),
  }),
  form({
    path: '/imports/mappings/:id',
    may: keepers,
    summary: 'Take out how an export of the school’s own is read',
    params: Id,
    body: Pressed,
    handle: async (ctx) => {
      await remove(ctx, ctx.params.id);
      return { goTo: '/imports', say: 'The layout was taken out.' };
    },
    again: (ctx) => importsView(ctx),
  }),
  api({
    ...{ method: 'get', path: '/imports/mappings', name: 'listMappings', may: keepers },
    summary: 'How exports of the school’s own are read',
    reply: z.object({ rows: z.array(OwnMapping) }),
    handle: async ({ deps, user }) => ({ rows: (await mappingsOf(deps.db, (await schoolOf(deps.db, user)).id)).map(facts) }),
  }),
  api({
    ...{ method: 'post', path: '/imports/mappings', name: 'keepMapping', may: keepers },
    summary: 'Keep how an export of the school’s own is read',
    more: 'The body is a mapping in YAML (docs/mappings.md). One of the same name is replaced. A refusal names each line that is wrong.',
    takes: 'application/yaml',
    reply: OwnMapping,
    handle: async (ctx) => facts(await keepUpload(ctx)),
  }),
  api({
    ...{ method: 'post', path: '/imports/mappings/:id/removal', name: 'removeMapping', may: keepers },
    summary: 'Take out how an export of the school’s own is read',
    params: Id,
    body: z.strictObject({}),
    reply: z.object({ removed: z.literal(true) }),
    handle: async (ctx) => {
      await remove(ctx, ctx.params.id);
      return { removed: true as const };
    },
  }),
];
