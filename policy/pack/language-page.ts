import { z } from 'zod';
import { Pack } from './pack.ts';

type Schema = {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  $defs?: Record<string, Schema>;
};

/** The JSON Schema of a pack, for editors: what a person writes, before it is understood. */
export const packSchema = (): Schema =>
  z.toJSONSchema(Pack, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }) as Schema;

/** docs/policy-language.md: every word of the policy language, as the schema itself describes it. */
export function languagePage(): string {
  const { $defs = {}, ...pack } = packSchema();
  const parts = Object.entries($defs).filter(([name]) => !name.startsWith('__'));
  return [
    '# The policy language',
    '',
    'A policy is one YAML 1.2 file, read aloud by those who act on it. This page is made from the schema (`npx firstbell policy-language --write`); editors check a file against [policy-pack.schema.json](policy-pack.schema.json). The packs in `policy/packs/` show it in use.',
    '',
    'What the law fixes has no words here: codes, amounts, windows and who may decide are kept apart, dated, and no policy changes them.',
    '',
    '## A pack',
    '',
    ...words(pack),
    ...parts.flatMap(([name, part]) => [
      '',
      `## ${sentence(name)}`,
      '',
      ...(part.description ? [part.description, ''] : []),
      ...ways(part),
    ]),
    '',
  ].join('\n');
}

const sentence = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The words of a part, or of each way in which it may be written. */
function ways(part: Schema): string[] {
  const all = part.anyOf ?? part.oneOf;
  if (!all) return part.properties ? words(part) : [`Written as ${kind(part)}.`];
  return all.flatMap((one) => words(one));
}

function words({ properties = {}, required = [] }: Schema, depth = 0): string[] {
  return Object.entries(properties).flatMap(([word, of]) => {
    const must = required.includes(word) ? '' : ' (may be left out)';
    const says = of.description ? `: ${of.description}` : '';
    return [`${'  '.repeat(depth)}- \`${word}\`${must}, ${kind(of)}${says}`, ...within(of, depth + 1)];
  });
}

/** What stands inside of a word that has no page part of its own. */
function within(of: Schema, depth: number): string[] {
  if (of.properties) return words(of, depth);
  if (of.items) return within(of.items, depth);
  if (typeof of.additionalProperties === 'object') return within(of.additionalProperties, depth);
  return (of.anyOf ?? of.oneOf ?? []).flatMap((one) => within(one, depth));
}

function kind(of: Schema): string {
  const name = of.$ref?.split('/').at(-1);
  if (name) return `[${name}](#${name.replaceAll(' ', '-')})`;
  if (of.const !== undefined) return `\`${String(of.const)}\``;
  if (of.enum) return `one of ${of.enum.map((one) => `\`${String(one)}\``).join(', ')}`;
  const all = of.anyOf ?? of.oneOf;
  if (all) return [...new Set(all.map(kind))].join(' or ');
  if (of.items) return `a list of ${kind(of.items)}`;
  if (typeof of.additionalProperties === 'object') return `by name: ${kind(of.additionalProperties)}`;
  return (
    { string: 'text', integer: 'a whole number', number: 'a number', boolean: 'true or false', object: 'with' }[of.type ?? ''] ??
    'a value'
  );
}
