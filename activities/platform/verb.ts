import { AsyncLocalStorage } from 'node:async_hooks';
import { v7 } from 'uuid';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import { changeNote, forget } from '../../db/platform/cached.ts';
import { stamps, type Change } from '../../db/platform/stamp.ts';
import { inTenant, transactionOf } from '../../db/platform/pool/transaction.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { tenantNow, type Clock } from '../../domain/platform/clock.ts';
import type { EventContract, Needs, Shape } from '../../domain/platform/contract.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { allows, allowsOn, type Scoped } from '../../domain/platform/permission.ts';
import { writeAudit } from './audit.ts';
import { asRefusal, isTransient } from './database-error.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import { emitted, flushOutbox, type Emitted } from './outbox/outbox.ts';
import { readClock } from './clock/read-clock.ts';
import { span } from './tracing/tracing.ts';

/** On whose behalf a verb runs, and what the request or the workflow brought along. */
export interface Caller {
  actor: Actor;
  /** The Idempotency-Key header; a verb's own business key otherwise. */
  key?: string;
  /** The calling workflow's tenant-now. */
  now?: number;
  /** Of If-Match. */
  expectedVersion?: number;
  requestId?: string;
}

export interface VerbContext {
  /** MikroORM's entity manager inside the tenant's transaction. */
  em: EntityManager;
  actor: Actor;
  tenantId: string;
  /** The tenant's time, in milliseconds. */
  now: number;
  clock: Clock;
  expectedVersion: number | undefined;
  requestId: string | undefined;
  id(): string;
  /** An audit row for what was written past the entities. */
  note(change: Change): void;
  emit<P extends Shape>(event: EventContract<P>, payload: z.input<P>): void;
  /** Runs another verb inside this transaction, with this verb's right. */
  run<I extends Shape, O extends Shape>(inner: Verb<I, O>, input: z.input<I>): Promise<z.output<O>>;
  /** Runs another verb inside this transaction, which has audit rows of its own: a look that does what is due. */
  act(inner: AnyVerb, input: unknown): Promise<void>;
  /** Writes the events so far, and with that holds their streams. */
  tell(): void;
  /** Does it behind a savepoint: a fault undoes it alone, with its events and audit rows, and is thrown. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** What is read once for many rows that are written together; each time, where they are not. */
  once<T>(about: string, read: () => Promise<T>): Promise<T>;
  /** Does the work on many rows, so that `once` reads once. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** How many rows were written through entities until now. */
  written(): number;
  /** What was collected until now; the answer forgets what came after, when the database forgets it too. */
  mark(): () => void;
  /** Refuses with 403 unless the actor may do it to this record; processes may. */
  authorize(needs: Needs, record: Scoped): void;
}

export interface Verb<I extends Shape, O extends Shape> {
  name: string;
  needs: Needs;
  input: I;
  output: O;
  /** A business key: the second run answers what the first one did. */
  key?(input: z.output<I>): string;
  /** No audit row of its own: looks. */
  quiet?: boolean;
  body(ctx: VerbContext, input: z.output<I>): Promise<z.input<O>>;
}
export type AnyVerb = Verb<Shape, Shape>;

/** Declares a verb: the only thing that is handed a writing `em`. */
export const verb = <I extends Shape, O extends Shape>(
  v: Omit<Verb<I, O>, 'body'>, body: (ctx: VerbContext, input: z.output<I>) => Promise<z.input<O>>,
): Verb<I, O> => ({ ...v, body });

/** The caller of verbs that run as activities; set by the worker from the headers. */
export const callers = new AsyncLocalStorage<Caller>();
const transactions = new AsyncLocalStorage<VerbContext>();

/**
 * Runs a verb: parse, permission, transaction, tenant, idempotency, body, audit, outbox, commit.
 * Inside another verb it joins that one's transaction. Deadlocks and serialization failures are tried again.
 */
export async function run<I extends Shape, O extends Shape>(
  v: Verb<I, O>, raw: z.input<I>, caller: Caller = callerInScope(),
): Promise<z.output<O>> {
  const outer = transactions.getStore();
  const input = v.input.parse(raw);
  if (outer) return v.output.parse(await v.body(outer, input));
  if (caller.actor.kind === 'user' && !allows(caller.actor.ability, v.needs)) {
    throw new Refusal('forbidden', 'You do not have permission to do this');
  }
  return span(`verb ${v.name}`, {}, async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await inTransaction(v, input, caller);
      } catch (e) {
        if (attempt < 5 && isTransient(e)) continue;
        throw asRefusal(e);
      }
    }
  });
}

export function callerInScope(): Caller {
  const caller = callers.getStore();
  if (!caller) throw new Error('A verb was run on nobody’s behalf');
  return caller;
}

async function inTransaction<I extends Shape, O extends Shape>(
  v: Verb<I, O>, input: z.output<I>, caller: Caller,
): Promise<z.output<O>> {
  const { actor } = caller;
  const key = caller.key ?? v.key?.(input);
  const change = { stories: [] as string[], names: [] as string[] };
  const answered = await inTenant(actor.tenantId, async ({ em }) => {
    // In this order: who waits for a twin reads the clock after it.
    const [known, clock] = await Promise.all([
      key === undefined ? null : claimKey(em, actor, key, { verbName: v.name, input }),
      readClock(em),
    ]);
    if (known) return v.output.parse(known.answer);
    const now = Math.max(tenantNow(clock, clock.machineMs), caller.now ?? 0);
    const changes: Change[] = [];
    const moment: Moment = {
      ...{ clock, now, changes, events: [], stories: [], names: [], versionAsked: false, known: null },
    };
    const ctx = contextOf(em, caller, moment);
    return stamps.run({ tenantId: actor.tenantId, userId: actor.userId, now, changes }, async () => {
      const answer = v.output.parse(await transactions.run(ctx, () => v.body(ctx, input)));
      if (caller.expectedVersion !== undefined && !moment.versionAsked) throw notChecked();
      await em.flush();
      // None of these is waited for, and the streams are locked last: the commit meets the faults.
      if (!v.quiet) writeAudit(em, { verbName: v.name, caller, now }, changes);
      flushOutbox(em, actor, now, moment.events);
      // What has no event of its own is known by the name of its verb.
      if (changes.length && !moment.names.length && !v.quiet) {
        moment.names.push(`verb:${v.name}`);
        const { channel, text } = changeNote(actor.tenantId, [actor.tenantId], moment.names);
        transactionOf(em).behind('select pg_notify($1, $2)', [channel, text]);
      }
      if (key !== undefined) keepAnswer(em, actor, key, answer);
      change.stories.push(...moment.stories);
      change.names.push(...moment.names);
      return answer;
    });
  });
  // Whoever changed something reads it back at once; the other processes hear of it by the notification.
  if (change.names.length) forget(actor.tenantId, change);
  return answered;
}

/** A condition that nothing evaluates must not be taken for one that holds. */
const notChecked = (): Refusal =>
  new Refusal('precondition', 'If-Match is not checked here: leave it out', { reason: 'version-not-checked' });

interface Moment {
  clock: Clock;
  now: number;
  events: Emitted[];
  changes: Change[];
  /** Of all events, also of those that are written already. */
  stories: string[];
  /** Of the events; of a verb without any its own. */
  names: string[];
  versionAsked: boolean;
  /** What `once` has read, while many rows are written together. */
  known: Map<string, Promise<unknown>> | null;
}

const contextOf = (em: EntityManager, caller: Caller, moment: Moment): VerbContext => ({
  attempt: work => attempted(em, moment, work),
  em, actor: caller.actor, tenantId: caller.actor.tenantId, now: moment.now, clock: moment.clock,
  requestId: caller.requestId,
  get expectedVersion() {
    moment.versionAsked = true;
    return caller.expectedVersion;
  },
  // Sorted by when they were made: what happened at one instant keeps its order, also on a clock that stands still.
  id: () => v7(),
  note: change => { moment.changes.push(change); },
  emit: (event, payload) => {
    const told = emitted(event, payload);
    moment.events.push(told);
    moment.stories.push(told.storyId);
    moment.names.push(told.name);
  },
  run: (inner, input) => run(inner, input, caller),
  act: async (inner, input) => {
    const first = moment.changes.length;
    await run(inner, input, caller);
    await em.flush();
    writeAudit(em, { verbName: inner.name, caller, now: moment.now }, moment.changes.splice(first));
  },
  tell: () => flushOutbox(em, caller.actor, moment.now, moment.events.splice(0)),
  once: (about, read) => {
    if (!moment.known) return read();
    if (!moment.known.has(about)) moment.known.set(about, read());
    return moment.known.get(about) as ReturnType<typeof read>;
  },
  together: async work => {
    moment.known = new Map();
    try {
      return await work();
    } finally {
      moment.known = null;
    }
  },
  written: () => moment.changes.length,
  mark: () => marked(em, moment),
  authorize: (needs, record) => {
    if (caller.actor.kind === 'user' && !allowsOn(caller.actor.ability, needs, record)) {
      throw new Refusal('forbidden', 'You do not have permission to do this');
    }
  },
});

function marked(em: EntityManager, { events, changes }: Moment): () => void {
  const [eventsSoFar, changesSoFar] = [events.length, changes.length];
  return () => {
    events.length = eventsSoFar;
    changes.length = changesSoFar;
    em.clear();
  };
}

async function attempted<T>(em: EntityManager, moment: Moment, work: () => Promise<T>): Promise<T> {
  const undo = marked(em, moment);
  try {
    return await transactionOf(em).attempt(async () => {
      const answer = await work();
      await em.flush();
      return answer;
    });
  } catch (e) {
    undo();
    throw asRefusal(e);
  }
}
