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
export function packSchema(): Schema {
  const schema = z.toJSONSchema(Pack, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }) as Schema;
  const defs = schema.$defs ?? {};
  for (const amount of ['percentage', 'duration', 'school days', 'school days or none', 'due'])
    defs[amount] = orSetting(defs[amount] ?? {});
  return ofEitherLayer({ ...schema, $defs: { ...defs, setting: byName } });
}

/** A school's own policy names the trust's that it extends, says only what differs, and gives settings their values. */
function ofEitherLayer({ required = [], properties = {}, ...schema }: Schema): Schema {
  const { settings, ...others } = properties;
  const value: Schema = { anyOf: [{ type: 'string' }, { type: 'integer' }] };
  const either = settings && {
    ...settings,
    additionalProperties: { anyOf: [settings.additionalProperties as Schema, value] },
  };
  return {
    ...{ ...schema, properties: { ...others, ...(either && { settings: either }) } },
    ...{ required: required.filter((word) => itsOwn.includes(word)), anyOf: [{ required: ['extends'] }, { required }] },
  };
}

const itsOwn = ['pack', 'title', 'in force', 'source'];

/** A value may stand as the name of a setting, which is read before anything else is. */
const byName: Schema = {
  type: 'object',
  description: 'Instead of a value: the name of one that "settings" gives.',
  properties: { setting: { type: 'string' } },
  required: ['setting'],
  additionalProperties: false,
};

const orSetting = ({ description = '', ...value }: Schema): Schema => ({
  description,
  anyOf: [value, { $ref: '#/$defs/setting' }],
});

/** docs/policy-language.md: every word of the policy language, as the schema itself describes it. */
export function languagePage(): string {
  const { $defs = {}, anyOf: [, whole = {}] = [], ...pack } = packSchema();
  const parts = Object.entries($defs).filter(([name]) => !name.startsWith('__'));
  return [
    '# The policy language',
    '',
    'A policy is one YAML 1.2 file, read aloud by those who act on it. This page is made from the schema (`npx firstbell policy-language --write`); editors check a file against [policy-pack.schema.json](policy-pack.schema.json). The packs in `policy/packs/` show it in use.',
    '',
    'What the law fixes has no words here: codes, amounts, windows and who may decide are kept apart, dated, and no policy changes them.',
    '',
    '## A school’s own policy within its trust’s',
    '',
    'Where a trust has a policy and its schools write their own within it, the school’s file `extends` the trust’s and says only what differs: a value for each of the trust’s `settings` that it wants otherwise, and the parts that the trust lists under `schools may write`. People, stages, bands and documents replace the trust’s of the same name or are added; rules, reviews, rewards and advice stand behind the trust’s. [An example](examples/school-within-a-trust.yaml). `npx firstbell policy show SCHOOL --explain` prints what is in force, and which layer each part came from.',
    '',
    '## A pack',
    '',
    ...words({ ...pack, ...whole }),
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
  return all.flatMap((one) => (one.properties ? variant(one, 0) : [`- Written as ${kind(one)}.`]));
}

/** One way in which a part may be written: by the word that has one value in it, and what belongs to that beneath. */
function variant({ properties = {}, required = [] }: Schema, depth: number): string[] {
  const [word, value] = Object.entries(properties).find(([, of]) => of.const !== undefined) ?? [];
  if (word === undefined) return words({ properties, required }, depth);
  const { [word]: _, ...others } = properties;
  return [`${'  '.repeat(depth)}- \`${word}: ${String(value?.const)}\``, ...words({ properties: others, required }, depth + 1)];
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
  return (of.anyOf ?? of.oneOf ?? []).flatMap((one) => (one.properties ? variant(one, depth) : within(one, depth)));
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
