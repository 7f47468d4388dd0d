import { defaultPayloadConverter } from '@temporalio/common';
import type { ActivateInput } from '@temporalio/workflow';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];
type Headers = NonNullable<Job['signalWorkflow']>['headers'];
type Payloads = NonNullable<Job['signalWorkflow']>['input'];

/**
 * Makes harmless what comes past the API and would fail the workflow task, again and again, before any of our code is
 * asked: contents that nobody can read become none, names that the SDK keeps for itself become plain ones. The message
 * then arrives like any other that is none of ours, and is parked.
 */
export function defuse({ activation }: ActivateInput): void {
  for (const { signalWorkflow, queryWorkflow, initializeWorkflow } of activation.jobs ?? []) {
    for (const job of [signalWorkflow, initializeWorkflow]) dropUnreadable(job?.headers);
    if (signalWorkflow) {
      const { signalName = '' } = signalWorkflow;
      if (signalName?.startsWith('__temporal_')) signalWorkflow.signalName = ` ${signalName}`;
      if (!isReadable(signalWorkflow.input)) signalWorkflow.input = [];
    }
    if (queryWorkflow && !isReadable(queryWorkflow.arguments)) queryWorkflow.arguments = [];
    if (initializeWorkflow && !isReadable(initializeWorkflow.arguments)) initializeWorkflow.arguments = [unreadable];
  }
}

function dropUnreadable(headers: Headers | null | undefined): void {
  for (const [name, header] of Object.entries(headers ?? {})) if (!isReadable([header])) delete headers![name];
}

const unreadable = defaultPayloadConverter.toPayload('unreadable');

function isReadable(payloads: Payloads): boolean {
  try {
    for (const payload of payloads ?? []) defaultPayloadConverter.fromPayload(payload);
    return true;
  } catch {
    return false;
  }
}
