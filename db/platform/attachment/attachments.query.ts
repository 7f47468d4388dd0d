import type { Attachment, AttachmentSubject } from '../../../domain/platform/attachment/attachment.ts';
import type { PartQuery } from '../../../domain/platform/list.ts';
import type { Reader } from '../reader.ts';
import { columnsOf, selected, sql, type Sql } from '../sql.ts';
import { partRows, type PartAnswer } from '../table/part.query.ts';

const columns = {
  ...columnsOf('f', ['id', 'name', 'mediaType', 'size', 'commentId', 'createdAt', 'createdBy']),
  createdByName: sql`(select u.full_name from app_user u where u.id = f.created_by)`,
};

/** Files of a record, those of its comments too, newest first. */
export const attachmentsOf = (
  read: Reader, { subject, subjectId }: Pick<KeptFile, 'subject' | 'subjectId'>, asked: PartQuery,
): Promise<PartAnswer<Attachment>> =>
  partRows<Attachment>(read, {
    columns,
    from: sql`attachment f`,
    where: [
      sql`f.subject_id = ${subjectId}::uuid`, sql`f.subject = ${subject}`, sql`f.state = 'stored'`,
      sql`f.deleted_at is null`,
    ],
    key: sql`f.id`,
    fields: { createdAt: { sql: sql`f.created_at`, kind: 'instant' } },
    defaultSort: '-createdAt',
  }, asked);

export interface KeptFile extends Attachment {
  subject: AttachmentSubject;
  subjectId: string;
  state: string;
}
export const attachmentById = (read: Reader, id: string): Promise<KeptFile | undefined> =>
  read.row<KeptFile>(sql`select ${selected(columns)}, f.subject, f.subject_id as "subjectId", f.state
    from attachment f where f.id = ${id}::uuid and f.deleted_at is null`);

/** The files of the comment `c`, oldest first, as JSON. */
export const filesOfComment: Sql = sql`coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name,
    'mediaType', f.media_type, 'size', f.size) order by f.created_at, f.id)
  from attachment f where f.comment_id = c.id and f.deleted_at is null), '[]')`;
