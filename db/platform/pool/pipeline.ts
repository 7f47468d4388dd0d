import pg, { type ClientBase, type QueryResult } from 'pg';

/** A connection in a transaction, whose statements may leave before the answers to earlier ones have come. */
export interface Pipeline {
  /** Sends at once; the server works in the order of sending, and after a fault on none that was sent behind it. */
  send<T>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** Sends a change that nobody waits for; a fault, or what `proved` finds wrong, is met before the commit. */
  behind(text: string, values: readonly unknown[], proved?: (result: QueryResult) => void): void;
}

const pipelines = new WeakMap<object, Pipeline>();

/** Makes it known by what MikroORM holds of the transaction. */
export const knowPipeline = (ctx: object, pipeline: Pipeline): void => void pipelines.set(ctx, pipeline);

export const pipelineOf = (ctx: unknown): Pipeline | undefined =>
  typeof ctx === 'object' && ctx !== null ? pipelines.get(ctx) : undefined;

/** What is sent in this tick leaves in one packet. */
export function cork(client: ClientBase): void {
  if (!(client instanceof pg.Client)) return;
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
