import { defineEntity, p } from '@mikro-orm/core';
import { duplicateSubjects, type DuplicateSubject } from '../../../domain/crm/duplicate/match.ts';
import type { KeptMerge } from '../../../domain/crm/duplicate/merge.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

/** A merge, and what it takes to undo it. */
const RecordMergeSchema = defineEntity({
  name: 'RecordMerge',
  tableName: 'record_merge',
  properties: {
    ...owned(),
    subject: p.string().$type<DuplicateSubject>().length(20),
    survivorId: p.uuid(),
    title: p.string().length(255),
    mergedIds: p.array<string>().columnType('uuid[]'),
    kept: p.json<KeptMerge>(),
    undoneAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'survivorId'] }],
  checks: [{ name: 'record_merge_subject_check', expression: oneOf('subject', duplicateSubjects) }],
  ...tenantOwned,
});
export class RecordMerge extends RecordMergeSchema.class {}
RecordMergeSchema.setClass(RecordMerge);
