import { defineEntity, p } from '@mikro-orm/core';
import { duplicateSubjects, type DuplicateSubject } from '../../../domain/crm/duplicate/match.ts';
import { scannedAtOnce } from '../../../domain/crm/duplicate/scan.contract.ts';
import { scanStatuses, type ScanStatus } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

/** One look for duplicates over the whole base: at which record it is, and what it found. */
const DuplicateScanSchema = defineEntity({
  name: 'DuplicateScan',
  tableName: 'duplicate_scan',
  properties: {
    ...owned(),
    status: p.string().$type<ScanStatus>().length(20).default('running'),
    subject: p.string().$type<DuplicateSubject>().length(20).default('contact'),
    lastId: p.uuid().$type<string | null>().nullable(),
    total: p.integer(),
    done: p.integer().default(0),
    found: p.integer().default(0),
    atOnce: p.integer().default(scannedAtOnce),
    crowded: p.integer().default(0),
    passed: p.integer().default(0),
    finishedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'status'] }],
  checks: [
    { name: 'duplicate_scan_subject_check', expression: oneOf('subject', duplicateSubjects) },
    { name: 'duplicate_scan_status_check', expression: oneOf('status', scanStatuses) },
  ],
  ...tenantOwned,
});
export class DuplicateScan extends DuplicateScanSchema.class {}
DuplicateScanSchema.setClass(DuplicateScan);
