import { titles } from '../web/errors.ts';
import type { ApiRoute } from '../web/route.ts';
import type { Schema } from './schemas.ts';

/** What every error looks like: RFC 9457. */
export const problemSchema: Schema = {
  type: 'object',
  description: 'What went wrong (RFC 9457)',
  properties: {
    type: { type: 'string', description: 'Always about:blank: the status says which kind it is' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What went wrong with this request, and the cure' },
    concerns: {
      type: 'string',
      description: 'Of what the rules do not allow: the part of the request that it is about, where it is about one',
    },
    errors: {
      type: 'array',
      description: 'Of a request that is not as described: each part that is wrong',
      items: {
        type: 'object',
        properties: { at: { type: 'string' }, message: { type: 'string' } },
        required: ['at', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail'],
};

const because: Record<number, string> = {
  400: 'The body is no JSON.',
  401: 'No token was sent, or one that was revoked.',
  403: 'The token’s user has another role, or the rules leave this to another.',
  404: 'It is not there, or belongs to another school, class or authority.',
  409: 'It has changed or is closed since it was read, or something else is still being done. Read it again.',
  413: 'Send less at once.',
  415: 'Send the content type that is described.',
  422: 'The request is not as described, or the rules do not allow it.',
  503: 'A part of Firstbell is away. What was asked may have been done all the same: ask again, with the same Idempotency-Key.',
};

const content = (schema: Schema) => ({ 'application/problem+json': { schema } });
const problem = { $ref: '#/components/schemas/Problem' };
const nameOf = (status: number | string): string => `Problem${status}`;

/** A response for each status that an error can have. */
export const problemResponses: Record<string, object> = Object.fromEntries([
  ...Object.entries(because).map(([status, why]) => [
    nameOf(status),
    { description: `${titles[Number(status)]}. ${why}`, content: content(problem) },
  ]),
  [nameOf('Other'), { description: 'A fault of ours, which is noted', content: content(problem) }],
]);

/** The errors that one endpoint can answer with. `tells` is what its 422 says besides. */
export function problemsOf({ may, path, method }: ApiRoute, tells: Schema | null): Record<string, object> {
  const statuses = [
    ...(may === 'anyone' ? [] : [401]),
    ...(typeof may === 'string' ? [] : [403]),
    ...(path.includes(':') || path.startsWith('/api/v1/training') ? [404] : []),
    ...(method === 'post' ? [400, 409, 413, 415] : []),
    ...[422, 503],
  ].sort();
  const refused = tells && {
    description: `${titles[422]}. ${because[422]}`,
    content: content({ anyOf: [{ allOf: [problem, tells] }, problem] }),
  };
  return {
    ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }])),
    ...(refused ? { 422: refused } : {}),
    default: { $ref: `#/components/responses/${nameOf('Other')}` },
  };
}
