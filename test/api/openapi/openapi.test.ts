import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { allRoutes } from '../../../api/all-routes.ts';
import { nouns, type Operation, openApi, type Parameter } from '../../../api/openapi/openapi.ts';
import { schemasOf } from '../../../api/openapi/schemas.ts';
import type { ApiRoute } from '../../../api/web/route.ts';
import { schoolRoles } from '../../../policy/people/roles.ts';

const routes = allRoutes().filter((route): route is ApiRoute => route.kind === 'api');
const description = openApi(allRoutes());
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, path, operation] as const),
);
const key = { $ref: '#/components/parameters/Idempotency-Key' };
const own = ({ parameters }: Operation) => parameters.filter((one): one is Parameter => 'name' in one);
const contentOf = ({ requestBody, responses }: Operation) =>
  [requestBody, ...Object.values(responses)].flatMap((one) => (one && 'content' in one ? Object.values(one.content) : []));

describe('the OpenAPI document', () => {
  it('is one, by the schema of OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(description))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('refers to nothing that it does not hold', () => {
    const refs = [...new Set(JSON.stringify(description).match(/(?<="\$ref":")[^"]+/g))];
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) {
      const steps = ref.slice(2).split('/');
      expect([ref, steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], description)]).toEqual([
        ref,
        expect.anything(),
      ]);
    }
  });

  it('has no two paths that a request could not tell apart', () => {
    const shapes = Object.keys(description.paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('has a name of its own for each endpoint, under a noun with words', () => {
    const names = operations.map(([, , { operationId }]) => operationId);
    expect(names).toHaveLength(routes.length);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(operations.map(([, , { tags }]) => tags[0]))).toEqual(new Set(Object.keys(nouns)));
  });

  it.each(operations)('%s names each part of its path, and holds only schemas that are ones', (_, path, operation) => {
    const named = own(operation).filter((one) => one.in === 'path');
    expect(named.map(({ name }) => `{${name}}`).sort()).toEqual((path.match(/\{\w+\}/g) ?? []).sort());
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', ...description });
    for (const { schema } of [...own(operation), ...contentOf(operation)])
      expect(ajv.compile(within(schema))).toBeInstanceOf(Function);
  });

  it.each(operations)('%s says which errors it answers, and asks a key if it is a POST', (name, path, operation) => {
    const post = name.startsWith('post ');
    expect(operation.parameters.some((one) => JSON.stringify(one) === JSON.stringify(key))).toBe(post);
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining([
        '200',
        '401',
        '422',
        '503',
        'default',
        ...(path.includes('{') ? ['404'] : []),
        ...(post ? ['409'] : []),
      ]),
    );
  });

  it('says the same of a shape on both sides, where one is taken and answered', () => {
    const taken = schemasOf(
      routes.flatMap(({ params, query, body }) => [params, query, body]),
      'input',
    ).named;
    const told = schemasOf(
      routes.flatMap(({ reply }) => (reply ? [reply] : [])),
      'output',
    ).named;
    for (const [name, schema] of Object.entries(taken)) if (name in told) expect([name, told[name]]).toEqual([name, schema]);
  });

  it('offers as colleagues to ask only those whom the rules let be asked: people of the school', () => {
    const decision = description.components.schemas.CaseDecision as {
      oneOf: { properties: Record<string, { enum?: string[] }> }[];
    };
    const asked = decision.oneOf.flatMap(({ properties }) => properties.of?.enum ?? []);
    expect(asked.toSorted()).toEqual(schoolRoles.toSorted());
  });

  it('lets no body hold a field that it does not name', () => {
    const bodies = routes.filter(({ method, takes }) => method === 'post' && takes === null).map(({ body }) => body);
    const { each, named } = schemasOf(bodies, 'input');
    const loose = JSON.stringify([each, named]).match(/"properties":/g)?.length;
    const closed = JSON.stringify([each, named]).match(/"additionalProperties":false/g)?.length;
    expect([loose, bodies.length]).toEqual([closed, 38]);
  });
});

/** The schema with its references pointing into the document. */
const within = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as object;
