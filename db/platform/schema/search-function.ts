import { sql, type Sql } from '../sql.ts';

/**
 * What a migration adds so that a table can be searched by text. Operators of text search are not leakproof, so their
 * index would not be used under row-level security; the function filters by tenant itself, answers ids only, and
 * belongs to a role that nobody signs in as.
 */
export function searchFunction(table: string, columns: readonly string[]): string[] {
  const text = `(${columns.map(c => `coalesce("${c}", '')`).join(` || E'\\n' || `)})`;
  const name = functionOf(table);
  return [
    `create index "${table}_search" on "${table}" using gin (${text} gin_trgm_ops);`,
    `grant select on "${table}" to search_definer;`,
    `create policy search on "${table}" for select to search_definer using (true);`,
    `create function ${name}(wanted text) returns setof uuid language sql stable security definer
     set search_path = public, pg_temp as $$
       select id from "${table}" where tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
         and ${text} ilike '%' || regexp_replace(wanted, '([\\\\%_])', '\\\\\\1', 'g') || '%'
     $$;`,
    `grant create on schema public to search_definer;`,
    `alter function ${name}(text) owner to search_definer;`,
    `revoke create on schema public from search_definer;`,
    `revoke execute on function ${name}(text) from public;`,
    `grant execute on function ${name}(text) to app;`,
  ];
}

export const dropSearchFunction = (table: string): string[] => [
  `drop function ${functionOf(table)}(text);`,
  `drop policy search on "${table}";`,
  `revoke select on "${table}" from search_definer;`,
  `drop index "${table}_search";`,
];

/** Rows of the table whose text contains the words as they stand, whatever their case. */
export const foundIn = (table: string, key: Sql, text: string): Sql =>
  sql`${key} in (select ${sql.ref(functionOf(table))}(${text}))`;

const functionOf = (table: string): string => `search_${table}`;
