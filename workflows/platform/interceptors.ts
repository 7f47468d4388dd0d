import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { workflowInfo, type WorkflowInterceptors } from '@temporalio/workflow';
import { tenantNow } from '../../domain/platform/clock.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
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

export const interceptors = (): WorkflowInterceptors => ({
  inbound: [{
    execute(input, next) {
      scope.tenantId = (input.args[0] as ProcessInput | undefined)?.tenantId ?? noTenant;
      scope.trace ??= input.headers['traceparent'];
      return next(input);
    },
    handleSignal(input, next) {
      scope.trace = input.headers['traceparent'];
      return next(input);
    },
  }],
  outbound: [{
    scheduleActivity: (input, next) => next({ ...input, headers: stamped(input.headers) }),
    scheduleLocalActivity: (input, next) => next({ ...input, headers: stamped(input.headers) }),
    startChildWorkflowExecution: (input, next) => next({ ...input, headers: stamped(input.headers) }),
    continueAsNew: (input, next) => next({ ...input, headers: stamped(input.headers) }),
  }],
});
