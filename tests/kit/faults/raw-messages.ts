import { randomUUID } from 'node:crypto';
import type { temporal } from '@temporalio/proto';
import type { App } from '../app.ts';

type Payload = temporal.api.common.v1.IPayload;

/** A payload as it lies on the wire: of any encoding, with anything in it. */
export const payload = (encoding: string, data: string | Uint8Array): Payload => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data),
});
export const json = (text: string): Payload => payload('json/plain', text);

/** What somebody sends past the API, as the Temporal UI and the CLI do: a signal with any name and any payload. */
export const rawSignal = (
  { engine: { client, namespace } }: Pick<App, 'engine'>,
  workflowId: string,
  signalName: string,
  ...payloads: Payload[]
): Promise<unknown> =>
  client.workflowService.signalWorkflowExecution({
    namespace,
    workflowExecution: { workflowId },
    signalName,
    input: { payloads },
    requestId: randomUUID(),
  });

/** A workflow that somebody starts past the API. */
export const rawStart = (
  { engine: { client, namespace, taskQueue } }: Pick<App, 'engine'>,
  { workflowId, type }: { workflowId: string; type: string },
  ...payloads: Payload[]
): Promise<unknown> =>
  client.workflowService.startWorkflowExecution({
    namespace,
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: taskQueue },
    input: { payloads },
    requestId: randomUUID(),
  });
