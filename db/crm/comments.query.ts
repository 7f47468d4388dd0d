import type { Comment } from '../../domain/crm/comment.ts';
import { filesOfComment } from '../platform/attachment/attachments.query.ts';
import type { Reader } from '../platform/reader.ts';
import { sql } from '../platform/sql.ts';

/** What was written under a task or a ticket, oldest first. */
export const commentsOn = (read: Reader, field: 'task_id' | 'ticket_id', id: string): Promise<Comment[]> =>
  read.rows<Comment>(sql`select c.id, c.body, c.created_at as "createdAt", c.created_by as "createdBy",
      (select u.full_name from app_user u where u.id = c.created_by) as "createdByName", ${filesOfComment} as files
    from crm_comment c where ${sql.ref(`c.${field}`)} = ${id}::uuid and c.deleted_at is null
    order by c.created_at, c.id limit 500`);
