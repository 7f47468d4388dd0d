import {
  isRaw, LockMode, OptimisticLockError, type Configuration, type Dictionary, type EntityData, type EntityDictionary,
  type EntityMetadata, type EntityName, type EntityProperty, type FilterQuery, type FindOptions,
  type NativeInsertUpdateManyOptions, type NativeInsertUpdateOptions, type ObjectQuery, type QueryResult,
  type UpsertOptions,
} from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { pipelineOf } from './pipeline.ts';

/**
 * MikroORM's driver with a short way for the statements that nearly every verb needs: a read by plain conditions, an
 * insert, an update by id and version. They are prepared once for each connection, and in a verb's transaction nobody
 * waits for what is written: faults are met before the commit. All else goes MikroORM's own way.
 */
export class LeanDriver extends PostgreSqlDriver {
  constructor(config: Configuration) {
    super(config);
    // MikroORM's own leaves "null" bare, which is no word then, and makes an "n" of a new line.
    this.platform.marshallArray = words => `{${words.map(word => `"${word.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
  }

  override async find<T extends object, P extends string = never, F extends string = never, E extends string = never>(
    entityName: EntityName<T>,
    where: ObjectQuery<T>,
    options?: FindOptions<T, P, F, E>,
  ): Promise<EntityData<T>[]> {
    const meta = this.metadata.get(entityName);
    const pipeline = pipelineOf(ctxOf(options));
    const select = pipeline && isPlain(meta) && plainSelect(meta, where, options ?? {});
    if (!select) return super.find(entityName, where, options);
    const rows = await pipeline.send<object>(select.text, select.values);
    return rows.map(row => this.mapResult(row as EntityDictionary<T>, meta)!);
  }

  override async nativeInsertMany<T extends object>(
    entityName: EntityName<T>,
    data: EntityDictionary<T>[],
    options: NativeInsertUpdateManyOptions<T> = {},
    transform?: (sql: string) => string,
  ): Promise<QueryResult<T>> {
    const meta = this.metadata.get(entityName);
    const pipeline = pipelineOf(options.ctx);
    const plain = pipeline && isPlain(meta) && options.convertCustomTypes === false && !transform;
    const insert = plain && plainInsert(meta, data);
    if (!insert) return super.nativeInsertMany(entityName, data, options, transform);
    pipeline.behind(insert.text, insert.values);
    return written(data.length, data.map(() => ({ version: 1 })));
  }

  override async nativeUpdate<T extends object>(
    entityName: EntityName<T>,
    where: FilterQuery<T>,
    data: EntityDictionary<T>,
    options: NativeInsertUpdateOptions<T> & UpsertOptions<T> = {},
  ): Promise<QueryResult<T>> {
    const meta = this.metadata.get(entityName);
    const pipeline = pipelineOf(options.ctx);
    const plain = pipeline && isPlain(meta) && options.convertCustomTypes === false && !options.upsert;
    const update = plain && plainUpdate(meta, where, data);
    if (!update) return super.nativeUpdate(entityName, where, data, options);
    pipeline.behind(update.text, update.values, ({ rowCount }) => {
      if (!rowCount) throw OptimisticLockError.lockFailed(meta.className);
    });
    return written(1, [{ version: update.version + 1 }]);
  }
}

interface Statement {
  text: string;
  values: unknown[];
}

const ctxOf = (options: object | undefined): unknown => (options as { ctx?: unknown } | undefined)?.ctx;
const quoted = (name: string): string => `"${name}"`;
const column = (prop: EntityProperty): string => quoted(prop.fieldNames[0]!);

const plains = new WeakMap<EntityMetadata, boolean>();
/** A table of its own with one id, no relation, and nothing that the server makes up but the version. */
function isPlain(meta: EntityMetadata): boolean {
  const known = plains.get(meta);
  if (known !== undefined) return known;
  const plain =
    !meta.virtual && !meta.inheritanceType && meta.relations.length === 0 && meta.primaryKeys.length === 1 &&
    meta.primaryKeys[0] === 'id' && meta.versionProperty === 'version' &&
    meta.props.every(p => p.persist !== false && p.fieldNames.length === 1 && !p.autoincrement && !p.generated &&
      !p.lazy && !p.formula && !isConverted(p));
  plains.set(meta, plain);
  return plain;
}
const isConverted = ({ customType, columnTypes }: EntityProperty): boolean =>
  customType !== undefined && !columnTypes[0]?.startsWith('json') &&
  ('convertToDatabaseValueSQL' in customType || 'convertToJSValueSQL' in customType);

/** What the server would answer: each id is known, and so is the version that it gives. */
const written = <T extends object>(affectedRows: number, rows: Dictionary[]): QueryResult<T> => ({
  affectedRows, rows, row: rows[0]!, insertId: undefined as never,
});

function plainInsert<T extends object>(meta: EntityMetadata<T>, data: EntityDictionary<T>[]): Statement | undefined {
  const names = Object.keys(data[0] ?? {});
  const props = names.map(name => propOf(meta, name));
  const rows = data.map(row => row as Dictionary);
  const alike = rows.every(row => Object.keys(row).length === names.length && names.every(n => isValue(row[n])));
  const madeUp = meta.props.some(p => p.defaultRaw && !p.version && !names.includes(p.name));
  if (!names.length || !alike || madeUp || !props.every(p => p !== undefined)) return undefined;
  const values = rows.flatMap(row => props.map(prop => valueOf(prop, row[prop.name])));
  const places = rows.map((_, r) => `(${names.map((_, c) => `$${r * names.length + c + 1}`).join(', ')})`);
  return {
    text: `insert into ${quoted(meta.tableName)} (${props.map(column).join(', ')}) values ${places.join(', ')}`,
    values,
  };
}

function plainUpdate<T extends object>(
  meta: EntityMetadata<T>, where: FilterQuery<T>, data: EntityDictionary<T>,
): (Statement & { version: number }) | undefined {
  const { id, version, ...more } = where as Dictionary;
  const changed = data as Dictionary;
  const names = Object.keys(changed);
  const props = names.map(name => propOf(meta, name));
  if (typeof id !== 'string' || typeof version !== 'number' || Object.keys(more).length) return undefined;
  if (!names.length || names.includes('version') || !props.every(p => p !== undefined)) return undefined;
  const values = props.map(prop => valueOf(prop, changed[prop.name]));
  if (!values.every(isValue)) return undefined;
  const set = props.map((prop, i) => `${column(prop)} = $${i + 1}`).join(', ');
  return {
    text: `update ${quoted(meta.tableName)} set ${set}, "version" = "version" + 1
      where "id" = $${names.length + 1} and "version" = $${names.length + 2}`,
    values: [...values, id, version],
    version,
  };
}

const propOf = <T>(meta: EntityMetadata<T>, name: string): EntityProperty | undefined =>
  (meta.properties as Record<string, EntityProperty>)[name];

/** The driver would take a list for an array of PostgreSQL's. */
const valueOf = (prop: EntityProperty, value: unknown): unknown =>
  prop.columnTypes[0]?.startsWith('json') && typeof value === 'object' && value !== null && !isRaw(value)
    ? JSON.stringify(value)
    : value;

/** What stands for itself: no piece of SQL, and nothing that the server should fill in. */
const isValue = (value: unknown): boolean => value !== undefined && !isRaw(value);

const usual = new Set(['populate', 'orderBy', 'limit', 'lockMode', 'ctx', 'filters', 'refresh', 'schema', 'strategy',
  'convertCustomTypes', 'loggerContext', 'flags', 'populateWhere', 'populateFilter', 'connectionType', 'logging',
  'disableIdentityMap', 'having', 'unionWhere', 'exclude', 'fields', 'em', 'signal', 'inflightQueryAbortStrategy',
  'failHandler', 'strict', 'cache', 'flushMode', '_populateWhere', 'populateInlineRefs', 'where', 'lockVersion']);
const locks: Partial<Record<LockMode, string>> = {
  [LockMode.PESSIMISTIC_WRITE]: ' for update', [LockMode.PESSIMISTIC_READ]: ' for share', [LockMode.NONE]: '',
};

function plainSelect<T extends object>(
  meta: EntityMetadata<T>, where: ObjectQuery<T>, options: object,
): Statement | undefined {
  const { orderBy, limit, lockMode, ...rest } = options as {
    orderBy?: unknown; limit?: unknown; lockMode?: LockMode | undefined;
  };
  const asked = rest as Dictionary;
  const strange = Object.keys(asked).some(key => !usual.has(key) && asked[key] !== undefined);
  const partial = ['fields', 'exclude', 'populate', 'unionWhere', 'having'].some(key => isFilled(asked[key]));
  const lock = lockMode === undefined ? '' : locks[lockMode];
  const values: unknown[] = [];
  const conditions = conditionsOf(meta, where as Dictionary, values);
  const order = orderOf(meta, orderBy);
  if (strange || partial || lock === undefined || !conditions || order === undefined) return undefined;
  const most = typeof limit === 'number' ? ` limit ${limit}` : '';
  // By name, not `*`: a column that is added must not make the kept plan void.
  const columns = meta.props.map(column).join(', ');
  return { text: `select ${columns} from ${quoted(meta.tableName)}${conditions}${order}${most}${lock}`, values };
}

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false;

function conditionsOf<T>(meta: EntityMetadata<T>, where: Dictionary, values: unknown[]): string | undefined {
  const conditions: string[] = [];
  const add = (part: Dictionary): boolean =>
    Object.entries(part).every(([name, wanted]) => {
      if (name === '$and') return Array.isArray(wanted) && wanted.every(each => add(each as Dictionary));
      const prop = propOf(meta, name);
      const condition = prop && conditionOf(prop, wanted, values);
      if (condition) conditions.push(condition);
      return condition !== undefined;
    });
  if (!add(where)) return undefined;
  return conditions.length ? ` where ${conditions.join(' and ')}` : '';
}

function conditionOf(prop: EntityProperty, wanted: unknown, values: unknown[]): string | undefined {
  if (wanted === null) return `${column(prop)} is null`;
  if (isScalar(wanted)) return `${column(prop)} = $${values.push(wanted)}`;
  const among = (wanted as { $in?: unknown } | undefined)?.$in;
  const list = Array.isArray(among) && Object.keys(wanted as object).length === 1 && among.every(isScalar);
  // Without its length: a cast would cut what is longer, and find what is not there.
  const type = prop.columnTypes[0]?.replace(/^varchar/, 'text').replace(/\(.*\)/, '');
  return list && type ? `${column(prop)} = any($${values.push(among)}::${type}[])` : undefined;
}
const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

function orderOf<T>(meta: EntityMetadata<T>, orderBy: unknown): string | undefined {
  const keys = (Array.isArray(orderBy) ? orderBy : orderBy ? [orderBy] : []).flatMap(o => Object.entries(o as object));
  const parts = keys.map(([name, way]) => {
    const prop = propOf(meta, name);
    const known = typeof way === 'string' && /^(asc|desc)$/i.test(way);
    return prop && known ? `${column(prop)} ${way}` : undefined;
  });
  if (parts.includes(undefined)) return undefined;
  return parts.length ? ` order by ${parts.join(', ')}` : '';
}
