import type { EntityManager } from '@mikro-orm/postgresql';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import type { ProcessContract } from '../../../domain/platform/process.ts';
import { iso } from '../../../domain/platform/process.ts';
import type { VerbContext } from '../verb.ts';

/**
 * Inserts the row of a process; the event that the verb emits and that tells the process starts it, through the relay.
 * A second call for the same entity changes nothing.
 */
export async function startProcess(
  ctx: VerbContext,
  contract: Pick<ProcessContract, 'type' | 'id' | 'entityType'>,
  entityId: string,
  about: { title: string; ownerId?: string | null },
): Promise<string> {
  const workflowId = contract.id(entityId),
    title = about.title.slice(0, 300);
  titles.set(ctx.em, new Map(titles.get(ctx.em)).set(workflowId, inBytes(title)));
  transactionOf(ctx.em).behind(
    `insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, owner_id, started_by,
     status, future, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'starting', '[]', $9) on conflict do nothing`,
    [
      workflowId,
      ctx.tenantId,
      contract.type,
      contract.entityType,
      entityId,
      title,
      about.ownerId ?? null,
      ctx.actor.userId,
      iso(ctx.now),
    ],
  );
  return workflowId;
}

/** Says that a worker carries out the process, be it after its execution was lost, for those that do not say more. */
export async function noteTaken({ em }: VerbContext, workflowId: string): Promise<void> {
  await em.execute(
    `update process set status = 'running', stuck_reason = null, updated_at = now()
     where workflow_id = ? and status in ('starting', 'failed') and result is distinct from ?`,
    [workflowId, terminated],
    'run',
  );
}

/** Titles of the processes that each transaction starts: ops read them as summary of the execution. */
const titles = new WeakMap<EntityManager, ReadonlyMap<string, string>>();
export const titleOf = (em: EntityManager, workflowId: string): string | undefined => titles.get(em)?.get(workflowId);

/** Temporal takes summaries of up to 200 bytes. */
const inBytes = (title: string): string =>
  Buffer.from(title)
    .subarray(0, 180)
    .toString()
    .replace(/\uFFFD$/, '');

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
  // The stream first, as a look does: one that closes the process just now is waited for, and then undone.
  await ctx.em.execute('select seq from stream where entity_id = ? for update', [entityId]);
  await ctx.em.execute(
    `update process set status = 'starting', result = null, stuck_reason = null, closed_at = null, updated_at = now()
     where workflow_id = ? and status in ('closed', 'failed')`,
    [workflowId],
    'run',
  );
  restarted.set(ctx.em, new Set(restarted.get(ctx.em)).add(workflowId));
}

const restarted = new WeakMap<EntityManager, ReadonlySet<string>>();
/** Whether the transaction starts this process again. */
export const isRestarted = (em: EntityManager, workflowId: string): boolean =>
  restarted.get(em)?.has(workflowId) ?? false;
