import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type RawBuilder,
} from 'kysely';

const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A piece of SQL whose values are parameters; made by the `sql` tag. */
export type Sql = RawBuilder<unknown>;
export { sql };

export const compileSql = (fragment: Sql): { sql: string; parameters: readonly unknown[] } =>
  fragment.compile(compiler);

/** `and`-joined conditions, or true. */
export const allOf = (conditions: Sql[]): Sql => (conditions.length ? sql.join(conditions, sql` and `) : sql`true`);

/** Output name → expression, as a list to select. */
export const selected = (columns: Record<string, Sql>): Sql =>
  sql.join(Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.ref(name)}`));

export const columnOf = (alias: string, name: string): Sql =>
  sql.ref(`${alias}.${name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)}`);

/** Output name → column, for fields that are columns of the same name. */
export const columnsOf = (
  alias: string,
  names: readonly string[],
  renamed: Record<string, string> = {},
): Record<string, Sql> =>
  Object.fromEntries(names.map(name => [name, columnOf(alias, renamed[name] ?? name)]));

/** For `ilike`: the text anywhere, taken as it is. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
