import pg from 'pg';
import { verbs } from '../../../activities/index.ts';
import type { AnyVerb } from '../../../activities/platform/verb.ts';

/**
 * Preloaded into a worker (`node --import`): ends it by SIGKILL, which nothing can catch, at one exact instant.
 * KILL_AFTER=completePhase:2 is when the commit of that verb's second transaction has been answered, and neither the
 * activity nor its workflow knows; KILL_AFTER=stamp:1 is when events got their positions and nobody was told yet.
 */
const [point = '', nth = '1'] = (process.env['KILL_AFTER'] ?? '').split(':');
const stamping = /^update outbox_event e set position/;
let passed = 0;
/** Connections whose commit is the one that is waited for, by their backend's process id. */
const armed = new Set<number>();

if (point !== 'stamp') arm(point);
watchQueries();

function arm(name: string): void {
  const register: Record<string, AnyVerb> = verbs;
  const verb = register[name];
  if (!verb) throw new Error(`KILL_AFTER names no verb: ${name}`);
  const { body } = verb;
  verb.body = async (ctx, input) => {
    const answer = await body(ctx, input);
    const [row] = await ctx.em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
    passed += 1;
    if (passed === Number(nth)) armed.add(row!.pid);
    return answer;
  };
}

function watchQueries(): void {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function watched(this: pg.Client & { processID?: number }, ...args: unknown[]): unknown {
    const asked = args[0] as string | { text?: string };
    const text = typeof asked === 'string' ? asked : (asked.text ?? '');
    const answer = query.apply(this, args);
    if (text === 'commit' && armed.has(this.processID ?? 0)) void (answer as Promise<unknown>).then(die);
    if (point === 'stamp' && stamping.test(text)) void (answer as Promise<pg.QueryResult>).then(stamped);
    return answer;
  } as typeof pg.Client.prototype.query;
}

function stamped({ rowCount }: pg.QueryResult): void {
  if (rowCount) passed += 1;
  if (rowCount && passed === Number(nth)) die();
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
