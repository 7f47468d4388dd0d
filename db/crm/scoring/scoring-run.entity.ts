import { defineEntity, p } from '@mikro-orm/core';
import {
  scoringCauses, scoringStatuses, type ScoringCause, type ScoringStatus,
} from '../../../domain/crm/scoring/scoring.contract.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

/** All contacts, or those of one account, scored anew: at which one it is, and how many have another score. */
const ScoringRunSchema = defineEntity({
  name: 'ScoringRun',
  tableName: 'scoring_run',
  properties: {
    ...owned(),
    status: p.string().$type<ScoringStatus>().length(20).default('running'),
    cause: p.string().$type<ScoringCause>().length(20),
    accountId: p.uuid().$type<string | null>().nullable(),
    lastId: p.uuid().$type<string | null>().nullable(),
    total: p.integer(),
    done: p.integer().default(0),
    changed: p.integer().default(0),
    finishedAt: p.datetime().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'accountId'] },
  ],
  checks: [
    { name: 'scoring_run_status_check', expression: oneOf('status', scoringStatuses) },
    { name: 'scoring_run_cause_check', expression: oneOf('cause', scoringCauses) },
  ],
  ...tenantOwned,
});
export class ScoringRun extends ScoringRunSchema.class {}
ScoringRunSchema.setClass(ScoringRun);
