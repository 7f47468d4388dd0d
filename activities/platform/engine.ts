import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type DataConverter } from '@temporalio/common';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { startAttributes } from './process/search-attributes.ts';
import { traceparent } from './tracing/tracing.ts';

export interface Engine {
  client: Client;
  taskQueue: string;
  namespace: string;
  close(): Promise<void>;
}

export interface EngineOptions {
  address: string;
  namespace: string;
  taskQueue: string;
  dataConverter?: DataConverter;
}

/** Temporal's client. The connection is made at the first call, so that a process starts while Temporal is away. */
export function openEngine({ address, namespace, taskQueue, dataConverter }: EngineOptions): Engine {
  const connection = Connection.lazy({ address, connectTimeout: '2s' });
  const client = new Client({ connection, namespace, dataConverter, interceptors: { workflow: [traced] } });
  return { client, taskQueue, namespace, close: () => connection.close() };
}

/** What starts or wakes a process carries its trace along; the process's steps go on in it. */
const traced: WorkflowClientInterceptor = {
  signalWithStart: (input, next) => {
    const parent = traceparent();
    if (!parent) return next(input);
    return next({ ...input, headers: { ...input.headers, traceparent: defaultPayloadConverter.toPayload(parent) } });
  },
};

let current: Engine | undefined;
/** Set once by main of worker and API. */
export const setEngine = (engine: Engine): Engine => (current = engine);
export function engine(): Engine {
  if (!current) throw new Error('The engine is not open');
  return current;
}

/** 503 for what truly needs the engine, within two seconds. */
export async function withEngine<T>(ask: (engine: Engine) => Promise<T>, limitMs = 2000): Promise<T> {
  const e = engine();
  try {
    return await e.client.withDeadline(Date.now() + limitMs, () => ask(e));
  } catch (error) {
    if (isAway(error))
      throw new Refusal('limit', 'The process engine is away; try again', {
        reason: 'engine-away',
        retryAfterSeconds: 2,
      });
    throw error;
  }
}

/** gRPC's: cancelled, too late, too much at once, the worker fails the process's task, aborted, unavailable. */
const awayCodes = new Set([1, 4, 8, 9, 10, 14]);
const isAway = (error: unknown): boolean => {
  for (let e = error; e instanceof Error; e = e.cause as unknown) {
    const code = (e as { code?: unknown }).code;
    if (typeof code === 'number' && awayCodes.has(code)) return true;
  }
  return false;
};

/** Why the engine refused: what the client says tells less than its cause. */
export const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error && cause.message ? `${message}: ${cause.message}` : message;
};

/** The signal at which a process looks again, whatever it has read. */
export const look = ['reconciled', { seq: Number.MAX_SAFE_INTEGER }] as const;

/** Starts the process from the database, or wakes it so that it looks again. */
export async function wake(
  e: Pick<Engine, 'client' | 'taskQueue'>, type: string, workflowId: string, input: ProcessInput,
): Promise<void> {
  await e.client.workflow.signalWithStart(type, {
    workflowId,
    taskQueue: e.taskQueue,
    args: [input],
    signal: look[0],
    signalArgs: [look[1]],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowTaskTimeout: '5s',
    typedSearchAttributes: startAttributes(input, type),
  });
}
