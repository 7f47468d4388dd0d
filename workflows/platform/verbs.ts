import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { z } from 'zod';
import type { Verb } from '../../activities/platform/verb.ts';

/** An area's verbs as a workflow sees them. */
export type Activities<V> = {
  [K in keyof V]: V[K] extends Verb<infer I, infer O> ? (input: z.input<I>) => Promise<z.output<O>> : never;
};

const short = {
  startToCloseTimeout: '5s',
  localRetryThreshold: '10s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '5s' },
} as const;

/** Short database verbs: local activities, each with a business key or naturally safe to run twice. */
export const verbs = <V>() => proxyLocalActivities<Activities<V>>(short);

/** The same for a task that runs one verb. */
export const shortTasks = <T>() => proxyLocalActivities<T>(short);

/** Activities that wait or read for long: heartbeats, so that a lost worker is noticed. */
export const tasks = <T>() => proxyActivities<T>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});
