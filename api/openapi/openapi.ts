import type { z } from 'zod';
import type { ApiRoute, Route } from '../web/route.ts';
import { problemResponses, problemSchema, problemsOf } from './problems.ts';
import { type Schema, schemasOf } from './schemas.ts';

/** What the API is about, in the order of its description. A path begins with one of them. */
export const nouns: Record<string, string> = {
  proposals: 'What waits for a person: read it with its evidence, preview its letters, decide.',
  cases: 'A pupil’s case: where it stands, its ledger, and a word on the whole of it.',
  letters: 'Letters to parents: where each is, what it says, and what a person does to it.',
  referrals: 'The authority’s side: referrals with their evidence, contracts, notices, payments.',
  register: 'Classes, pupils and their marks.',
  people: 'Contacts and pupils that may be one person: asked, joined, parted.',
  away: 'Who decides for a member of staff who is away, and for whom.',
  calendar: 'The school’s terms and closures. A change is looked at before it is made.',
  figures:
    'Attendance of the school, its year groups and classes, who is about to cross a line, and the pupils behind each number.',
  schools: 'The schools of a trust or an authority in figures, and which of them a trust lead asks of.',
  returns: 'What a school owes its authority and its leaders: attendance return, sickness return, daily summary.',
  policies: 'The policies that are kept: their texts and versions, and whether each keeps its promises.',
  duties: 'What the policy asks for again and again: reviews and rewards, with the school’s own days.',
  authority: 'What the local authority decides for itself: to be read, looked at before it is changed, and kept.',
  'policy-moves': 'Running cases under an older version of the policy: what moving each would change, and moving them.',
  simulations: 'A school year tried under one policy or two, with what is assumed of people; and one pupil’s year as a story.',
  imports: 'Files that bring in pupils, contacts and marks.',
  exports: 'A school’s data, taken out as CSV files.',
  training: 'The clock of a training school.',
};

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: Schema;
};
export type Content = Record<string, { schema: Schema }>;
export type Operation = {
  operationId: string;
  tags: [string];
  summary: string;
  description: string;
  parameters: (Parameter | { $ref: string })[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content: Content } | { $ref: string }>;
};
export type Description = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter>; [part: string]: object };
  [part: string]: unknown;
};

const about = `Attendance casework for schools in England.

Every request carries \`Authorization: Bearer TOKEN\`; \`firstbell token add\` makes tokens. A token speaks for one user, and
may do and see what that user may.

Every POST carries an \`Idempotency-Key\` of your own making. The same key again gets the first answer, for a week; a request
that was refused or failed may be sent again with its key.

Lists are cut into pages: ask for the next with \`after\`, until \`next\` is null.`;

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'New for each thing that is asked, the same when it is asked again',
  schema: { type: 'string', minLength: 8, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
};

/** The API's own description, made of the schemas that check it. */
export function openApi(routes: readonly Route[]): Description {
  const endpoints = routes.filter((route): route is ApiRoute => route.kind === 'api');
  const taken = schemasOf(
    endpoints.flatMap(({ params, query, body }) => [params, query, body]),
    'input',
  );
  const told = schemasOf(
    endpoints.flatMap(({ reply, tells }) => [reply, tells].filter((one): one is z.ZodType => one !== null)),
    'output',
  );
  const paths: Description['paths'] = {};
  for (const route of endpoints) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const [params = {}, query = {}, body = {}] = taken.each.splice(0, 3);
    const [reply = null] = route.reply ? told.each.splice(0, 1) : [];
    const [tells = null] = route.tells ? told.each.splice(0, 1) : [];
    paths[path] = { ...paths[path], [route.method]: operation(route, { params, query, body, reply, tells }) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Firstbell', version: '1', description: about, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: Object.entries(nouns).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'Made with `firstbell token add`' } },
      parameters: { 'Idempotency-Key': idempotencyKey },
      responses: problemResponses,
      schemas: byName({ ...told.named, ...taken.named, Problem: problemSchema }),
    },
  };
}

const byName = <T>(all: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));

type Schemas = { params: Schema; query: Schema; body: Schema; reply: Schema | null; tells: Schema | null };

function operation(route: ApiRoute, { params, query, body, reply, tells }: Schemas): Operation {
  const { method, name, summary, more, may, path, takes, sends } = route;
  const post = method === 'post';
  return {
    operationId: name,
    tags: [nounOf(path)],
    summary,
    description: [`For ${typeof may === 'string' ? 'every role' : may.join(', ')}.`, more].filter(Boolean).join('\n\n'),
    parameters: [
      ...parameters(params, 'path'),
      ...parameters(query, 'query'),
      ...(post ? [{ $ref: '#/components/parameters/Idempotency-Key' }] : []),
    ],
    ...(post ? { requestBody: { required: true, content: takes ? file(takes) : { 'application/json': { schema: body } } } } : {}),
    responses: {
      200: { description: 'Done', content: sends ? file(sends) : { 'application/json': { schema: reply ?? {} } } },
      ...problemsOf(route, tells),
    },
  };
}

/** A body that is a file: its bytes, whatever they say. */
const file = (type: string): Content => ({ [type]: { schema: { type: 'string', contentMediaType: type } } });

function nounOf(path: string): string {
  const noun = path.split('/')[3] ?? '';
  if (!(noun in nouns)) throw new Error(`The API's description has no words for "${noun}": add them in api/openapi/openapi.ts`);
  return noun;
}

function parameters(schema: Schema, where: 'path' | 'query'): Parameter[] {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema: one,
  }));
}
