import type { OpenApiDocument } from './openapi.ts';

type Node = Record<string, unknown>;

/**
 * The same document in the words of OpenAPI 3.0: the console reads those in a tenth of the time that it takes for 3.1,
 * which it resolves as a whole before it shows anything. Events are not in it, since 3.0 has no webhooks.
 */
export function forConsole({ webhooks: _, ...document }: OpenApiDocument): Node {
  return { ...(older(document) as Node), openapi: '3.0.3' };
}

function older(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(older);
  if (!isNode(value)) return value;
  const node: Node = {};
  for (const [key, inner] of Object.entries(value)) {
    // What an example says is data: nothing in it is a word of the schema.
    node[key] = key === 'example' ? inner : older(inner);
  }
  // The console sends the example of a header as it stands: each request would have the key of the one before.
  if (node['in'] === 'header' && isNode(node['schema'])) delete node['schema']['example'];
  const { const: only, ...rest } = node;
  return withoutNull('const' in node && !isNode(only) ? { ...rest, enum: [only] } : node);
}

/** `null` is no type of 3.0, but a mark on another. */
function withoutNull(node: Node): Node {
  const { type, anyOf } = node;
  if (Array.isArray(type)) {
    const types = type.filter(name => name !== 'null');
    const one = { type: types.length === 1 ? (types[0] as unknown) : undefined };
    const several = types.length === 1 ? {} : { anyOf: types.map(name => ({ type: name as unknown })) };
    return { ...node, ...one, ...several, ...(types.length < type.length ? { nullable: true } : {}) };
  }
  if (!Array.isArray(anyOf) || !anyOf.some(isNull)) return node;
  const others = anyOf.filter(inner => !isNull(inner)) as Node[];
  const [only] = others;
  const { anyOf: _, ...rest } = node;
  // A reference lets nothing stand beside it.
  if (others.length === 1 && !('$ref' in only!)) return { ...rest, ...only, nullable: true };
  return { ...rest, anyOf: others, nullable: true };
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const isNull = (value: unknown): boolean => isNode(value) && value['type'] === 'null';
