import { z } from 'zod';
import type { Shape } from '../../../domain/platform/contract.ts';

/** The parts of a JSON Schema that an example is made from. */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minimum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
}
type Definitions = Record<string, JsonSchema>;

/**
 * A value that the shape accepts: its own `.meta({ example })`, or one put together from its parts. All fields are
 * shown; if they don't go together, only the required ones.
 */
export function exampleOf(shape: Shape, io: 'input' | 'output' = 'input'): unknown {
  const override = ({ zodSchema, jsonSchema }: Parameters<typeof showTransformed>[0]): void =>
    showTransformed({ zodSchema, jsonSchema }, io);
  const schema = z.toJSONSchema(shape, { io, unrepresentable: 'any', override }) as JsonSchema;
  const full = exampleOfSchema(schema, schema.$defs ?? {});
  if (io === 'output' || shape.safeParse(full).success) return full;
  const least = exampleOfSchema(schema, schema.$defs ?? {}, { requiredOnly: true });
  return shape.safeParse(least).success ? least : full;
}

/**
 * A transform has no schema of its own. Before it (`z.preprocess`) callers send what stands behind; after it, what
 * comes out looks like what went in, as with instants.
 */
export function showTransformed(
  { zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: object },
  io: 'input' | 'output',
): void {
  const { def } = zodSchema._zod;
  if (def.type !== 'pipe') return;
  const [hidden, shown] = io === 'input' ? [def.in, def.out] : [def.out, def.in];
  if (hidden._zod.def.type !== 'transform') return;
  const { $schema: _, ...known } = z.toJSONSchema(shown, { io, unrepresentable: 'any' });
  Object.assign(jsonSchema, known, { ...jsonSchema });
}

interface Options {
  requiredOnly?: boolean;
  /** Of the field, for texts. */
  name?: string;
  depth?: number;
}
const depthMax = 20;

/** An example of a JSON Schema; `#/$defs/X` and `#/components/schemas/X` are looked up in `definitions`. */
export function exampleOfSchema(schema: JsonSchema, definitions: Definitions, options: Options = {}): unknown {
  const { name = 'text', depth = 0 } = options;
  const given = givenIn(schema);
  if (given !== undefined) return given;
  if (depth > depthMax) return null;
  const inner = (part: JsonSchema, as = name): unknown =>
    exampleOfSchema(part, definitions, { ...options, name: as, depth: depth + 1 });
  if (schema.$ref) return inner(definitions[schema.$ref.split('/').at(-1)!] ?? {});
  const choice = (schema.anyOf ?? schema.oneOf)?.find(s => s.type !== 'null');
  if (choice) return inner(choice);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(s => inner(s))) as unknown;
  const type = Array.isArray(schema.type) ? schema.type.find(t => t !== 'null') : schema.type;
  switch (type) {
    case 'object':
      return objectOf(schema, options, inner);
    case 'array':
      return schema.prefixItems?.map(s => inner(s)) ?? (schema.items ? [inner(schema.items)] : []);
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'string':
      return textOf(schema, name);
    default:
      return {};
  }
}

/** An empty list as a default says nothing about its items. */
const givenIn = (schema: JsonSchema): unknown => {
  const given = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.enum?.[0];
  if (given !== undefined) return given;
  return typeof schema.default === 'object' ? undefined : schema.default;
};

function objectOf(
  schema: JsonSchema,
  { requiredOnly }: Options,
  inner: (s: JsonSchema, as?: string) => unknown,
): unknown {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).filter(([field]) => !requiredOnly || required.has(field));
  return Object.fromEntries(fields.map(([field, s]) => [field, inner(s, field)]));
}

const formats: Record<string, string> = {
  uuid: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01',
  'date-time': '2026-11-24T09:00:00.000Z',
  date: '2026-11-24',
  time: '09:00:00',
  email: 'dana.reed@example.com',
  uri: 'https://example.com',
  ipv4: '203.0.113.7',
};
/** Values for texts whose pattern is known; others need an example of their own. */
const samples = [
  '125000.00',
  '12',
  'EUR',
  'sample',
  'SAMPLE',
  'sample-name',
  'SAMPLE_NAME',
  '2026-11-24',
  '555-010-1234',
];

function textOf({ format, pattern, maxLength = 200 }: JsonSchema, name: string): string {
  const known = format && formats[format];
  if (known) return known;
  const fitting = pattern && samples.find(s => new RegExp(pattern, 'u').test(s));
  const words = name
    .replace(/([A-Z])/g, ' $1')
    .replace(/[-_]/g, ' ')
    .toLowerCase()
    .trim();
  return (fitting || words.replace(/^./, c => c.toUpperCase())).slice(0, maxLength);
}
