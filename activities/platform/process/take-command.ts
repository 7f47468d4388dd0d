import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { abilityFor } from '../../../domain/platform/permission.ts';
import type { Asker, WatcherUpdate } from '../../../domain/platform/operations/process-hold.ts';
import type { Hold } from '../../../domain/platform/process.ts';
import { failing } from '../as-activity.ts';
import { callerInScope, run } from '../verb.ts';
import { holdProcess, resumeProcess } from './hold-process.ts';

const verbOf = { hold: holdProcess, resume: resumeProcess } satisfies Record<WatcherUpdate, unknown>;

export interface Taken {
  workflowId: string;
  name: WatcherUpdate;
  commandId: string;
}

/** Carries out, on behalf of who asked, what a process was told by an update; one that nobody asked for is refused. */
export const takeCommand = ({ workflowId, name, commandId }: Taken): Promise<{ hold: Hold | null }> =>
  failing(async () => {
    const { actor: process, now } = callerInScope();
    const { tenantId } = process;
    const asked = await readerOf(tenantId).row<{ actor: Asker }>(
      sql`select actor from process_command where id = ${commandId} and workflow_id = ${workflowId}`,
    );
    if (!asked) throw notFound();
    const { requestId, ...asker } = asked.actor;
    // Asked for with that right: what it was then, it is still.
    const permissions = [{ subject: 'process', action: 'hold', scope: 'all', role: '' } as const];
    const ability = abilityFor(permissions, asker.userId ?? '');
    const actor = { ...asker, kind: 'user', tenantId, role: null, permissions, ability } as const;
    return run(verbOf[name], { commandId }, { actor, now, requestId });
  });
