import { ApplicationFailure, defaultPayloadConverter, type Headers } from '@temporalio/common';
import { workflowInfo, type WorkflowInterceptors } from '@temporalio/workflow';
import { tenantNow } from '../../domain/platform/clock.ts';
import { isProcessInput } from '../../domain/platform/process.ts';
import { defuse } from './poison.ts';
import { scope } from './scope.ts';

/** Of processes that belong to no tenant: sees nothing under row-level security. */
const noTenant = '00000000-0000-0000-0000-000000000000';
const payload = (value: string | number) => defaultPayloadConverter.toPayload(value);

/** Tenant, actor and tenant-now travel in headers to every activity, also local ones, and over continue-as-new. */
const stamped = (headers: Headers): Headers => ({
  ...headers,
  tenant: payload(scope.tenantId), actor: payload(`process:${workflowInfo().workflowId}`),
  ...(scope.trace ? { traceparent: scope.trace } : {}),
  ...(scope.clock ? { now: payload(tenantNow(scope.clock, Date.now())) } : {}),
});

/** Started by the clock, without an input. */
const scheduled = new Set(['reconcile', 'retention', 'nightlyScoring']);

export const interceptors = (): WorkflowInterceptors => ({
  inbound: [{
    async execute(input, next) {
      const [given] = input.args;
      const known = isProcessInput(given);
      // A fault of the caller, which no new code would mend: it ends what was started, and is not tried again.
      if (!known && !(input.args.length === 0 && scheduled.has(workflowInfo().workflowType)))
        throw ApplicationFailure.nonRetryable('An input of another version, or none of ours', 'invalid');
      scope.tenantId = known ? given.tenantId : noTenant;
      scope.trace ??= input.headers['traceparent'];
      return next(input);
    },
    handleSignal(input, next) {
      scope.trace = input.headers['traceparent'];
      return next(input);
    },
  }],
  internals: [{
    activate(input, next) {
      defuse(input);
      next(input);
    },
  }],
  outbound: [{
    scheduleActivity: (input, next) => next({ ...input, headers: stamped(input.headers) }),
    scheduleLocalActivity: (input, next) => next({ ...input, headers: stamped(input.headers) }),
    startChildWorkflowExecution: (input, next) => next({ ...input, headers: stamped(input.headers) }),
    continueAsNew: (input, next) => next({ ...input, headers: stamped(input.headers) }),
  }],
});
