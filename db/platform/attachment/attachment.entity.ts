import { defineEntity, p } from '@mikro-orm/core';
import {
  attachmentStates, attachmentSubjects, type AttachmentState, type AttachmentSubject,
} from '../../../domain/platform/attachment/attachment.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** A file of a record, or of a comment under it; its bytes are in the storage, by tenant and id. */
const AttachmentSchema = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  properties: {
    ...owned(),
    subject: p.string().$type<AttachmentSubject>().length(20),
    subjectId: p.uuid(),
    commentId: p.uuid().$type<string | null>().nullable(),
    name: p.string().length(255),
    mediaType: p.string().length(100),
    size: p.bigint('number'),
    state: p.string().$type<AttachmentState>().length(20).default('awaited'),
  },
  indexes: [
    { properties: ['tenantId', 'subjectId', 'createdAt'] },
    { properties: ['tenantId', 'commentId'] },
  ],
  checks: [
    { name: 'attachment_subject_check', expression: oneOf('subject', attachmentSubjects) },
    { name: 'attachment_state_check', expression: oneOf('state', attachmentStates) },
  ],
  ...tenantOwned,
});
export class Attachment extends AttachmentSchema.class {}
AttachmentSchema.setClass(Attachment);
