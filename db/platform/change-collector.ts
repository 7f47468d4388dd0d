import { ChangeSetType, type ChangeSet, type EventSubscriber, type FlushEventArgs } from '@mikro-orm/core';
import { stamps, type Change } from './stamp.ts';

/** Sees every flush and notes each row's old and new values for the audit log (PLT-059). */
export class ChangeCollector implements EventSubscriber {
  onFlush({ uow }: FlushEventArgs): void {
    const changes = stamps.getStore()?.changes;
    if (!changes) return;
    for (const set of uow.getChangeSets()) {
      const change = changeOf(set);
      if (change) changes.push(change);
    }
  }
}

const actions: Partial<Record<ChangeSetType, Change['action']>> = {
  [ChangeSetType.CREATE]: 'CREATE',
  [ChangeSetType.UPDATE]: 'UPDATE',
  [ChangeSetType.DELETE]: 'DELETE',
};
/** Set by the server on each write: noise in a diff. */
const silent = new Set(['updatedAt', 'updatedBy', 'version']);
const secret = /hash|secret|token/i;

function changeOf(set: ChangeSet<object>): Change | null {
  const action = actions[set.type];
  if (!action || set.meta.tableName === 'audit_log') return null;
  const id: unknown = (set.entity as Record<string, unknown>)['id'];
  const next = action === 'DELETE' ? null : valuesOf(set.payload as Record<string, unknown>, set.meta);
  const before = set.originalEntity as Record<string, unknown> | undefined;
  const old =
    action === 'CREATE' || !before
      ? null
      : valuesOf(
          action === 'DELETE' ? before : Object.fromEntries(Object.keys(next!).map(k => [k, before[k] ?? null])),
          set.meta,
        );
  if (action === 'UPDATE' && Object.keys(next!).length === 0) return null;
  // Gone for whoever reads: the row stays to be restored (PLT-005).
  const gone = action === 'UPDATE' && old?.['deletedAt'] === null && next?.['deletedAt'] instanceof Date;
  return {
    action: gone ? 'DELETE' : action,
    tableName: set.meta.tableName,
    recordId: typeof id === 'string' ? id : null,
    oldValues: old,
    newValues: next,
  };
}

/** Secrets never reach the log (PLT-061). Long whole numbers, which the driver writes as texts, stay numbers. */
function valuesOf(values: Record<string, unknown>, meta: ChangeSet<object>['meta']): Record<string, unknown> {
  const properties: Record<string, { runtimeType: string } | undefined> = meta.properties;
  const shown = (field: string, value: unknown): unknown => {
    if (secret.test(field) && value !== null) return '•••';
    return typeof value === 'string' && properties[field]?.runtimeType === 'number' ? Number(value) : value;
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([k]) => !silent.has(k))
      .map(([k, v]) => [k, shown(k, v)]),
  );
}
