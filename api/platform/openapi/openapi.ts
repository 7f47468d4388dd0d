import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import type { AnyEndpoint, AnyEvent, Endpoints } from '../../../domain/platform/contract.ts';
import { Instant } from '../../../domain/platform/clock.ts';
import { Problem } from '../../../domain/platform/problem.ts';
import { exampleOfSchema, showTransformed, type JsonSchema } from './openapi-example.ts';

export type OpenApiDocument = ReturnType<typeof createDocument>;
const json = 'application/json';

/** The OpenAPI 3.1 document of the contracts: each endpoint with parameters, answers, errors, examples (PLT-051). */
export function openApiOf(endpoints: Endpoints, events: readonly AnyEvent[]): OpenApiDocument {
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Throughline',
        version: '1.0.0',
        description: introduction,
      },
      servers: [{ url: '/' }],
      security: [{ bearer: [] }, { cookie: [] }],
      tags: [...new Set(Object.keys(endpoints).map(tagOf))].map(name => ({ name })),
      paths: pathsOf(endpoints),
      webhooks: Object.fromEntries(events.map(e => [e.name, { post: webhook(e) }])),
      components: {
        schemas: { Problem },
        responses: Object.fromEntries(
          Object.keys(problemTexts).map(status => [`Problem${status}`, problemAnswer(Number(status))]),
        ),
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key' },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'tl_session',
            description: 'The session of the web; unsafe calls need our own Origin',
          },
        },
      },
    },
    { allowEmptySchema: { custom: true, transform: true, pipe: true, unknown: true, any: true }, override: plain },
  );
  return withExamples(document);
}

const introduction = `Sign in with \`POST /api/auth/signin\`, or use an API key, and send it as a bearer token.
Send an \`Idempotency-Key\` with every POST that must not happen twice. Errors are \`application/problem+json\`.
Lists take \`q\`, \`page\`, \`pageSize\`, \`sort\` and \`filter[field][op]\`, or \`cursor\` and \`limit\`.`;

/** Bounds of every whole number are noise. */
const plain: NonNullable<Parameters<typeof createDocument>[1]>['override'] = ({ zodSchema, jsonSchema, io }) => {
  showTransformed({ zodSchema, jsonSchema }, io);
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

/** `pov.phase.submitted` → `povPhaseSubmitted`: a name that generated clients can use. */
const camel = (name: string): string => name.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());

const tagOf = (name: string): string => {
  const words = name
    .split('.')[0]!
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
  return words.replace(/^./, c => c.toUpperCase());
};

function pathsOf(endpoints: Endpoints): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, e] of Object.entries(endpoints)) {
    const path = e.path.replace(/:(\w+)/g, '{$1}');
    const item = (paths[path] ??= {});
    item[e.method.toLowerCase() as 'get'] = operation(name, e);
  }
  return paths;
}

function operation(name: string, e: AnyEndpoint): ZodOpenApiOperationObject {
  const right = e.needs.includes(':')
    ? `Needs \`${e.needs}\`.`
    : e.needs === 'anonymous'
      ? 'Open to anyone.'
      : 'Needs a session.';
  return {
    operationId: camel(name),
    tags: [tagOf(name)],
    summary: e.summary,
    description: right,
    ...(e.needs === 'anonymous' ? { security: [] } : {}),
    requestParams: {
      ...(isEmpty(e.params) ? {} : { path: e.params as z.ZodObject }),
      ...(isEmpty(e.query) ? {} : { query: e.query as z.ZodObject }),
      ...(e.method === 'GET' ? {} : { header: headersOf(e) }),
    },
    ...(isEmpty(e.body) ? {} : { requestBody: { required: true, content: { [json]: { schema: e.body } } } }),
    responses: { [`${e.status}` as '200']: success(e), ...problemsOf(e) },
  };
}

const isEmpty = (shape: AnyEndpoint['params']): boolean =>
  shape instanceof z.ZodObject && Object.keys(shape.shape).length === 0;

const IdempotencyKey = z.string().max(200).optional().meta({
  description:
    'A key of your own: the same request with it again answers what the first one did, without doing it twice',
  example: 'order-4711-confirm',
});
const IfMatch = z
  .string()
  .optional()
  .meta({ description: 'The ETag that was read: refused with 412 if the record has changed', example: '"3"' });

const headersOf = (e: AnyEndpoint): z.ZodObject =>
  isEmpty(e.params)
    ? z.object({ 'Idempotency-Key': IdempotencyKey })
    : z.object({ 'Idempotency-Key': IdempotencyKey, 'If-Match': IfMatch });

const success = (e: AnyEndpoint): ZodOpenApiResponsesObject['200'] => ({
  description: e.summary,
  ...(e.status === 204
    ? {}
    : { content: e.raw ? { [e.raw]: { schema: z.string() } } : { [json]: { schema: e.returns } } }),
});

const problemTexts: Record<string, string> = {
  400: 'A field is wrong: `errors` names each',
  401: 'No session',
  403: 'No permission',
  404: 'Unknown, or not yours to see',
  409: 'Not possible in this state, or an older version',
  412: 'If-Match names an older version',
  422: 'The Idempotency-Key was used with another request',
  428: 'A version is required',
  429: 'Too many requests: see Retry-After',
  503: 'Database or engine away: see Retry-After',
};

function problemsOf(e: AnyEndpoint): ZodOpenApiResponsesObject {
  const writes = e.method !== 'GET';
  const of = [
    ...(isEmpty(e.body) && isEmpty(e.query) ? [] : [400]),
    ...(e.needs === 'anonymous' ? [] : [401]),
    ...(e.needs.includes(':') ? [403] : []),
    ...(isEmpty(e.params) ? [] : [404]),
    ...(writes ? [409, 422] : []),
    ...(writes && !isEmpty(e.params) ? [412, 428] : []),
    429,
    503,
  ];
  return Object.fromEntries(of.map(status => [`${status}`, { $ref: `#/components/responses/Problem${status}` }]));
}

const problemAnswer = (status: number) => ({
  description: problemTexts[status]!,
  content: { 'application/problem+json': { schema: Problem, example: problemExample(status) } },
});

const problemExample = (status: number): z.output<typeof Problem> => {
  const detail = status === 400 ? 'Validation failed' : problemTexts[status]!;
  const errors = status === 400 ? [{ pointer: '/name', code: 'too_small', message: 'must not be blank' }] : [];
  return {
    type: '/api/docs',
    title: detail,
    status,
    detail,
    code: 'problem',
    requestId: '7d1f1c9e-3f0a-4a55-9a2b-0e6f8f6f2b11',
    errors,
    error: detail,
    details: errors.map(f => `name: ${f.message}`),
  };
};

/** An event as subscribers get it. */
const webhook = (e: AnyEvent): ZodOpenApiOperationObject => ({
  operationId: camel(`on.${e.name}`),
  tags: ['Events'],
  summary: e.name,
  security: [],
  requestBody: {
    content: { [json]: { schema: z.object({ type: z.literal(e.name), timestamp: Instant, data: e.payload }) } },
  },
  responses: { '204': { description: 'Taken; any other answer than 2xx is tried again' } },
});

/** Gives every request body and answer that has none an example, made from its schema; filters are deep objects. */
function withExamples(document: OpenApiDocument): OpenApiDocument {
  const definitions = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  const operations = [document.paths, document.webhooks].flatMap(part =>
    Object.values(part ?? {}).flatMap(item => Object.values(item as object)),
  );
  for (const o of operations as OpenApiOperation[]) {
    for (const content of [o.requestBody?.content, ...Object.values(o.responses).map(r => r.content)]) {
      for (const [type, media] of Object.entries(content ?? {})) {
        media.example ??= type === 'text/event-stream' ? streamExample : exampleOfSchema(media.schema, definitions);
      }
    }
    for (const p of o.parameters ?? []) {
      if (p.in === 'query' && p.name === 'filter') Object.assign(p, { style: 'deepObject', explode: true });
    }
  }
  return document;
}

const streamExample = 'id: 42\nevent: pov.status.changed\ndata: {"position":42,"name":"pov.status.changed"}\n\n';

interface OpenApiOperation {
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
  parameters?: { in: string; name: string }[];
}
type Content = Record<string, { schema: JsonSchema; example?: unknown }>;
