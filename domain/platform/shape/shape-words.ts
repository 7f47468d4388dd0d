import { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];
type Of<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

/**
 * What is wrong with a value, in words for whoever sent it: said wherever a shape has none of its own. Every contract
 * brings it along, so that the API and the pages say the same.
 */
export function shapeWords(issue: Issue): string {
  if (issue.input === undefined && told.has(issue.code)) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === null ? 'must not be empty' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return formatted(issue);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `must not have ${issue.keys.map(quoted).join(', ')}`;
    case 'invalid_union':
      return ofUnion(issue);
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0]?.message ?? odd;
    default:
      return odd;
  }
}
z.config({ customError: shapeWords });

const odd = 'is not valid';
/** Problems that a missing value has too. */
const told = new Set<Issue['code']>(['invalid_type', 'invalid_value', 'invalid_union']);

const kinds: Partial<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', bigint: 'a whole number', nan: 'a number',
  boolean: 'true or false', date: 'a date', array: 'a list', tuple: 'a list', set: 'a list', object: 'an object',
  record: 'an object', map: 'an object', null: 'empty', never: 'left out', undefined: 'left out', void: 'left out',
  file: 'a file', nonoptional: 'given',
};

/** So many are named; of more, how many there are. */
const namedMax = 40;
const quoted = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));
function oneOf(values: readonly unknown[]): string {
  const named = values.slice(0, namedMax).map(value => (value === '' ? '""' : String(value)));
  if (values.length > namedMax) return `one of ${named.join(', ')} and ${values.length - namedMax} others`;
  return named.length < 2 ? named.join() : `one of ${named.join(', ')}`;
}

const units: Partial<Record<string, [one: string, many: string]>> = {
  string: ['character', 'characters'], array: ['item', 'items'], set: ['item', 'items'], tuple: ['item', 'items'],
  map: ['entry', 'entries'], record: ['entry', 'entries'], object: ['entry', 'entries'], file: ['byte', 'bytes'],
};
function counted(origin: string, n: number | bigint): string | undefined {
  const unit = units[origin];
  return unit && `${n} ${unit[Number(n) === 1 ? 0 : 1]}`;
}
const asDay = (at: number | bigint): string => new Date(Number(at)).toISOString().slice(0, 10);

function tooBig({ origin, maximum, inclusive = true, exact }: Of<'too_big'>): string {
  const count = counted(origin, maximum);
  if (count) return exact ? `must have exactly ${count}` : `must have at most ${count}`;
  if (origin === 'date') return `must not be after ${asDay(maximum)}`;
  return inclusive ? `must be at most ${maximum}` : `must be less than ${maximum}`;
}

function tooSmall({ origin, minimum, inclusive = true, exact }: Of<'too_small'>): string {
  const count = counted(origin, minimum);
  if (count && exact) return `must have exactly ${count}`;
  if (count) return origin === 'string' && minimum === 1 ? 'must not be empty' : `must have at least ${count}`;
  if (origin === 'date') return `must not be before ${asDay(minimum)}`;
  return inclusive ? `must be at least ${minimum}` : `must be more than ${minimum}`;
}

const formats: Partial<Record<string, string>> = {
  email: 'an e-mail address', url: 'a web address, as https://example.com', uuid: 'a UUID', guid: 'a UUID',
  datetime: 'an instant, as 2026-11-24T09:00:00Z', date: 'a day, as 2026-11-24', time: 'a time, as 09:30',
  duration: 'a duration, as PT2H', ipv4: 'an IPv4 address', ipv6: 'an IPv6 address',
  cidrv4: 'a range of IPv4 addresses', cidrv6: 'a range of IPv6 addresses',
  base64: 'text in base64', base64url: 'text in base64url', json_string: 'JSON', e164: 'a phone number, as +4722334455',
};
function formatted(issue: Of<'invalid_format'>): string {
  const { prefix, suffix, includes } = issue as Partial<Record<'prefix' | 'suffix' | 'includes', string>>;
  if (prefix !== undefined) return `must begin with ${quoted(prefix)}`;
  if (suffix !== undefined) return `must end with ${quoted(suffix)}`;
  if (includes !== undefined) return `must have ${quoted(includes)} in it`;
  const what = formats[issue.format];
  return what ? `must be ${what}` : 'does not have the right form';
}

/** Where all that could stand there are mere kinds, these; else what is wrong with the one that comes closest. */
function ofUnion(issue: Of<'invalid_union'>): string {
  const { options } = issue as { options?: readonly unknown[] };
  if (options?.length) return `must be ${oneOf(options)}`;
  const firsts = issue.errors.map(branch => branch[0]).filter(first => first !== undefined);
  const near = firsts.find(({ path, code }) => path.length > 0 || code !== 'invalid_type');
  if (near) return near.path.length ? `${near.path.join('.')}: ${near.message}` : near.message;
  const wanted = new Set(firsts.map(({ message }) => message.replace(/^must be /, '')));
  return wanted.size ? `must be ${[...wanted].join(' or ')}` : odd;
}
