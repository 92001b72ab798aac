import { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type ImportKind, importKinds } from '../../policy/register/csv-forms.ts';
import { FileHow } from '../../policy/register/file-how.ts';
import { ImportEffects } from '../../policy/register/import-effects.ts';
import { fingerprint, type ImportListed, importAsked, importOf } from '../../prisma/imports.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import type { ImportAsked } from '../deps.ts';
import { casesSaid } from '../register/changed.ts';
import type { Ctx } from '../web/route.ts';

export const Problem = z
  .object({
    row: z.int().describe('In the file, where the heading is row 1; 0 if no row is to blame'),
    column: z.string().describe('Empty if it is the whole row'),
    value: z.string(),
    cure: z.string(),
  })
  .meta({ id: 'ImportProblem', description: 'A row to mend before the file can be imported' });

const statuses = ['waiting', 'running', 'looked', 'done', 'refused', 'cancelled'] as const;
export type ImportStatus = (typeof statuses)[number];

/** An import in a list. */
export const ImportRow = z
  .object({
    id: z.uuid(),
    kind: z.enum(importKinds),
    fileName: z.string(),
    status: z
      .enum(statuses)
      .describe('Looked: nothing is taken in yet, somebody has to say yes. Waiting: for another import of the school'),
    doing: z.string().nullable().describe('What it does just now'),
    says: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    ...{ rows: z.int(), added: z.int(), changed: z.int(), unchanged: z.int() },
    rejected: z.int().describe('Rows that are left out, as they are wrong'),
    casesOpened: z.int().describe('Cases that the new register called for'),
    casesTakenUp: z.int().describe('Closed cases that were taken up again'),
    casesTold: z.int().describe('Open cases that it mattered to'),
  })
  .meta({ id: 'ImportRow', description: 'One file on its way into the register' });

const Look = z
  .object({
    seen: z.string().describe('Names what is shown here: say it when you take the import'),
    opens: z
      .array(
        z.object({
          ...{ pupilId: z.uuid(), says: z.string() },
          since: z.iso.date().nullable().describe('Attendance has called for the case from this day, before the newest marks'),
          again: z.literal(true).optional().describe('It is a closed case, which would be taken up again'),
        }),
      )
      .describe('Cases that would open, or be taken up again'),
    tells: z.array(z.uuid()).describe('Open cases that it would matter to'),
    closed: z
      .array(z.object({ caseId: z.uuid(), says: z.array(z.string()) }))
      .describe('Closed cases that would ask for a correction of what a letter said'),
    referrals: z
      .array(z.object({ referralId: z.uuid(), says: z.array(z.string()) }))
      .describe('Open referrals in which something would have no ground any more'),
    letters: z.array(z.uuid()).describe('Letters of those cases that are approved and have not gone yet'),
    held: z
      .array(z.object({ letterId: z.uuid(), why: z.string() }))
      .describe(
        'Those of them that would not go any more until a person says so, as their ground would be gone or their figures wrong',
      ),
  })
  .meta({ id: 'ImportLook', description: 'What taking the import would set off' });

const Read = z
  .object({
    layout: z.string().describe('The layout that its columns were read by'),
    guessed: z.boolean(),
    format: z.string(),
    encoding: z.string().nullable().describe('Null in a workbook'),
    headingRow: z.int().nullable(),
    notes: z.array(z.string()).describe('What to look at before it is taken'),
  })
  .meta({ id: 'ImportRead', description: 'How a file was read' });

export const Import = z
  .object({
    ...ImportRow.shape,
    read: Read.nullable().describe('Null for what came in no file that was looked at'),
    look: Look.nullable().describe('Null unless its status is looked'),
    problems: z.array(Problem),
  })
  .meta({ id: 'Import' });

export const importRow = (row: ImportListed): z.infer<typeof ImportRow> => ({
  ...{ id: row.id, kind: row.kind as ImportKind, fileName: row.fileName },
  ...{ status: row.status as ImportStatus, doing: row.doing },
  says: says(row),
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  ...{ rows: row.rows, added: row.added, changed: row.changed, unchanged: row.unchanged },
  rejected: row.rejected,
  ...{ casesOpened: row.casesOpened, casesTakenUp: row.casesTakenUp, casesTold: row.casesTold },
});

const unended: Partial<Record<string, string>> = {
  waiting: 'It waits for another import to end',
  running: 'It is still running',
  looked: 'Not taken yet: somebody has to say yes',
  refused: 'Refused: nothing was taken in',
  cancelled: 'Cancelled: nothing was taken in',
};

/** What came of an import, in a sentence. */
function says({ status, added, changed, rejected, ...counts }: ImportListed): string {
  const so = unended[status];
  if (so) return so;
  const rows = added + changed === 0 ? 'Nothing new' : `${counted(added, 'new row')}, ${counted(changed, 'changed', 'changed')}`;
  const left = rejected > 0 ? `${counted(rejected, 'row')} left out` : null;
  return [rows, left, casesSaid(counts)].filter((said) => said !== null).join('. ');
}

/**
 * An import within the user's reach.
 * @throws Refusal('NotFound') if there is none at this school.
 */
export async function importAt({ deps, user }: Pick<Ctx, 'deps' | 'user'>, id: string) {
  const found = await importOf(deps.db, (await schoolOf(deps.db, user)).id, id);
  if (!found) throw new Refusal('NotFound', 'There is no such import at your school');
  return found;
}

/** What the page of an import and a machine both say of it. */
export function importFacts(found: Awaited<ReturnType<typeof importAt>>): z.infer<typeof Import> {
  return {
    ...importRow(found),
    read: found.how === null ? null : readFacts(found.how),
    look: found.status === 'looked' ? look(found.effects) : null,
    problems: z.array(Problem).parse(found.problems),
  };
}

function readFacts(kept: unknown): z.infer<typeof Read> {
  const { by: layout, guessed, format, encoding, headingRow, notes, unsure } = FileHow.parse(kept);
  const doubts = unsure.map(({ column, says }) => (column === '' ? says : `“${column}”: ${says}`));
  return { layout, guessed, format, encoding, headingRow, notes: [...notes, ...doubts] };
}

function look(kept: unknown): z.infer<typeof Look> {
  const effects = ImportEffects.parse(kept);
  const { opened: opens, told: tells, letters, closed, referrals } = effects;
  return {
    ...{ seen: fingerprint(effects), opens, tells, closed, referrals },
    ...{ letters: letters.map(({ id }) => id), held: heldOf(letters) },
  };
}

const heldOf = (letters: ImportEffects['letters']) =>
  letters.flatMap(({ id: letterId, held: why }) => (why === null ? [] : [{ letterId, why }]));

type Brought = { kind: ImportKind; fileName?: string | undefined; layout?: string | undefined; reason?: string | undefined };

/** The file that came with a request, and for which school it is. */
async function asked({ deps, user, upload }: Asking, { kind, fileName, layout, reason }: Brought): Promise<ImportAsked> {
  if (!upload) throw new Refusal('BadInput', 'Choose a file');
  const { id: schoolId } = await schoolOf(deps.db, user);
  return { kind, schoolId, fileName: fileName ?? upload.name, by: user.id, path: upload.path, mapping: layout, reason };
}

/** Takes the file that came with a request into the register of the user's school. */
export const importUpload = async (ctx: Asking & Pick<Ctx, 'key'>, brought: Brought) =>
  ctx.deps.importFile({ ...(await asked(ctx, brought)), key: ctx.key });

/**
 * How far the import is that was asked for under the key of this request and has not ended.
 * @throws Refusal('Busy') if it has only just come
 */
export async function importUnderWay(ctx: Pick<Ctx, 'deps' | 'user' | 'key'>): Promise<z.infer<typeof Import>> {
  const { last } = await importAsked(ctx.deps.db, (await schoolOf(ctx.deps.db, ctx.user)).id, ctx.key);
  if (!last) throw new Refusal('Busy', 'The first request with this Idempotency-Key is still being worked on');
  return importFacts(last);
}

/** Only looks at what taking it would do. */
export const lookAtUpload = async (ctx: Asking, brought: Brought) => ctx.deps.lookAtFile(await asked(ctx, brought));

type Asking = Pick<Ctx, 'deps' | 'user' | 'upload'>;
