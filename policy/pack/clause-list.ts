import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Pack } from './pack.ts';
import { sourceText } from './source-text.ts';

const Clause = z.strictObject({
  clause: z.string(),
  from: z.string(),
  became: z.enum(['expressed', 'advice', 'overridden']),
  where: z.string(),
  why: z.string().optional(),
});
export type Clause = z.infer<typeof Clause>;

const ClauseList = z.strictObject({ policy: z.string(), clauses: z.array(Clause).min(1) });

/**
 * The clauses of a policy's document, and what became of each in its pack.
 * @throws Refusal('BadInput') that names the file and the place.
 */
export function readClauses(text: string, fileName: string): Clause[] {
  const source = sourceText(text, fileName);
  const parsed = ClauseList.safeParse(source.value);
  if (parsed.success) return parsed.data.clauses;
  const [issue] = parsed.error.issues;
  const { line, column } = source.broken?.place ?? source.placeOf(issue?.path ?? []);
  throw new Refusal('BadInput', `${fileName}:${line}:${column} ${source.broken?.why ?? issue?.message}`);
}

/** The part of a pack that a clause names, "alongside / Three days in a row"; undefined if there is none. */
export const partNamed = (pack: Pack, where: string): unknown =>
  where.split(' / ').reduce<unknown>((part, name) => within(part, name), pack);

/** A word of the language, or in a list the part that begins with these words. */
function within(part: unknown, name: string): unknown {
  if (part === null || typeof part !== 'object') return undefined;
  if (!Array.isArray(part)) return Object.hasOwn(part, name) ? (part as Record<string, unknown>)[name] : undefined;
  return part.find((one) => Object.values(one ?? {}).some((text) => typeof text === 'string' && text.startsWith(name)));
}

const words = { expressed: '**Expressed**', advice: '**Advice**', overridden: '**Overridden by law**' };

/** docs/policies/ID.md: every clause of a policy, and what became of it. */
export function clausesPage(pack: Pack, clauses: readonly Clause[]): string {
  const of = (became: Clause['became']) => clauses.filter((one) => one.became === became).length;
  const rows = clauses.map((one) => `- ${one.from}: “${one.clause}” ${words[one.became]}: ${one.where}${reason(pack, one)}.`);
  return [
    `# ${pack.title}`,
    '',
    `The pack [${pack.pack}.yaml](../../policy/packs/${pack.pack}.yaml), in force from ${pack['in force'].from}. Of the ${clauses.length} clauses of its document ${of('expressed')} are expressed in it, ${of('advice')} are advice that people read, and ${of('overridden')} are overridden by law.`,
    '',
    'This page is made from the pack and its list of clauses (`npx firstbell policy-clauses --write`).',
    '',
    ...rows,
    '',
  ].join('\n');
}

function reason(pack: Pack, { became, where, why }: Clause): string {
  const part = partNamed(pack, where) as { instead?: string; law?: string; 'shown on'?: string } | undefined;
  const law = became === 'overridden' && part?.instead ? `: ${part.instead} (${part.law})` : '';
  const shown = became === 'advice' && part?.['shown on'] ? `, shown on the ${part['shown on']}` : '';
  return `${law}${shown}${why === undefined ? '' : `. ${why}`}`;
}
