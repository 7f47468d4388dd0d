import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { iso } from '../../../domain/platform/process.ts';
import { waiting, type Wait } from '../../../domain/platform/sentence.ts';
import type { VerbContext } from '../verb.ts';

interface Shown {
  /** Where its record stands: its stage, and its result once it is over. */
  status: string;
  open: boolean;
  /** What the last try met. */
  problem: string | null;
  wait: Pick<Wait, 'what' | 'on' | 'since' | 'then'>;
}

/**
 * What a procedure says of itself in its row: over, or waiting for its next try. Nobody looks at it otherwise. One that
 * is over, or that an administrator has ended meanwhile, waits for no next try.
 */
export async function showProcedure(
  { em, now, tenantId }: VerbContext, workflowId: string, { status, open, problem, wait }: Shown,
): Promise<void> {
  const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
  const what = { ...wait, due: null, until: null, person: false };
  await em.execute(
    `update process p set status = ?, stage = ?, result = ?, stuck_reason = ?, closed_at = ?, waiting_for = ?::jsonb,
     updated_at = now(), seen_seq = (select seq from stream s where s.entity_id = p.entity_id)
     where workflow_id = ? and (? or (status <> 'closed' and result is distinct from ?))`,
    [
      ...[open ? 'waiting' : 'closed', status, open ? null : status, open ? problem : null],
      ...[open ? null : iso(now), open ? JSON.stringify(waiting(what, { now, timeZone })) : null, workflowId],
      ...[!open, terminated],
    ],
    'run',
  );
}
