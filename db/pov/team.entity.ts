import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** The people who work on one POV (POV-T2). */
const TeamSchema = defineEntity({
  name: 'Team',
  tableName: 'team',
  properties: { ...owned(), name: p.string().length(220) },
  indexes: [{ properties: ['tenantId', 'createdAt'] }],
  ...tenantOwned,
});
export class Team extends TeamSchema.class {}
TeamSchema.setClass(Team);
