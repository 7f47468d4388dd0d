import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProcessContract } from '../../domain/platform/process.ts';
import { startProcess } from './start-process.ts';
import type { VerbContext } from './verb.ts';

/**
 * Opens the process of an entity that is open again; the event that the verb emits and that tells the process starts
 * it anew, even though its last execution has ended well.
 */
export async function restartProcess(
  ctx: VerbContext,
  contract: Pick<ProcessContract, 'type' | 'id' | 'entityType'>,
  entityId: string,
  about: { title: string; ownerId?: string | null },
): Promise<void> {
  const workflowId = await startProcess(ctx, contract, entityId, about);
  await ctx.em.execute(
    `update process set status = 'starting', result = null, closed_at = null, updated_at = now()
     where workflow_id = ? and status = 'closed'`,
    [workflowId],
    'run',
  );
  restarted.set(ctx.em, new Set(restarted.get(ctx.em)).add(workflowId));
}

const restarted = new WeakMap<EntityManager, ReadonlySet<string>>();
/** Whether the transaction starts this process again. */
export const isRestarted = (em: EntityManager, workflowId: string): boolean =>
  restarted.get(em)?.has(workflowId) ?? false;
