import type { Comment, CommentSubject } from '../../domain/crm/comment.ts';
import { filesOfComment } from '../platform/attachment/attachments.query.ts';
import type { Reader } from '../platform/reader.ts';
import { sql, type Sql } from '../platform/sql.ts';

/** The people that the comment `c` mentions, as JSON. */
export const mentionsOfComment: Sql = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.full_name) order by u.full_name, u.id)
  from app_user u where u.id = any(c.mention_ids)), '[]')`;

/** What was written under a record, oldest first. */
export const commentsOn = (read: Reader, subject: CommentSubject, id: string): Promise<Comment[]> =>
  read.rows<Comment>(sql`select c.id, c.body, c.created_at as "createdAt", c.created_by as "createdBy",
      (select u.full_name from app_user u where u.id = c.created_by) as "createdByName", ${filesOfComment} as files,
      ${mentionsOfComment} as mentions
    from crm_comment c where ${sql.ref(`c.${subject}_id`)} = ${id}::uuid and c.deleted_at is null
    order by c.created_at, c.id limit 500`);
