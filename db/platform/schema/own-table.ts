/** What a migration adds to each new tenant-owned table: the tenant's foreign key, the rights of the `app` role. */
export const ownTable = (table: string, rights = 'select, insert, update, delete'): string[] => [
  `alter table "${table}" add constraint "${table}_tenant_fkey" foreign key (tenant_id) references tenant (id)
   on delete cascade;`,
  `grant ${rights} on "${table}" to app;`,
];

/**
 * A foreign key between tables; its column has an index of its own. Checked at commit, since a verb writes its rows in
 * one flush whose order is not the order of the references.
 */
export const foreignKey = (
  table: string,
  column: string,
  to: string,
  onDelete: 'cascade' | 'set null' | 'restrict',
): string =>
  `alter table "${table}" add constraint "${table}_${column}_fkey" foreign key (${column}) references "${to}" (id)
   on delete ${onDelete} deferrable initially deferred;`;
