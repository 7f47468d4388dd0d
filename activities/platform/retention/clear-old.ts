import { Context } from '@temporalio/activity';
import { tenantIds } from '../../../db/platform/tenants.query.ts';
import { keyOf, storedFiles } from '../storage/storage.ts';
import { systemActor } from '../system-actor.ts';
import { run } from '../verb.ts';
import { batch } from './batch.ts';
import { clearWebhookLog } from './clear-webhook-log.ts';
import { expireAwaitedFiles, filesMax, forgetAwaitedFiles } from './clear-awaited-files.ts';

export interface Cleared {
  webhookMessages: number;
  files: number;
}

/** The scheduled run over every tenant; each batch commits by itself, so that an attempt goes on from there. */
export async function clearOld(): Promise<Cleared> {
  const context = Context.current();
  const all: Cleared = { webhookMessages: 0, files: 0 };
  const beat = (): void => {
    context.heartbeat();
    context.cancellationSignal.throwIfAborted();
  };
  for (const tenantId of await tenantIds()) {
    all.webhookMessages += await webhookMessages(tenantId, beat);
    all.files += await awaitedFiles(tenantId, beat);
  }
  return all;
}

async function webhookMessages(tenantId: string, beat: () => void): Promise<number> {
  for (let all = 0; ; ) {
    const { removed } = await run(clearWebhookLog, {}, { actor: systemActor(tenantId) });
    beat();
    all += removed;
    if (removed < batch) return all;
  }
}

async function awaitedFiles(tenantId: string, beat: () => void): Promise<number> {
  const caller = { actor: systemActor(tenantId) };
  for (let all = 0; ; ) {
    const { ids } = await run(expireAwaitedFiles, {}, caller);
    beat();
    if (!ids.length) return all;
    for (const id of ids) {
      await storedFiles().remove(keyOf(tenantId, id));
      beat();
    }
    await run(forgetAwaitedFiles, { ids }, caller);
    all += ids.length;
    if (ids.length < filesMax) return all;
  }
}
