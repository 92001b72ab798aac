import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Placed } from '../../policy/lint/lint-text.ts';
import { Refusal } from '../../policy/refusal.ts';
import { type Draft, draftOf } from '../../prisma/pack-draft.ts';
import { type Kept, keepPack } from '../../prisma/packs.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { DetailedRefusal } from '../web/detailed-refusal.ts';
import type { Ctx } from '../web/route.ts';
import { beginProof } from './proof.ts';
import { whyNotToChange, whyNotToFollow } from './theirs.ts';

type Acting = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** What the linter found, or for which a text is no policy at all: where, why, and what to do. */
export const FoundInPolicy = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  line: z.int(),
  column: z.int(),
  clause: z.string().describe('The words of the file that lead there'),
  why: z.string(),
  cure: z.string(),
});

export const found = ({ severity, line, column, clause, why, cure }: Placed): z.infer<typeof FoundInPolicy> => ({
  ...{ severity, line, column, clause, why, cure },
});

/** No policy is larger, in bytes. */
const mostBytes = 1_000_000;

/** The text that came with a request: as a file, or typed. Its lines end as they do in a file of the command's. */
export async function textOf({ upload }: Pick<Ctx, 'upload'>, typed = ''): Promise<string> {
  if (upload && (await stat(upload.path)).size > mostBytes)
    throw new Refusal('BadInput', 'This is too large: choose the YAML file that says what you do');
  const text = (upload ? await readFile(upload.path, 'utf8') : typed).replaceAll('\r\n', '\n');
  if (text.trim() === '') throw new Refusal('BadInput', 'Choose a file, or paste its text');
  return text;
}

export const fileNameOf = ({ upload }: Pick<Ctx, 'upload'>): string => upload?.name || 'The policy';

/**
 * What keeping a text would do at the user's school; or each thing for which it is no policy.
 * @throws Refusal('NotAllowed') if it is a policy of other schools, or within one of theirs
 */
export async function look(ctx: Acting, text: string, fileName: string): Promise<Draft | { wrong: Placed[] }> {
  const { deps, user, at } = ctx;
  const school = await schoolOf(deps.db, user);
  const draft = await draftOf(deps.db, { text, fileName }, { schoolId: school.id, on: todayAt(school, at) });
  if ('wrong' in draft) return draft;
  const { pack: id, extends: base } = draft.pack;
  const not = (await whyNotToChange(ctx, id)) ?? (base === undefined ? null : await whyNotToFollow(ctx, base));
  if (not !== null) throw new Refusal('NotAllowed', not);
  return draft;
}

/** What somebody has seen of a draft: another one, or another version in force by now, is not what they decided on. */
export const seenOf = ({ version, inForce }: Draft): string => `${version} over ${inForce?.version ?? 'nothing'}`;

/** The same. @throws Refusal('BadInput') as well, with each thing that is wrong */
export async function looked(ctx: Acting, text: string, fileName: string): Promise<Draft> {
  const draft = await look(ctx, text, fileName);
  if ('wrong' in draft) throw new DetailedRefusal('BadInput', saidOf(draft.wrong), { problems: draft.wrong.map(found) });
  return draft;
}

/**
 * Keeps a policy as "firstbell policy add" does, and has it proved.
 * @throws Refusal as `looked` does, and ('Stale') if it would do something else than what was seen
 */
export async function keep(ctx: Acting, text: string, fileName: string, seen?: string): Promise<Kept & { draft: Draft }> {
  const draft = await looked(ctx, text, fileName);
  if (seen !== undefined && seen !== seenOf(draft))
    throw new Refusal('Stale', 'The text, or the version in force, is another one by now: look again at what it would do');
  const school = await schoolOf(ctx.deps.db, ctx.user);
  const how = { on: todayAt(school, ctx.at), bySchool: school.id };
  const kept = await ctx.deps.db.$transaction((tx) => keepPack(tx, text, fileName, how));
  if (kept.fresh) await beginProof(ctx, { version: kept.version, pack: draft.pack });
  return { ...kept, draft };
}

const saidOf = (wrong: readonly Placed[]): string =>
  `It is no policy that we can follow. ${wrong.map(({ line, column, why, cure }) => `Line ${line}, column ${column}: ${why.replace(/\.$/, '')}. ${cure}.`).join(' ')}`;
