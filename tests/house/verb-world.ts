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
    trace: tracer(row),
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

/**
 * Sums up every table; keys and the time of a look are no effect. Only tables with other versions of rows than at the
 * last call are read whole: `xmin` is the transaction that wrote a version, and later ones have higher numbers.
 */
function tracer(row: World['row']): World['trace'] {
  const known: Record<string, { versions: string; sum: string }> = {};
  let text: string | undefined;
  const sumUp = (table: string): Promise<{ sum: string }> =>
    row(`select count(*) || ' ' || md5(coalesce(
      string_agg((to_jsonb(t) - 'updated_at')::text, '' order by t::text), '')) as sum from "${table}" t`);
  return async () => {
    text ??= (await row<{ text: string }>(`select 'select ' || string_agg(format(
      $f$(select count(*) || ' ' || coalesce(sum(xmin::text::bigint), 0) from %1$I) as %1$I$f$, name), ', ') as text
      from (${tables}) t`)).text;
    for (const [table, versions] of Object.entries(await row<Record<string, string>>(text)))
      if (known[table]?.versions !== versions) known[table] = { versions, ...(await sumUp(table)) };
    return Object.fromEntries(Object.entries(known).map(([table, { sum }]) => [table, sum]));
  };
}

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
