import { defineEntity, p } from '@mikro-orm/core';
import { phaseTypes, type PhaseType } from '../../domain/pov/phase.ts';
import type { PhaseDefinition } from '../../domain/pov/phase-template.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** POV-T8; at most one default for a tenant (POV-066). */
const PhaseTemplateSchema = defineEntity({
  name: 'PhaseTemplate',
  tableName: 'phase_template',
  properties: {
    ...owned(),
    name: p.string().length(200),
    description: p.text().nullable(),
    type: p.string().$type<PhaseType>().length(20).nullable(),
    isDefault: p.boolean().default(false),
    workflow: p.json<PhaseDefinition[]>(),
  },
  uniques: [
    { properties: ['tenantId'], where: 'is_default and deleted_at is null', name: 'phase_template_one_default' },
  ],
  indexes: [{ properties: ['tenantId', 'name'] }],
  checks: [{ name: 'phase_template_type_check', expression: oneOf('type', phaseTypes) }],
  ...tenantOwned,
});
export class PhaseTemplate extends PhaseTemplateSchema.class {}
PhaseTemplateSchema.setClass(PhaseTemplate);
