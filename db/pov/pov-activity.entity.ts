import { defineEntity, p } from '@mikro-orm/core';
import type { PovActivityAction } from '../../domain/pov/pov-activity.ts';
import { owned, tenantOwned } from '../platform/columns.ts';

/** What was done with a POV and by whom: only ever added to (POV-089). */
const PovActivitySchema = defineEntity({
  name: 'PovActivity',
  tableName: 'pov_activity',
  properties: {
    ...owned(),
    povId: p.uuid(),
    userId: p.uuid().nullable(),
    action: p.string().$type<PovActivityAction>().length(40),
    details: p.json<Record<string, unknown>>(),
  },
  indexes: [{ properties: ['tenantId', 'povId', 'createdAt'] }, { properties: ['tenantId', 'userId'] }],
  ...tenantOwned,
});
export class PovActivity extends PovActivitySchema.class {}
PovActivitySchema.setClass(PovActivity);
