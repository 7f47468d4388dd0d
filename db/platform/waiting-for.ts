import { sql, type Sql } from './sql.ts';

/**
 * What a process waits for, of a row `alias` of `process`: as it said last, and while a worker has not taken it up, or
 * carries out a step of it, just that, in the shape of `waiting()` in domain/platform/sentence.ts.
 */
export function waitingForOf(alias: string): Sql {
  const of = (column: string): Sql => sql.ref(`${alias}.${column}`);
  const says = (what: string, since: Sql, then: string): Sql => sql`jsonb_build_object(
    'sentence', ${`${what} since `}::text || to_char(
      ${since} at time zone (select t.time_zone from tenant t where t.id = ${of('tenant_id')}), 'Dy FMDD Mon HH24:MI'
    ) || ${`, with no deadline; afterwards ${then}.`}::text,
    'on', 'a worker', 'since', to_char(${since} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'due', null, 'until', null, 'then', ${then}::text, 'person', false)`;
  return sql`coalesce(${of('waiting_for')}, case ${of('status')}
    when 'starting' then ${says('Waiting for a worker to take it up', of('started_at'), 'it begins')}
    when 'running' then ${says('A worker carries out its next step', of('updated_at'), 'it says what comes')} end)`;
}
