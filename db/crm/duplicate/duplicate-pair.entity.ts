import { defineEntity, p } from '@mikro-orm/core';
import type { DuplicateSubject } from '../../../domain/crm/duplicate/match.ts';
import { duplicateSubjects } from '../../../domain/crm/duplicate/match.ts';
import { pairStatuses, type PairStatus } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

/** Two records that may be one, the older one first: each pair stands once, whatever was decided. */
const DuplicatePairSchema = defineEntity({
  name: 'DuplicatePair',
  tableName: 'duplicate_pair',
  properties: {
    ...owned(),
    subject: p.string().$type<DuplicateSubject>().length(20),
    firstId: p.uuid(),
    secondId: p.uuid(),
    score: p.integer(),
    reasons: p.array<string>().columnType('text[]').default([]),
    status: p.string().$type<PairStatus>().length(20).default('open'),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'firstId'] },
    { properties: ['tenantId', 'secondId'] },
  ],
  checks: [
    { name: 'duplicate_pair_subject_check', expression: oneOf('subject', duplicateSubjects) },
    { name: 'duplicate_pair_status_check', expression: oneOf('status', pairStatuses) },
  ],
  ...tenantOwned,
});
export class DuplicatePair extends DuplicatePairSchema.class {}
DuplicatePairSchema.setClass(DuplicatePair);
