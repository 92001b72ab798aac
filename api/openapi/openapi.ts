import { z } from 'zod';
import type { ApiRoute, Route } from '../web/route.ts';
import { page } from '../web/routes.ts';

const problemSchema = {
  type: 'object',
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
  required: ['type', 'title', 'status', 'detail'],
};

/** The API's own description, made of the schemas that check it. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    if (route.kind !== 'api') continue;
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Firstbell', version: '1', description: 'Attendance casework. Every POST carries an Idempotency-Key.' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: { Problem: problemSchema } },
    security: [{ token: [] }],
    paths,
  };
}

function operation({ method, summary, params, query, body, reply, may }: ApiRoute): object {
  const error = {
    description: 'Refused',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', minLength: 8, maxLength: 200 } };
  return {
    summary,
    description: `May be used by: ${typeof may === 'string' ? may : may.join(', ')}`,
    parameters: [...fields(params, 'path'), ...fields(query, 'query'), ...(method === 'post' ? [key] : [])],
    ...(method === 'post'
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }
      : {}),
    responses: { 200: { description: 'Done', content: { 'application/json': { schema: schemaOf(reply) } } }, default: error },
  };
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function fields(schema: z.ZodType, where: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: one,
  }));
}

/** The document for machines, and a page of it for people. */
export const openApiRoutes = (routes: readonly Route[]): Route[] => [
  page({
    path: '/api/openapi.json',
    may: 'anyone',
    summary: 'The OpenAPI document',
    handle: async () => ({ file: 'openapi.json', type: 'application/json', content: JSON.stringify(openApi(routes), null, 2) }),
  }),
  page({
    path: '/api/docs',
    may: 'anyone',
    summary: 'The API, readable',
    handle: async () => ({
      template: 'openapi/docs.njk',
      model: {
        routes: routes.flatMap((route) =>
          route.kind === 'api'
            ? [
                {
                  method: route.method.toUpperCase(),
                  path: route.path,
                  summary: route.summary,
                  details: JSON.stringify(operation(route), null, 2),
                },
              ]
            : [],
        ),
      },
    }),
  }),
];
