import { z } from 'zod';
import { Comment, CommentFiles, CommentText } from '../../../domain/crm/comment.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { addComment } from '../add-comment.ts';
import { claimTask } from './claim-task.ts';

/** CRM-091. */
export const commentOnTask = verb(
  {
    name: 'comment-on-task', needs: 'task:update', output: Comment,
    input: z.object({ id: Id, body: CommentText, fileIds: CommentFiles }),
  },
  async (ctx, { id, body, fileIds }) => {
    const { title } = await claimTask(ctx, id);
    return addComment(ctx, { on: { taskId: id }, title, body, fileIds });
  },
);
