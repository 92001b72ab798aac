import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { allRoutes } from '../../api/all-routes.ts';
import { type Content, type Operation, openApi } from '../../api/openapi/openapi.ts';

type Reply = { status: number; type: string; body: unknown };
type Response = { content: Content };

/** Holds what an application answers against its own OpenAPI document, and remembers which endpoints answered. */
export function conformity() {
  const description = openApi(allRoutes());
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'document', ...description });
  const endpoints = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      pattern: new RegExp(`^${method} ${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      operation,
    })),
  );
  const done = new Set<string>();
  return {
    done,
    all: endpoints.map(({ operation }) => operation.operationId),
    /** @throws if the endpoint is not described, or answered in another way than the description says. */
    check(method: 'get' | 'post', path: string, { status, type, body }: Reply): void {
      const asked = `${method} ${path.split('?')[0]}`;
      const operation = endpoints.find(({ pattern }) => pattern.test(asked))?.operation;
      if (!operation) throw new Error(`${asked} is not described`);
      const { content } = responseOf(operation, status, description.components.responses as Record<string, Response>);
      const schema = content[type]?.schema;
      if (!schema) throw new Error(`${asked} answers ${status} as ${type}, where ${Object.keys(content).join()} is described`);
      if (status === 200) done.add(operation.operationId);
      if (schema.contentMediaType) return;
      const fits: ValidateFunction = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object);
      if (!fits(body)) throw new Error(`${asked} answers ${status} as it should not: ${ajv.errorsText(fits.errors)}`);
    },
  };
}

function responseOf({ responses, operationId }: Operation, status: number, named: Record<string, Response>): Response {
  const response = responses[status];
  if (!response) throw new Error(`${operationId} answers ${status}, which is not described`);
  return '$ref' in response ? (named[response.$ref.split('/').at(-1) ?? ''] as Response) : response;
}
