import { z } from 'zod';
import type { Hold } from '../../../domain/platform/process.ts';
import {
  HoldProcess,
  ResumeProcess,
  watcherUpdates,
  whyNotUpdate,
  type Asker,
} from '../../../domain/platform/operations/process-hold.ts';
import { invalidField, notFound, Refusal } from '../../../domain/platform/errors.ts';
import { verb, type VerbContext } from '../verb.ts';

const names = Object.keys(watcherUpdates) as [keyof typeof watcherUpdates];

/**
 * Notes what somebody asks a process to do, before the process is told by an update that carries the note's id. So the
 * update proves its sender, and the same request again is the same update.
 */
export const askProcess = verb(
  {
    name: 'ask-process',
    needs: 'process:hold',
    quiet: true,
    input: z.object({
      workflowId: z.string().max(120),
      name: z.enum(names),
      body: z.union([HoldProcess, ResumeProcess]),
    }),
    output: z.object({ id: z.uuid() }),
  },
  async (ctx, { workflowId, name, body }) => {
    const [process] = await ctx.em.execute<{ status: string; hold: Hold | null }[]>(
      'select status, hold from process where workflow_id = ?',
      [workflowId],
    );
    if (!process) throw notFound();
    const whyNot = whyNotUpdate(name, { ended: process.status === 'closed', hold: process.hold });
    if (whyNot) throw new Refusal('conflict', whyNot);
    if ('until' in body && body.until && Date.parse(body.until) <= ctx.now)
      throw invalidField('until', 'must lie in the future', 'past');
    const id = ctx.id();
    await ctx.em.execute(
      `insert into process_command (id, tenant_id, workflow_id, name, body, actor)
       values (?, ?, ?, ?, ?::jsonb, ?::jsonb)`,
      [id, ctx.tenantId, workflowId, name, JSON.stringify(body), JSON.stringify(askerOf(ctx))],
      'run',
    );
    return { id };
  },
);

const askerOf = ({ actor, requestId }: VerbContext): Asker => ({
  userId: actor.userId,
  key: actor.key,
  name: actor.name,
  ip: actor.ip ?? undefined,
  userAgent: actor.userAgent ?? undefined,
  requestId,
});
