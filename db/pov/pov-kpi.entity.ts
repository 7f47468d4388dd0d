import { defineEntity, p, type Opt } from '@mikro-orm/core';
import { reachesTarget, type Measure, type PovKpi as PovKpiShape } from '../../domain/pov/pov-kpi.ts';
import { owned, tenantOwned } from '../platform/columns.ts';

/** POV-T10. */
const PovKpiSchema = defineEntity({
  name: 'PovKpi',
  tableName: 'pov_kpi',
  properties: {
    ...owned(),
    povId: p.uuid(),
    templateId: p.uuid().nullable(),
    name: p.string().length(200),
    target: p.json<Measure>().nullable(),
    current: p.json<Measure>().nullable(),
    weight: p.float().nullable(),
    history: p.json<PovKpiShape['history']>().default([]),
  },
  indexes: [{ properties: ['tenantId', 'povId'] }, { properties: ['tenantId', 'templateId'] }],
  ...tenantOwned,
});
export class PovKpi extends PovKpiSchema.class {
  get met(): Opt<boolean> | null {
    return reachesTarget({ target: this.target ?? null, current: this.current ?? null });
  }
}
PovKpiSchema.setClass(PovKpi);
