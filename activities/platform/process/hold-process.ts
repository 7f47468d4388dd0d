import { z } from 'zod';
import {
  HoldProcess,
  processHeld,
  processResumed,
  whyNotUpdate,
  type WatcherUpdate,
} from '../../../domain/platform/operations/process-hold.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Hold, iso } from '../../../domain/platform/process.ts';
import { verb, type VerbContext } from '../verb.ts';

const declared = {
  needs: 'process:hold',
  input: z.object({ commandId: z.uuid() }),
  output: z.object({ hold: Hold.nullable() }),
} as const;

/** Puts a process on hold, once for each command: the row says so, and each look of the process reads it. */
export const holdProcess = verb({ name: 'hold-process', ...declared }, async (ctx, { commandId }) => {
  const command = await claim(ctx, commandId, 'hold');
  if (command.done) return { hold: command.hold };
  const { reason, until = null } = HoldProcess.parse(command.body);
  const { actor, now } = ctx;
  const hold: Hold = { reason, by: actor.name, byId: actor.userId, since: iso(now), until };
  await write(ctx, command, hold);
  ctx.emit(processHeld, { ...(await aboutOf(ctx, command)), reason, until });
  return { hold };
});

export const resumeProcess = verb({ name: 'resume-process', ...declared }, async (ctx, { commandId }) => {
  const command = await claim(ctx, commandId, 'resume');
  if (command.done) return { hold: command.hold };
  await write(ctx, command, null);
  ctx.emit(processResumed, await aboutOf(ctx, command));
  return { hold: null };
});

interface Command {
  id: string;
  workflowId: string;
  body: unknown;
  done: boolean;
  type: string;
  entityId: string;
  status: string;
  hold: Hold | null;
}

/** The command and its process under lock; the stream first, as a look does. Refuses what cannot be done any more. */
async function claim({ em }: VerbContext, commandId: string, name: WatcherUpdate): Promise<Command> {
  await em.execute(
    `select 1 from stream where entity_id = (select p.entity_id from process_command c
       join process p on p.workflow_id = c.workflow_id where c.id = ?) for update`,
    [commandId],
  );
  const [command] = await em.execute<Command[]>(
    `select c.id, c.workflow_id as "workflowId", c.body, c.done_at is not null as done,
       p.type, p.entity_id as "entityId", p.status, p.hold
     from process_command c join process p on p.workflow_id = c.workflow_id
     where c.id = ? and c.name = ? for update`,
    [commandId, name],
  );
  if (!command) throw notFound();
  const { done, status, hold } = command;
  const whyNot = done ? undefined : whyNotUpdate(name, { ended: status === 'closed', hold });
  if (whyNot) throw new Refusal('conflict', whyNot);
  return command;
}

async function write(ctx: VerbContext, { id, workflowId, hold: before }: Command, hold: Hold | null): Promise<void> {
  const { em, note } = ctx;
  await em.execute(
    'update process set hold = ?::jsonb, updated_at = now() where workflow_id = ?',
    [hold && JSON.stringify(hold), workflowId],
    'run',
  );
  await em.execute('update process_command set done_at = now() where id = ?', [id], 'run');
  const change = { action: 'UPDATE', tableName: 'process', recordId: workflowId } as const;
  note({ ...change, oldValues: { hold: before }, newValues: { hold } });
}

/** The event stands in the story in which the other events of the record stand. */
async function aboutOf(
  { em }: VerbContext,
  { workflowId, type, entityId }: Command,
): Promise<{ workflowId: string; type: string; entityId: string; storyId: string }> {
  const [first] = await em.execute<{ storyId: string }[]>(
    'select story_id as "storyId" from outbox_event where entity_id = ? order by id limit 1',
    [entityId],
  );
  return { workflowId, type, entityId, storyId: first?.storyId ?? entityId };
}
