import type { Schema } from './schemas.ts';

/** A piece of text, with the place it leads to. */
export type Part = { text: string; href: string | null };
export type Field = { name: string; type: Part[]; says: string };
/** The fields of an object; `when` says of one of several which it is. */
export type Shape = { when: string; fields: Field[] };

type Object_ = { properties: Record<string, Schema>; required?: string[] };
const listOf = (schema: Schema, key: string): Schema[] => (Array.isArray(schema[key]) ? (schema[key] as Schema[]) : []);
const variants = (schema: Schema): Schema[] => [...listOf(schema, 'oneOf'), ...listOf(schema, 'anyOf')];
const plain = (text: string): Part[] => [{ text, href: null }];

const formats: Record<string, string> = { date: 'date, such as 2026-09-14', 'date-time': 'instant', uuid: 'id' };
const types: Record<string, string> = {
  ...{ string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false' },
  ...{ object: 'object', null: 'null' },
};

/** What a value is, in a few words. */
export function typeOf(schema: Schema): Part[] {
  const { $ref, const: only, type, format, items, maxLength } = schema;
  if (typeof $ref === 'string') return [{ text: $ref.split('/').at(-1) ?? '', href: `#shape-${$ref.split('/').at(-1)}` }];
  if (only !== undefined) return plain(JSON.stringify(only));
  if (Array.isArray(schema.enum)) return plain(`one of ${schema.enum.join(', ')}`);
  if (variants(schema).length > 0) return variants(schema).flatMap((one, i) => [...(i > 0 ? plain(' or ') : []), ...typeOf(one)]);
  if (type === 'array') return [...plain('list of '), ...typeOf((items ?? {}) as Schema)];
  if (typeof format === 'string' && format in formats) return plain(formats[format] ?? format);
  const limit = maxLength === undefined ? '' : `, ${maxLength} characters at most`;
  const names = [type].flat().map((one) => types[String(one)] ?? 'anything');
  return plain(`${names.join(' or ')}${limit}`);
}

/** The fields of a body or an answer, those of its own objects among them; one shape for each thing that it may be. */
export function shapesOf(schema: Schema): Shape[] {
  if (isObject(schema)) return [{ when: '', fields: fieldsOf(schema, '') }];
  return variants(schema)
    .filter(isObject)
    .map((one) => {
      const [name, known] = Object.entries(one.properties).find(([, { const: only }]) => only !== undefined) ?? ['', {}];
      const fields = fieldsOf(one, '').filter((field) => field.name !== name);
      return { when: name && `${name} is ${JSON.stringify(known.const)}`, fields };
    });
}

const isObject = (schema: Schema): schema is Schema & Object_ => schema.properties !== undefined;

function fieldsOf({ properties, required = [] }: Object_, within: string): Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const { description } = schema;
    const optional = required.includes(name) ? '' : 'Optional. ';
    const field = { name: within + name, type: typeOf(schema), says: `${optional}${description ?? ''}`.trim() };
    return [field, ...innerOf(schema, within + name)];
  });
}

/** The fields of an object that has no name of its own: in its place, in a list, or where it may be missing. */
function innerOf(schema: Schema, name: string): Field[] {
  if (isObject(schema)) return fieldsOf(schema, `${name}.`);
  if (schema.items) return innerOf(schema.items as Schema, `${name}[]`);
  return variants(schema).flatMap((one) => innerOf(one, name));
}
