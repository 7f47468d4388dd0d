import { ApplicationFailure, defaultPayloadConverter, type Headers } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';
import { ZodError } from 'zod';
import type { Actor } from '../../domain/platform/actor.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { abilityFor } from '../../domain/platform/permission.ts';
import { span } from './tracing/tracing.ts';
import { callers, run, type AnyVerb } from './verb.ts';

/** The verbs as activities. */
export const asActivities = (verbs: Record<string, AnyVerb>): Record<string, (input: unknown) => Promise<unknown>> =>
  Object.fromEntries(
    Object.entries(verbs).map(([name, v]) => [
      name,
      (input: unknown) => failing(() => run(v, input)),
    ]),
  );

/** Refusals become failures that are not retried; all else is, until it passes. */
export async function failing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (e) {
    if (e instanceof Refusal)
      throw ApplicationFailure.create({ message: e.message, type: e.code, nonRetryable: true, details: [e.details] });
    if (e instanceof ZodError) throw ApplicationFailure.nonRetryable(e.message, 'invalid');
    throw e;
  }
}

/** Takes tenant, actor and tenant-now out of the headers that the workflow's interceptors wrote. */
export const activityInterceptors = (): ActivityInterceptors => ({
  inbound: {
    execute: (input, next) => {
      const { headers } = input;
      const tenantId = read<string>(headers, 'tenant'),
        key = read<string>(headers, 'actor');
      if (!tenantId || !key)
        throw ApplicationFailure.nonRetryable(`No tenant in the headers of ${Context.current().info.activityType}`);
      const { activityType, workflowType = '', workflowExecution } = Context.current().info;
      const attributes = { 'workflow.type': workflowType, 'workflow.id': workflowExecution?.workflowId ?? '' };
      const traced = { kind: 'consumer', parent: read<string>(headers, 'traceparent'), attributes } as const;
      return span(`activity ${activityType}`, traced, () =>
        callers.run({ actor: processActor(tenantId, key), now: read<number>(headers, 'now') }, () => next(input)),
      );
    },
  },
});

const read = <T>(headers: Headers, name: string): T | undefined => {
  const payload = headers[name];
  return payload ? defaultPayloadConverter.fromPayload<T>(payload) : undefined;
};

/** A process acts for nobody: the audit log says `system`. */
export const processActor = (tenantId: string, key: string): Actor => ({
  kind: 'process',
  tenantId,
  userId: null,
  key,
  name: 'system',
  role: null,
  permissions: [],
  ability: abilityFor([], ''),
});
