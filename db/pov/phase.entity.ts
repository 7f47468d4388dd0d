import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/platform/field.ts';
import { phaseStatuses, phaseTypes, progressOf, type PhaseStatus, type PhaseType } from '../../domain/pov/phase.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** POV-T3, and the round of approval it is in. */
const PhaseSchema = defineEntity({
  name: 'Phase',
  tableName: 'phase',
  properties: {
    ...owned(),
    povId: p.uuid(),
    name: p.string().length(200),
    description: p.text().nullable(),
    type: p.string().$type<PhaseType>().length(20),
    order: p.integer().fieldName('position'),
    startDate: p.datetime(),
    endDate: p.datetime(),
    status: p.string().$type<PhaseStatus>().length(20).default('NOT_STARTED'),
    details: p.json<JsonObject>().nullable(),
    templateId: p.uuid().nullable(),
    startedAt: p.datetime().nullable(),
    /** Since when it is blocked, while it is. */
    blockedAt: p.datetime().nullable(),
    completedAt: p.datetime().nullable(),
    /** The latest round; it is open while `submittedAt` is set. */
    approvalInstanceId: p.uuid().nullable(),
    submittedAt: p.datetime().nullable(),
    returnedAt: p.datetime().nullable(),
    returnComment: p.text().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'povId', 'order'] }, { properties: ['tenantId', 'templateId'] },
    { properties: ['tenantId', 'approvalInstanceId'] },
  ],
  checks: [
    { name: 'phase_status_check', expression: oneOf('status', phaseStatuses) },
    { name: 'phase_type_check', expression: oneOf('type', phaseTypes) },
    { name: 'phase_dates_check', expression: 'end_date >= start_date' },
  ],
  ...tenantOwned,
});
export class Phase extends PhaseSchema.class {
  get progress(): Opt<number> { return progressOf(this.details); }
}
PhaseSchema.setClass(Phase);
