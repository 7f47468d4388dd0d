import type pg from 'pg';
import type { z } from 'zod';
import { processActor } from '../../activities/platform/as-activity.ts';
import { setSecretBox } from '../../activities/platform/secret-box.ts';
import { run, verb, type AnyVerb, type Caller, type Verb } from '../../activities/platform/verb.ts';
import { connected } from '../../bin/database-roles.ts';
import { openOrm } from '../../db/platform/orm.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import type { Shape } from '../../domain/platform/contract.ts';
import { cloneDatabase } from '../kit/database.ts';
import { makeTenant, roles, type TestTenant, type Username } from '../kit/people.ts';
import { actorOf } from '../kit/tenant.ts';

/** One tenant on a database of its own, for verbs alone. */
export interface World {
  tenant: TestTenant;
  as(username: Username): Caller;
  process: Caller;
  /** As the manager, unless another caller is named. */
  run<I extends Shape, O extends Shape>(v: Verb<I, O>, input: z.input<I>, caller?: Caller): Promise<z.output<O>>;
  row<T>(sql: string, values?: unknown[]): Promise<T>;
  /** Everything that is stored, in short: two equal ones mean that nothing was written in between. */
  trace(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** What a verb is run with, once everything before it has happened. */
export interface Example {
  input: unknown;
  as: Caller;
  /** Why a second run without a key may do something again; said only of what no workflow runs by itself. */
  again?: string;
}
export type Examples = Record<string, (w: World) => Promise<Example>>;

export async function openWorld(): Promise<World> {
  setSecretBox(`k1:${'A'.repeat(43)}=`);
  const database = await cloneDatabase();
  const orm = await openOrm(database.appUrl, 10);
  const owner = await connected(database.ownerUrl);
  const tenant = await makeTenant();
  const as = (username: Username): Caller => ({ actor: actorOf(tenant.id, roles[username], tenant.users[username]) });
  const row = async <T>(sql: string, values: unknown[] = []): Promise<T> =>
    (await owner.query(sql, values)).rows[0] as T;
  return {
    tenant,
    as,
    process: { actor: processActor(tenant.id, 'process:example') },
    run: (v, input, caller = as('manager')) => run(v, input, caller),
    row,
    trace: tracer(owner),
    close: async () => {
      await owner.end();
      await orm.close();
      await database.drop();
    },
  };
}

const tables = `
  select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    and relname not in ('idempotency', 'mikro_orm_migrations', 'rate_limit_bucket')`;

/** A table as it was seen last: how many versions of rows, of which transactions, and the sum of what they hold. */
interface Seen {
  versions: string;
  top: string;
  sum: string;
}

/**
 * Sums up every table; keys and the time of a look are no effect. Only tables with other versions of rows than at the
 * last call are read, and of these only what is new, unless one of the older rows is no longer there: `xmin` is the
 * transaction that wrote a version, and later ones have higher numbers.
 */
function tracer(owner: pg.Client): World['trace'] {
  const known: Record<string, Seen> = {};
  let text: string | undefined;
  const first = async <T>(query: pg.QueryConfig): Promise<T> => (await owner.query(query)).rows[0] as T;
  const sumUp = async (table: string, versions: string, last: Seen = nothing): Promise<Seen> => {
    const { kept, top, added } = await first<{ kept: string; top: string; added: string }>({
      text: `select count(*) filter (where x <= $1) || ' ' || coalesce(sum(x) filter (where x <= $1), 0) as kept,
          coalesce(max(x), 0)::text as top,
          coalesce(sum(hashtextextended((to_jsonb(t) - 'updated_at')::text, 0)) filter (where x > $1), 0)::text as added
        from "${table}" t, lateral (select t.xmin::text::bigint as x) of_row`,
      values: [last.top],
    });
    if (kept !== last.versions) return sumUp(table, versions);
    return { versions, top, sum: String(BigInt(last.sum) + BigInt(added)) };
  };
  return async () => {
    text ??= (await first<{ text: string }>({ text: `select 'select ' || string_agg(format(
      $f$(select count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from %1$I) as %1$I$f$, name), ', ') as text
      from (${tables}) t` })).text;
    // Prepared under a name, since to plan it takes longer than to run it.
    for (const [table, versions] of Object.entries(await first<Record<string, string>>({ name: 'versions', text })))
      if (known[table]?.versions !== versions) known[table] = await sumUp(table, versions, known[table]);
    return Object.fromEntries(
      Object.entries(known).map(([table, { versions, sum }]) => [table, `${versions.split(' ')[0]} ${sum}`]),
    );
  };
}
const nothing: Seen = { versions: '0 0', top: '0', sum: '0' };

/** Runs the verb inside a transaction that ends badly. */
export async function runInVain(v: AnyVerb, { input, as }: Example): Promise<void> {
  const inVain = verb({ name: 'in-vain', needs: 'signed-in', input: v.input, output: v.output }, async (ctx, i) => {
    await ctx.run(v, i);
    await ctx.em.flush();
    throw new Refusal('conflict', 'rolled back');
  });
  await run(inVain, input, as).then(
    () => {
      throw new Error('It should have been rolled back');
    },
    (e: Error) => {
      if (e.message !== 'rolled back') throw e;
    },
  );
}
