import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { FlowSteps } from './flow-steps.ts';

export interface FlowInput {
  tenantId: string;
  instanceId: string;
  approverId: string;
}
export const approved = defineSignal<[string]>('approved');

/** An approval as the documentation of the SDK would write it: activities write the rows, a signal decides. */
export async function approvalFlow(input: FlowInput): Promise<void> {
  const { openStep, decide, close } = proxyActivities<FlowSteps>({ startToCloseTimeout: '10 seconds' });
  let by: string | undefined;
  setHandler(approved, userId => { by = userId; });
  await openStep(input);
  await condition(() => by !== undefined);
  await decide({ ...input, approverId: by! });
  await close(input);
}
