import { z } from 'zod';

export type Schema = Record<string, unknown>;

/**
 * JSON Schemas of zod schemas, in their order. What has a name (`.meta({ id })`) is given once, in `named`, and referred to as
 * a component. `io` says which side of a schema is meant: what is sent to us, or what we answer.
 */
export function schemasOf(
  schemas: readonly z.ZodType[],
  io: 'input' | 'output',
): { each: Schema[]; named: Record<string, Schema> } {
  const all = z.object(Object.fromEntries(schemas.map((schema, i) => [String(i), schema])));
  const made = JSON.stringify(z.toJSONSchema(all, { io, unrepresentable: 'any', override: plainly(io) }));
  const { properties, $defs = {} } = JSON.parse(made.replaceAll('"#/$defs/', '"#/components/schemas/')) as {
    properties: Record<string, Schema>;
    $defs?: Record<string, Schema>;
  };
  return { each: schemas.map((_, i) => properties[i] ?? {}), named: $defs };
}

/** Leaves out what a reader does not need: a format's own pattern, the bounds of exact numbers, and that answers say no more. */
const plainly =
  (io: 'input' | 'output') =>
  ({ zodSchema, jsonSchema }: { zodSchema: { _zod: { def: object } }; jsonSchema: Schema }): void => {
    // A time without a zone is no "time" to JSON Schema.
    if ('format' in zodSchema._zod.def && zodSchema._zod.def.format === 'time')
      jsonSchema.description ??= 'A time, such as 15:30';
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  };
