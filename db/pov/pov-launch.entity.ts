import { defineEntity, p } from '@mikro-orm/core';
import type { LaunchItem } from '../../domain/pov/launch.ts';
import { owned, tenantOwned } from '../platform/columns.ts';

/** POV-T5: one for each POV (POV-049). */
const PovLaunchSchema = defineEntity({
  name: 'PovLaunch',
  tableName: 'pov_launch',
  properties: {
    ...owned(),
    povId: p.uuid(),
    confirmed: p.boolean().default(false),
    checklist: p.json<{ items: LaunchItem[] }>(),
    /** When an item last changed. */
    checkedAt: p.datetime(),
    launchedAt: p.datetime().nullable(),
    launchedBy: p.uuid().nullable(),
    remindedAt: p.datetime().nullable(),
  },
  uniques: [{ properties: ['tenantId', 'povId'], where: 'deleted_at is null', name: 'pov_launch_once' }],
  indexes: [{ properties: ['tenantId', 'povId'] }, { properties: ['tenantId', 'launchedBy'] }],
  ...tenantOwned,
});
export class PovLaunch extends PovLaunchSchema.class {}
PovLaunchSchema.setClass(PovLaunch);
