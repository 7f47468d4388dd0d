import { cancelInstance } from '../../activities/approvals/cancel-instance.ts';
import { decideStep } from '../../activities/approvals/decide-step.ts';
import { delegateStep } from '../../activities/approvals/delegate-step.ts';
import { skipStep } from '../../activities/approvals/skip-step.ts';
import { activeUsers, findInstance, visibleTo } from '../../db/approvals/instances.query.ts';
import { rehearseApproval } from '../../domain/approvals/approval-rehearsal.ts';
import { refusalToDelegate } from '../../domain/approvals/delegation.ts';
import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import { stepMeant, whyClosed, whyNotDecide } from '../../domain/approvals/step.ts';
import { holdAt } from '../../domain/platform/operations/process-hold.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { allowsOn } from '../../domain/platform/permission.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { processById } from '../../db/platform/processes.query.ts';
import { sql } from '../../db/platform/sql.ts';
import { clockOf } from '../platform/sandbox.routes.ts';
import { steer } from '../platform/steer.ts';
import { startInstance } from './start-instance.ts';

/** `signals/decide` and `…/instances/:id/approve` are one verb: both answer at once. */
export const approvalSteering = steer(approvalProcess, {
  start: async args => ({ entityId: (await startInstance(args)).id }),
  signals: {
    decide: ({ run, entityId, body }) => run(decideStep, { ...body, instanceId: entityId }),
    cancel: ({ run, entityId, body }) => run(cancelInstance, { ...body, instanceId: entityId }),
    delegate: ({ run, entityId, body }) => run(delegateStep, { ...body, instanceId: entityId }),
    skip: ({ run, entityId, body }) => run(skipStep, { ...body, instanceId: entityId }),
  },
  simulate: async ({ read, body }) => {
    const { now, timeZone } = await placeAndTime(read);
    return rehearseApproval(body, { now, timeZone, approvers: await activeUsers(read) });
  },
  visible: actor => sql`exists (select 1 from workflow_instance i where i.id = p.entity_id and ${visibleTo(actor)})`,
  whyNot: async (name, { read, actor, entityId }) => {
    const instance = await findInstance(read, entityId);
    if (!instance) return 'There is no such approval';
    if (name === 'decide') return whyNot(instance, actor, await placeAndTime(read, entityId));
    if (name === 'delegate') return whyNotHand(instance, actor, await placeAndTime(read, entityId));
    if (name === 'cancel' && !allowsOn(actor.ability, 'workflow-instance:cancel', { ownerId: instance.requesterId })) {
      return 'Only who asked for it or a manager may call it off';
    }
    return whyClosed(instance) ?? null;
  },
});

/** The tenant's time; that of an approval on hold stands still. */
async function placeAndTime(read: Reader, instanceId?: string): Promise<PlaceAndTime> {
  const tenant = await read.row<{ timeZone: string }>(
    sql`select time_zone as "timeZone" from tenant where id = ${read.tenantId}`,
  );
  const row = instanceId && (await processById(read, approvalProcess.id(instanceId), sql`true`));
  const now = Date.parse((await clockOf(read)).now);
  const hold = row ? holdAt(row.hold, now) : null;
  return { now: hold ? Math.min(now, Date.parse(hold.since)) : now, timeZone: tenant!.timeZone };
}

interface PlaceAndTime {
  now: number;
  timeZone: string;
}
function whyNot(instance: Instance, actor: Actor, { now, timeZone }: PlaceAndTime): string | null {
  const facts = { ...instance, timeZone };
  const step = stepMeant(facts, actor, now);
  return step ? (whyNotDecide(step, facts, actor, now) ?? null) : 'There is no step to decide yet';
}
function whyNotHand(instance: Instance, actor: Actor, { now, timeZone }: PlaceAndTime): string | null {
  const facts = { ...instance, timeZone };
  const step = stepMeant(facts, actor, now);
  return step ? (refusalToDelegate(step, facts, actor, now)?.why ?? null) : 'There is no step to hand over yet';
}
