import { LockMode, type EntityName } from '@mikro-orm/core';
import { notFound } from '../../domain/platform/errors.ts';
import { allowsOn } from '../../domain/platform/permission.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { whereItBelongs } from '../platform/record/record-reach.ts';
import type { VerbContext } from '../platform/verb.ts';

/** A row of a record for this transaction alone, to be updated: what may not be read is not there. */
export async function claimRow<Row extends { id: string; deletedAt?: Date | null | undefined }>(
  ctx: VerbContext, { record, entity }: { record: AnyRecord; entity: EntityName<Row> }, id: string,
): Promise<Row> {
  const { em, actor } = ctx;
  const row = (await em.findOne(entity, { id, deletedAt: null } as never, {
    lockMode: LockMode.PESSIMISTIC_WRITE,
  })) as Row | null;
  if (!row) throw notFound();
  const { scoped, parentSeen } = await whereItBelongs(ctx, record, id, { ...row });
  const sees = actor.kind !== 'user' || allowsOn(actor.ability, `${record.subject}:read`, scoped);
  if (!sees || !parentSeen) throw notFound();
  ctx.authorize(`${record.subject}:update`, scoped);
  return row;
}
