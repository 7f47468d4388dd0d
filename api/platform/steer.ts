import type { z } from 'zod';
import type { Actor } from '../../domain/platform/actor.ts';
import type { MessageContract, Shape } from '../../domain/platform/contract.ts';
import type { FutureEntry, ProcessContract } from '../../domain/platform/process.ts';
import type { Sql } from '../../db/platform/sql.ts';
import type { HandlerArgs } from './serve.ts';

type Tools = Pick<HandlerArgs, 'run' | 'read' | 'actor'>;

interface Steering<S extends Shape, M extends Record<string, MessageContract<Shape>>> {
  /** Starts it by the area's own verb; answers the entity the process follows. */
  start(args: Tools & { body: z.output<S> }): Promise<{ entityId: string }>;
  /** Each command, by the same verb as the area's own endpoint. */
  signals: { [K in keyof M]: (args: Tools & { entityId: string; body: z.output<M[K]['body']> }) => Promise<unknown> };
  /** Which rows of `process p` the actor may see, where its right is not for all of them. */
  visible?(actor: Actor): Sql;
  /** Why a command is closed just now, or null: shown by the web instead of hiding it. */
  whyNot?(name: keyof M & string, args: Tools & { entityId: string }): Promise<string | null>;
  simulate?(args: Tools & { body: z.output<S> }): Promise<FutureEntry[]>;
}

/** A process as the API steers it, with the types of its messages forgotten. */
export interface Steered {
  contract: ProcessContract;
  start(args: Tools & { body: unknown }): Promise<{ entityId: string }>;
  signals: Record<string, (args: Tools & { entityId: string; body: unknown }) => Promise<unknown>>;
  visible?(actor: Actor): Sql;
  whyNot?(name: string, args: Tools & { entityId: string }): Promise<string | null>;
  simulate?(args: Tools & { body: unknown }): Promise<FutureEntry[]>;
}

/** Binds a declared process to verbs: a missing or extra command does not compile. */
export function steer<S extends Shape, M extends Record<string, MessageContract<Shape>>>(
  contract: ProcessContract<S, M>, steering: Steering<S, M>,
): Steered {
  return { contract: contract as ProcessContract, ...steering } as Steered;
}
