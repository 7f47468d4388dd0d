import { defineEntity, p, type Opt } from '@mikro-orm/core';
import type { JsonList, JsonObject } from '../../domain/platform/field.ts';
import { quarterTypes, type PovMetadata } from '../../domain/pov/pov.ts';
import { povStatuses, type PovStatus } from '../../domain/pov/pov-status.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** POV-T1. Its row lock is the one arbiter of status moves. */
const PovSchema = defineEntity({
  name: 'Pov',
  tableName: 'pov',
  properties: {
    ...owned(),
    title: p.string().length(200),
    status: p.string().$type<PovStatus>().length(20).default('PROJECTED'),
    /** Since when, and why, it has this status. */
    statusSince: p.datetime(),
    statusReason: p.text().nullable(),
    startDate: p.datetime(),
    endDate: p.datetime(),
    objective: p.text().nullable(),
    teamId: p.uuid().nullable(),
    ownerId: p.uuid(),
    accountId: p.uuid().$type<string | null>().nullable(),
    opportunityId: p.uuid().$type<string | null>().nullable(),
    /** What an outside CRM calls its own. */
    outsideOpportunityId: p.string().length(100).nullable(),
    opportunityName: p.string().length(200).nullable(),
    revenue: p.decimal().columnType('numeric').nullable(),
    forecastDate: p.datetime().nullable(),
    customerName: p.string().length(200).nullable(),
    customerContact: p.string().length(200).nullable(),
    partnerName: p.string().length(200).nullable(),
    partnerContact: p.string().length(200).nullable(),
    competitors: p.array<string>().columnType('text[]').default([]),
    solution: p.text().nullable(),
    lastCrmSync: p.datetime().nullable(),
    crmSyncStatus: p.string().length(20).nullable(),
    documents: p.json<JsonList>().nullable(),
    featureRequests: p.json<JsonList>().nullable(),
    supportTickets: p.json<JsonList>().nullable(),
    blockers: p.json<JsonList>().nullable(),
    tags: p.array<string>().columnType('text[]').default([]),
    estimatedBudget: p.decimal().columnType('numeric').nullable(),
    budgetDocument: p.string().length(500).nullable(),
    resources: p.json<JsonList | JsonObject>().nullable(),
    metadata: p.json<PovMetadata>().nullable(),
    dealCloseDate: p.date().nullable(),
    quarterEnd: p.date().nullable(),
    quarterType: p.string().$type<(typeof quarterTypes)[number]>().length(10).nullable(),
  },
  indexes: [
    // POV-006
    { properties: ['tenantId', 'status', 'dealCloseDate'], name: 'pov_status_deal_close_date_index' },
    { properties: ['tenantId', 'quarterEnd', 'quarterType'], name: 'pov_quarter_index' },
    { properties: ['tenantId', 'ownerId'] },
    { properties: ['tenantId', 'teamId'] },
    { properties: ['tenantId', 'accountId'] },
    { properties: ['tenantId', 'opportunityId'] },
    { properties: ['tenantId', 'outsideOpportunityId'] },
    { properties: ['tenantId', 'createdAt', 'id'] },
  ],
  checks: [
    { name: 'pov_status_check', expression: oneOf('status', povStatuses) },
    { name: 'pov_quarter_type_check', expression: oneOf('quarter_type', quarterTypes) },
    { name: 'pov_dates_check', expression: 'end_date >= start_date' },
  ],
  ...tenantOwned,
});
export class Pov extends PovSchema.class {
  /** Deprecated names that the API still answers. */
  get dealId(): Opt<string> | null {
    return this.opportunityId ?? this.outsideOpportunityId ?? null;
  }
  get createdDate(): Opt<Date> {
    return this.createdAt;
  }
}
PovSchema.setClass(Pov);
