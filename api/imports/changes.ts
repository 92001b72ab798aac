import { z } from 'zod';
import { counted } from '../../policy/counted.ts';
import { codeTable, isMissing } from '../../policy/register/codes.ts';
import { sessionWords } from '../../policy/register/session-words.ts';
import { changedRows } from '../../prisma/changed-rows.ts';
import { toldApart } from '../../prisma/told-apart.ts';
import { pageOf } from '../web/paging.ts';
import type { Ctx, View } from '../web/route.ts';
import { PupilName, pupilName } from '../web/shapes.ts';
import { importAt } from './facts.ts';

export const AfterRow = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(0)
    .describe('Where the page begins: the "next" of the page before'),
});

const ChangedRow = z
  .object({
    row: z.int().describe('In the file, where the heading is row 1'),
    pupil: PupilName,
    on: z.iso.date().nullable().describe('Of a mark'),
    session: z.enum(['AM', 'PM']).nullable().describe('Of a mark'),
    contact: z.string().nullable().describe('Of a contact: the name until now'),
    changes: z.array(
      z.object({
        column: z.string().describe('As our own form calls it'),
        was: z.string().describe('What the register says, as a file says it; empty if nothing'),
        now: z.string(),
      }),
    ),
  })
  .meta({ id: 'ChangedRow', description: 'A row of a file that says something else than the register' });
type ChangedRow = z.infer<typeof ChangedRow>;

export const ChangedRows = pageOf(ChangedRow);

type Asking = Pick<Ctx, 'deps' | 'user'>;

/**
 * A page of the rows by which an import that waits for a yes would change the register; empty of any other.
 * @throws Refusal('NotFound') if there is none at this school
 */
export async function changesOf(ctx: Asking, id: string, after: number): Promise<z.infer<typeof ChangedRows>> {
  const { rows, next } = await changedRows(ctx.deps.db, await importAt(ctx, id), after);
  return { rows: rows.map((row) => ({ ...row, pupil: pupilName(row.pupil) })), next };
}

/** The page of what changes, row by row. */
export async function changesView(ctx: Asking, id: string, after: number): Promise<View> {
  const { fileName, kind, changed, status } = await importAt(ctx, id);
  const { rows, next } = await changesOf(ctx, id, after);
  const called = await toldApart(
    ctx.deps.db,
    rows.map(({ pupil }) => pupil.id),
  );
  const href = `/imports/${id}`;
  const title = `${counted(changed, 'row')} ${changed === 1 ? 'is' : 'are'} changed`;
  return {
    template: 'imports/changes.njk',
    model: {
      ...{ href, file: fileName, title: status === 'looked' ? title : 'Nobody has to decide on this import' },
      of: { marks: 'Session', contacts: 'Contact' }[kind] ?? null,
      rows: rows.map(({ row, pupil, changes, ...one }) => ({
        ...{ row, name: called(pupil), className: pupil.className, href: `/register/${pupil.id}` },
        ...{ of: whatOf(one), changes: changes.map(changeWords) },
      })),
      next: next && `${href}/changes?after=${next}`,
    },
  };
}

/** The session or the person that a row is about; null if it is the pupil. */
export const whatOf = ({ on, session, contact }: Pick<ChangedRow, 'on' | 'session' | 'contact'>): string | null =>
  on === null ? contact : sessionWords(`${on} ${session}`);

/** "class: from 9A to 9B"; a code is said with what it means. */
export const changeWords = ({ column, was, now }: ChangedRow['changes'][number]): string =>
  `${column}: from ${said(column, was)} to ${said(column, now)}`;

function said(column: string, value: string): string {
  if (column !== 'code') return value || 'nothing';
  if (isMissing(value)) return 'no mark';
  const meaning = codeTable.find(({ code }) => code === value);
  return meaning ? `${value} (${meaning.words})` : value;
}
