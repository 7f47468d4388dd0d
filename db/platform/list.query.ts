import { Day, Instant } from '../../domain/platform/clock.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import type { FieldKind as Kind } from '../../domain/platform/record.ts';
import type { Condition, FilterTree } from '../../domain/platform/table/filter-tree.ts';
import { conditions, sortKeys, totalMax, type ListQuery } from '../../domain/platform/list.ts';
import { cached } from './cached.ts';
import { instantCondition, isInstant } from './table/day-condition.ts';
import type { Reader } from './reader.ts';
import { allOf, anywhere, compileSql, selected, sql, type Sql } from './sql.ts';

export interface ListField {
  sql: Sql;
  kind: Kind;
  nullable?: boolean;
  /** Rows that hold one of the values, where an index tells them that the expression alone would not use. */
  among?: (values: string[]) => Sql;
}

/** What a list can do, declared: nothing of the caller's text ever becomes SQL. */
export interface ListSource {
  /** Output name → expression. */
  columns: Record<string, Sql>;
  from: Sql;
  /** The same rows without what is joined only to be shown, to be counted where no filter asks for it. */
  countFrom?: Sql;
  where: Sql[];
  /** Unique and not null; breaks ties of the order and ends the cursor. */
  key: Sql;
  /** Fields that may be sorted and filtered by. */
  fields: Record<string, ListField>;
  /** Filters that are no plain field, e.g. `waitingForMe`. */
  filters?: Record<string, (values: string[]) => Sql>;
  search?: (text: string) => Sql;
  defaultSort: string;
  /** How long it is remembered how many rows there are, if nothing changes in the tenant. */
  totalSeconds?: number;
}
export interface ListAnswer<T> {
  items: T[];
  total?: number;
  totalCapped?: boolean;
  page?: number;
  pageSize: number;
  totalPages?: number;
  nextCursor: string | null;
}

/** Runs a list: pages by number with a total, or by `cursor`/`limit` along the sort order without one (PLT-047). */
export async function listRows<T>(read: Reader, source: ListSource, query: ListQuery): Promise<ListAnswer<T>> {
  const { queries, answer } = listOf<T>(source, query);
  const rows = await (source.totalSeconds ? withTotal(read, queries, source.totalSeconds) : read.each(queries)).catch(
    (e: unknown) => {
      throw ofCursor(query, e);
    },
  );
  return answer(rows);
}

/** Asks for the total with the rows, in one round trip, unless it is known. */
async function withTotal(read: Reader, [select, count]: Sql[], seconds: number): Promise<unknown[][]> {
  if (!count) return read.each([select!]);
  let rows: unknown[][] | undefined;
  const { sql: text, parameters } = compileSql(count);
  const total = await cached({ tenantId: read.tenantId, name: 'total', of: [text, parameters] }, seconds, async () => {
    rows = await read.each<unknown>([select!, count]);
    return rows[1]!;
  });
  return rows ?? [(await read.each<unknown>([select!]))[0]!, total];
}

/** The queries of a list, and what their rows answer: several lists can be read together. */
export interface List<T> {
  queries: Sql[];
  answer(rows: unknown[][]): ListAnswer<T>;
}

export function listOf<T>(source: ListSource, query: ListQuery): List<T> {
  const { where, filtered } = conditionsOf(source, query);
  const order = orderOf(source, query.sort ?? source.defaultSort);
  const byCursor = query.cursor !== undefined || query.limit !== undefined;
  const size = query.limit ?? query.pageSize;
  if (query.cursor) where.push(after(order, query.cursor));
  const skipped = byCursor ? 0 : (query.page - 1) * size;
  // How many rows are wanted stands in the text: the plan that is kept for it is made for so few.
  const select = sql`select ${selectedOf(source.columns)},
    json_build_array(${sql.join(order.map(o => sql`${o.sql}::text`))}) as "__key"
    from ${source.from} where ${allOf(where)}
    order by ${sql.join(order.map(direction))}
    limit ${sql.lit(size + 1)} ${skipped ? sql`offset ${skipped}` : sql``}`;
  const counted = filtered ? source.from : (source.countFrom ?? source.from);
  return {
    queries: byCursor ? [select] : [select, countUpTo(counted, where)],
    answer: ([found, total]) => {
      const { items, nextCursor } = pageOf(found as Keyed<T>[], size);
      if (byCursor) return { items, pageSize: size, nextCursor };
      const count = (total as { n: number }[])[0]!.n;
      return {
        items,
        total: Math.min(count, totalMax),
        totalCapped: count > totalMax ? true : undefined,
        page: query.page,
        pageSize: size,
        totalPages: Math.ceil(Math.min(count, totalMax) / size),
        nextCursor,
      };
    },
  };
}

/** The same columns are selected again and again. */
const selections = new WeakMap<ListSource['columns'], Sql>();
function selectedOf(columns: ListSource['columns']): Sql {
  const known = selections.get(columns) ?? selected(columns);
  selections.set(columns, known);
  return known;
}

/** As much of a list as its conditions depend on. */
type Conditioned = Pick<ListSource, 'fields' | 'filters' | 'search' | 'where'>;

/** What rows must fit to stand in a list. */
export function conditionsOf(
  source: Conditioned, query: Pick<ListQuery, 'q' | 'filter' | 'where'>,
): { where: Sql[]; filtered: boolean } {
  const filters = conditions(query.filter).map(c => condition(source, c, `filter[${c.field}]`));
  if (query.where) filters.push(tree(source, query.where));
  const where = [...source.where, ...filters];
  if (query.q && source.search) where.push(source.search(query.q));
  return { where, filtered: filters.length > 0 };
}

type Keyed<T> = T & { __key: (string | null)[] };
function pageOf<T>(found: Keyed<T>[], size: number): { items: T[]; nextCursor: string | null } {
  const more = found.length > size;
  const items = found.slice(0, size);
  const last = items.at(-1)?.__key;
  // Emptied: nothing shows it then. Rows that lost a property would take twice as long to be written as JSON.
  for (const item of items) (item as { __key?: unknown }).__key = undefined;
  return { items, nextCursor: more && last ? Buffer.from(JSON.stringify(last)).toString('base64url') : null };
}

export const countUpTo = (from: Sql, where: Sql[]): Sql =>
  sql`select count(*) as n from (select 1 from ${from} where ${allOf(where)} limit ${sql.lit(totalMax + 1)}) t`;

/** Where no null can be, none is spoken of: an index read backwards has them first. */
const direction = (o: Order): Sql => {
  const way = o.descending ? sql`${o.sql} desc` : sql`${o.sql} asc`;
  return o.nullable ? sql`${way} nulls last` : way;
};

interface Order {
  sql: Sql;
  kind: Kind;
  descending: boolean;
  nullable: boolean;
}

function orderOf(source: ListSource, sort: string): Order[] {
  const keys = sortKeys(sort).map((k): Order => {
    const field = own(source.fields, k.field);
    // A list of words has no order that anybody would look for.
    if (!field || field.kind === 'words')
      throw wrong('sort', `Unknown field "${k.field}"; one of ${sortable(source).join(', ')}`);
    return { sql: field.sql, kind: field.kind, descending: k.descending, nullable: field.nullable ?? false };
  });
  return [...keys, { sql: source.key, kind: 'uuid', descending: keys[0]?.descending ?? false, nullable: false }];
}

const sortable = ({ fields }: ListSource): string[] =>
  Object.keys(fields).filter(name => fields[name]!.kind !== 'words');

const casts: Record<Kind, Sql> = {
  text: sql`text`,
  number: sql`numeric`,
  instant: sql`timestamptz`,
  utcDay: sql`timestamptz`,
  day: sql`date`,
  boolean: sql`boolean`,
  uuid: sql`uuid`,
  words: sql`text`,
};

/** Rows that come after the cursor's key in the order; nulls sort last in both directions. */
function after(order: Order[], cursor: string): Sql {
  const key = parseCursor(cursor, order.length);
  const alternatives = order.map((o, i) => {
    const equal = order
      .slice(0, i)
      .map((e, j) => (key[j] === null ? sql`${e.sql} is null` : sql`${e.sql} = ${key[j]}::${casts[e.kind]}`));
    const value = key[i];
    if (value === null) return allOf([...equal, sql`false`]);
    const beyond = o.descending
      ? sql`${o.sql} < ${value}::${casts[o.kind]}`
      : sql`${o.sql} > ${value}::${casts[o.kind]}`;
    return allOf([...equal, o.nullable ? sql`(${beyond} or ${o.sql} is null)` : beyond]);
  });
  return sql`(${sql.join(
    alternatives.map(a => sql`(${a})`),
    sql` or `,
  )})`;
}

function parseCursor(cursor: string, length: number): (string | null)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every(k => k === null || typeof k === 'string')) return key;
  } catch {
    /* said below */
  }
  throw wrong('cursor', 'Unknown cursor');
}

/** A key of the right length whose values are none of their fields: the database refuses them (class 22). */
export const ofCursor = (query: Pick<ListQuery, 'cursor'>, e: unknown): unknown =>
  query.cursor && String((e as { code?: unknown }).code).startsWith('22') ? wrong('cursor', 'Unknown cursor') : e;

const own = <T>(record: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const wrong = (name: string, message: string): Refusal =>
  new Refusal('invalid', 'Validation failed', { fields: [{ pointer: `?${name}`, code: 'invalid', message }] });

const patterns: Partial<Record<Kind, RegExp>> = {
  number: /^-?\d{1,15}(\.\d{1,10})?$/,
  boolean: /^(true|false)$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
};
const isValue = (kind: Kind, value: string): boolean => {
  if (kind === 'text' || kind === 'words') return !value.includes('\0');
  if (kind === 'day') return Day.safeParse(value).success;
  if (isInstant(kind)) return Day.safeParse(value).success || Instant.safeParse(value).success;
  return patterns[kind]!.test(value);
};

/** Every group in brackets of its own; an empty one there is none. */
function tree(source: Conditioned, node: FilterTree): Sql {
  if ('field' in node) return condition(source, node, 'where');
  const [nodes, word] = 'all' in node ? [node.all, sql` and `] : [node.any, sql` or `];
  return sql`(${sql.join(
    nodes.map(n => sql`(${tree(source, n)})`),
    word,
  )})`;
}

/** `at` is the parameter that a refusal points at. */
function condition(source: Conditioned, c: Condition, at: string): Sql {
  const special = source.filters && own(source.filters, c.field);
  if (special) return special(c.values);
  const field = own(source.fields, c.field);
  if (!field) throw wrong(at, at === 'where' ? `Unknown field "${c.field}"` : 'Unknown field');
  if (field.kind === 'words') return amongWords(field, c, at);
  if (c.op === 'empty') return c.values[0] === 'false' ? sql`${field.sql} is not null` : sql`${field.sql} is null`;
  const kind = c.op === 'contains' ? 'text' : field.kind;
  for (const v of c.values)
    if (!isValue(kind, v)) throw wrong(at === 'where' ? at : `${at}[${c.op}]`, `Not a ${kind}: ${v.slice(0, 40)}`);
  if (field.among && (c.op === 'eq' || c.op === 'in')) return field.among(c.values);
  const ofDay = isInstant(kind) && instantCondition(field.sql, kind, c);
  if (ofDay) return ofDay;
  const value = sql`${c.values[0]}::${casts[kind]}`;
  switch (c.op) {
    case 'eq':
      return sql`${field.sql} = ${value}`;
    case 'ne':
      return sql`${field.sql} is distinct from ${value}`;
    case 'in':
      return sql`${field.sql} = any(${c.values}::${casts[kind]}[])`;
    case 'gt':
      return sql`${field.sql} > ${value}`;
    case 'gte':
      return sql`${field.sql} >= ${value}`;
    case 'lt':
      return sql`${field.sql} < ${value}`;
    case 'lte':
      return sql`${field.sql} <= ${value}`;
    case 'contains':
      return sql`${field.sql}::text ilike ${anywhere(c.values[0]!)}`;
    default:
      return c.op satisfies never;
  }
}

/** Of a field that holds a list of words: one of them is meant. */
function amongWords({ sql: words, among }: ListField, { field, op, values }: Condition, at: string): Sql {
  if (values.some(v => v.includes('\0'))) throw wrong(at, 'Not a text');
  if (among && (op === 'eq' || op === 'in')) return among(values);
  switch (op) {
    case 'eq':
    case 'in':
      return sql`${words} && ${values}::text[]`;
    case 'ne':
      return sql`not (${words} && ${values}::text[])`;
    case 'contains':
      return sql`array_to_string(${words}, ' ') ilike ${anywhere(values[0]!)}`;
    case 'empty':
      return values[0] === 'false' ? sql`cardinality(${words}) > 0` : sql`cardinality(${words}) = 0`;
    default:
      throw wrong(at, `"${op}" does not fit ${field}, which is a list of words`);
  }
}
