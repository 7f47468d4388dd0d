import { z } from 'zod';
import { Day } from '../clock.ts';
import type { FieldError } from '../errors.ts';
import type { JsonObject } from '../field.ts';
import type { CustomField } from './custom-field.ts';

const text = z.string('must be a text').trim().max(1000, 'must have at most 1000 characters');
const Amount = z.number('must be a number').min(-1e15, 'is too small').max(1e15, 'is too great');

/** What a field takes; empty values are none. */
export function valueShape({ type, options }: Pick<CustomField, 'type' | 'options'>): z.ZodType {
  const oneOf = `must be one of ${options.join(', ')}`;
  const Option = z.string('must be a text').refine(value => options.includes(value), oneOf);
  switch (type) {
    case 'text':
      return text;
    case 'number':
      return Amount;
    case 'date':
      return z.string('must be a day').refine(day => Day.safeParse(day).success, 'must be a day, as 2026-11-24');
    case 'boolean':
      return z.boolean('must be true or false');
    case 'select':
      return Option;
    case 'multi-select':
      return z.array(Option, 'must be a list').max(200).transform(all => [...new Set(all)]);
    case 'url':
      return z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'must be a web address' }).max(1000);
    case 'email':
      return z.email('must be an e-mail address').max(255, 'must have at most 255 characters');
    case 'user':
      return z.uuid('must be the id of a user');
    default:
      return type satisfies never;
  }
}

/** So many are told at once. */
const faultsMax = 50;
const pointerOf = (key: string): string =>
  `/customFields/${key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && !value.trim()) ||
  (Array.isArray(value) && !value.length);

interface Asked {
  /** As it came: null empties all. */
  sent: JsonObject | null | undefined;
  /** What the record holds. */
  before: JsonObject | null;
  /** `change` keeps what is not named; `replace` empties it; `create` begins with nothing. */
  how: 'create' | 'change' | 'replace';
}

/**
 * The values that a record holds from now on, or what is wrong with those that were sent. Fields that are not in use
 * keep what they hold; nothing can be sent to them.
 */
export function keptValues(
  fields: readonly CustomField[], { sent, before, how }: Asked,
): { values: JsonObject | null } | { faults: FieldError[] } {
  const active = new Map(fields.filter(f => f.active).map(f => [f.key, f]));
  const all = how !== 'change' || sent === null;
  const values = new Map(Object.entries(before ?? {}).filter(([key]) => !all || !active.has(key)));
  const faults: FieldError[] = [];
  const wrong = (key: string, message: string, code = 'invalid'): void => {
    if (faults.length < faultsMax) faults.push({ pointer: pointerOf(key), code, message });
  };
  for (const [key, value] of Object.entries(sent ?? {})) {
    const field = active.get(key);
    if (!field) wrong(key, 'There is no such field', 'unknown');
    else if (isEmpty(value)) values.delete(key);
    else {
      const read = valueShape(field).safeParse(value);
      if (read.success) values.set(key, read.data);
      else wrong(key, read.error.issues[0]!.message);
    }
  }
  for (const [key, { required }] of active) {
    const asked = all || (sent && Object.hasOwn(sent, key));
    const given = values.has(key) || faults.some(f => f.pointer === pointerOf(key));
    if (required && asked && !given) wrong(key, 'is required', 'required');
  }
  if (faults.length) return { faults };
  const next = values.size ? Object.fromEntries(values) : null;
  return { values: sameValues(next, before) ? before : next };
}

/** The database keeps keys in an order of its own. */
const sameValues = (a: JsonObject | null, b: JsonObject | null): boolean => sorted(a) === sorted(b);
const sorted = (values: JsonObject | null): string =>
  JSON.stringify(values && Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
