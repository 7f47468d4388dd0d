import { p } from '@mikro-orm/core';
import { stamp } from './stamp.ts';

/**
 * The tenant of the transaction; empty outside one, so that nothing is seen without a context. Selected, so that it is
 * read once for a statement and not once for each row.
 */
export const currentTenant = `(select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;

/** The columns of every tenant-owned entity, all but `id` set by the server (PLT-001, 004, 005, 006, 008). */
export const owned = () => ({
  id: p.uuid().primary(),
  tenantId: p.uuid().onCreate(() => stamp().tenantId),
  createdAt: p.datetime().onCreate(() => new Date(stamp().now)),
  updatedAt: p.datetime().onCreate(() => new Date(stamp().now)).onUpdate(() => new Date(stamp().now)),
  createdBy: p.uuid().$type<string | null>().nullable().onCreate(() => stamp().userId),
  updatedBy: p.uuid().$type<string | null>().nullable().onCreate(() => stamp().userId).onUpdate(() => stamp().userId),
  version: p.integer().version(),
  deletedAt: p.datetime().nullable(),
});

/**
 * Row-level security by tenant, forced on the owner too, and the same in each statement of the ORM, so that neither
 * alone decides (PLT-002).
 */
export const tenantOwned = {
  filters: {
    tenant: { name: 'tenant', cond: ({ tenantId }: Record<string, unknown>) => ({ tenantId }), default: true },
  },
  rowLevelSecurity: 'force' as const,
  policies: [{
    name: 'tenant',
    using: (c: Record<string, string>) => `${c['tenantId']} = ${currentTenant}`,
    check: (c: Record<string, string>) => `${c['tenantId']} = ${currentTenant}`,
  }],
};

/** The check of an enumeration: a text column that holds one of the values. */
export const oneOf = (column: string, values: readonly string[]): string =>
  `${column} in (${values.map(v => `'${v}'`).join(', ')})`;
