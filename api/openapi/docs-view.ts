import type { View } from '../web/route.ts';
import type { Content, Description, Operation, Parameter } from './openapi.ts';
import { nouns } from './openapi.ts';
import type { Schema } from './schemas.ts';
import { type Part, type Shape, shapesOf, typeOf } from './words.ts';

type Body = { type: string; is: Part[]; shapes: Shape[] };

/** The description of the API as a page: a section a noun, then the shapes that are used in several places. */
export function docsView(description: Description): View {
  const { paths, components } = description;
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return {
    template: 'openapi/docs.njk',
    model: {
      nouns: Object.entries(nouns).map(([name, about]) => ({
        ...{ name, title: name.charAt(0).toUpperCase() + name.slice(1), about },
        operations: all
          .filter(({ operation }) => operation.tags[0] === name)
          .map(({ operation, ...at }) => ({ ...at, ...operationView(operation, components) })),
      })),
      shapes: Object.entries(components.schemas).map(([name, schema]) => ({
        ...{ name, says: typeof schema.description === 'string' ? schema.description : '' },
        is: shapesOf(schema).length === 0 ? typeOf(schema) : [],
        shapes: shapesOf(schema),
      })),
    },
  };
}

function operationView(operation: Operation, { parameters }: Description['components']) {
  const [may = '', ...more] = operation.description.split('\n\n');
  const answer = operation.responses[200];
  return {
    ...{ id: operation.operationId, summary: operation.summary, may, more },
    parameters: operation.parameters.map((one) => parameterView(named(one, parameters))),
    takes: operation.requestBody ? bodyView(operation.requestBody.content) : null,
    answers: answer && 'content' in answer ? bodyView(answer.content) : null,
    errors: Object.keys(operation.responses).filter((status) => Number(status) >= 400),
  };
}

const named = (one: Operation['parameters'][number], parameters: Record<string, Parameter>): Parameter => {
  const found = '$ref' in one ? parameters[one.$ref.split('/').at(-1) ?? ''] : one;
  if (!found) throw new Error('The description refers to a parameter that it does not have');
  return found;
};

const where = { path: 'in the address', query: 'query', header: 'header' };

const parameterView = ({ name, in: place, required, description = '', schema }: Parameter) => ({
  name,
  type: typeOf(schema),
  says: `${where[place][0]?.toUpperCase()}${where[place].slice(1)}. ${required ? '' : 'Optional. '}${description}`.trim(),
});

function bodyView(content: Content): Body | null {
  const [found] = Object.entries(content);
  if (!found) return null;
  const [type, { schema }] = found as [string, { schema: Schema }];
  const file = schema.contentMediaType !== undefined;
  return { type, is: file ? [{ text: 'the file itself', href: null }] : typeOf(schema), shapes: shapesOf(schema) };
}
