import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { allRoutes } from '../../../api/all-routes.ts';
import { openApi } from '../../../api/openapi/openapi.ts';

type Parameter = { name: string; in: string; required: boolean; schema: object };
type Content = { content: Record<string, { schema: object }> };
type Operation = { summary: string; parameters: Parameter[]; requestBody?: Content; responses: Record<string, Content> };
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };

const document = openApi(allRoutes()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, path, operation] as const),
);
const contentOf = ({ requestBody, responses }: Operation) =>
  [requestBody, ...Object.values(responses)].flatMap((one) => Object.values(one?.content ?? {}));

describe('the OpenAPI document', () => {
  it.each(operations)('%s names each part of its path, and holds only schemas that are ones', (_, path, operation) => {
    const named = operation.parameters.filter((one) => one.in === 'path').map((one) => `{${one.name}}`);
    expect(named.sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort());
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', ...document });
    for (const { schema } of [...operation.parameters, ...contentOf(operation)])
      expect(ajv.compile(within(schema))).toBeInstanceOf(Function);
  });

  it('asks a key of each POST and of nothing else', () => {
    const asks = (operation: Operation) => operation.parameters.some((one) => one.name === 'Idempotency-Key' && one.required);
    expect(operations.filter(([, , one]) => asks(one)).map(([name]) => name)).toEqual(
      operations.map(([name]) => name).filter((name) => name.startsWith('post ')),
    );
  });
});

/** The schema with its references pointing into the document. */
const within = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as object;
