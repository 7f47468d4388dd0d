import type { Attachment, AttachmentSubject } from '../../../domain/platform/attachment/attachment.ts';
import type { Reader } from '../reader.ts';
import { sql, type Sql } from '../sql.ts';

const shown = sql`f.id, f.name, f.media_type as "mediaType", f.size, f.comment_id as "commentId",
  f.created_at as "createdAt", f.created_by as "createdBy",
  (select u.full_name from app_user u where u.id = f.created_by) as "createdByName"`;

/** Files of a record, those of its comments too, newest first. */
export const attachmentsOf = (read: Reader, subject: AttachmentSubject, subjectId: string): Promise<Attachment[]> =>
  read.rows<Attachment>(sql`select ${shown} from attachment f
    where f.subject_id = ${subjectId}::uuid and f.subject = ${subject} and f.state = 'stored' and f.deleted_at is null
    order by f.created_at desc, f.id desc limit 500`);

export interface KeptFile extends Attachment {
  subject: AttachmentSubject;
  subjectId: string;
  state: string;
}
export const attachmentById = (read: Reader, id: string): Promise<KeptFile | undefined> =>
  read.row<KeptFile>(sql`select ${shown}, f.subject, f.subject_id as "subjectId", f.state from attachment f
    where f.id = ${id}::uuid and f.deleted_at is null`);

/** The files of the comment `c`, oldest first, as JSON. */
export const filesOfComment: Sql = sql`coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name,
    'mediaType', f.media_type, 'size', f.size) order by f.created_at, f.id)
  from attachment f where f.comment_id = c.id and f.deleted_at is null), '[]')`;
