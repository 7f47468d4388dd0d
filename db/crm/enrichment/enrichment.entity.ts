import { defineEntity, p } from '@mikro-orm/core';
import type { EnrichedField, FieldPaths } from '../../../domain/crm/enrichment/enrichment.ts';
import {
  enrichmentStatuses, proposalStatuses, type EnrichmentStatus, type ProposalStatus,
} from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

/** The service that is asked about companies; its key is cipher text. A tenant has one: index in the migration. */
const EnrichmentSourceSchema = defineEntity({
  name: 'EnrichmentSource',
  tableName: 'enrichment_source',
  properties: {
    ...owned(),
    name: p.string().length(100),
    url: p.string().length(500),
    fields: p.json<FieldPaths>(),
    secretCipher: p.text(),
    active: p.boolean().default(true),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  ...tenantOwned,
});
export class EnrichmentSource extends EnrichmentSourceSchema.class {}
EnrichmentSourceSchema.setClass(EnrichmentSource);

/** One look at what the service knows of an account. */
const EnrichmentSchema = defineEntity({
  name: 'Enrichment',
  tableName: 'enrichment',
  properties: {
    ...owned(),
    accountId: p.uuid(),
    domain: p.string().length(255),
    source: p.string().length(100),
    status: p.string().$type<EnrichmentStatus>().length(20).default('running'),
    problem: p.string().length(500).nullable(),
    finishedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'accountId'] }],
  checks: [{ name: 'enrichment_status_check', expression: oneOf('status', enrichmentStatuses) }],
  ...tenantOwned,
});
export class Enrichment extends EnrichmentSchema.class {}
EnrichmentSchema.setClass(Enrichment);

/** A value that was found, until somebody says what becomes of it. */
const EnrichmentProposalSchema = defineEntity({
  name: 'EnrichmentProposal',
  tableName: 'enrichment_proposal',
  properties: {
    ...owned(),
    enrichmentId: p.uuid(),
    accountId: p.uuid(),
    field: p.string().$type<EnrichedField>().length(50),
    present: p.text().nullable(),
    found: p.text(),
    status: p.string().$type<ProposalStatus>().length(20).default('open'),
  },
  uniques: [{ properties: ['tenantId', 'enrichmentId', 'field'], name: 'enrichment_proposal_field_unique' }],
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'enrichmentId'] },
    { properties: ['tenantId', 'accountId', 'status'] },
  ],
  checks: [{ name: 'enrichment_proposal_status_check', expression: oneOf('status', proposalStatuses) }],
  ...tenantOwned,
});
export class EnrichmentProposal extends EnrichmentProposalSchema.class {}
EnrichmentProposalSchema.setClass(EnrichmentProposal);
