import { askProcess } from '../../activities/platform/process/ask-process.ts';
import { sendUpdate } from '../../activities/platform/process/send-update.ts';
import type { ProcessRow } from '../../db/platform/processes.query.ts';
import { sql } from '../../db/platform/sql.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { HoldProcess, isWatcherUpdate, ResumeProcess, whyNotUpdate } from '../../domain/platform/operations/process-hold.ts';
import type { HandlerArgs } from './serve.ts';

interface Asked extends Pick<HandlerArgs, 'run' | 'read'> {
  workflowId: string;
  name: string;
  body: unknown;
}

/**
 * Notes what is asked, then tells the process. The same Idempotency-Key names the same note, which is the update's id:
 * one that was answered with 503 is asked again, one that was done is not.
 */
export async function updateProcess({ run, read, workflowId, name, body }: Asked): Promise<void> {
  if (!isWatcherUpdate(name)) throw notFound();
  const given = name === 'hold' ? HoldProcess.parse(body) : ResumeProcess.parse(body);
  const { id: commandId } = await run(askProcess, { workflowId, name, body: given });
  const done = await read.row<{ done: boolean }>(
    sql`select done_at is not null as done from process_command where id = ${commandId}`,
  );
  if (!done?.done) await sendUpdate({ workflowId, name, commandId });
}

export const whyNotUpdateNow = (row: ProcessRow, name: string): string | undefined =>
  row.status === 'failed'
    ? 'It does not run'
    : isWatcherUpdate(name)
      ? whyNotUpdate(name, { ended: row.status === 'closed', hold: row.hold })
      : undefined;
