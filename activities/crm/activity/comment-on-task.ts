import { z } from 'zod';
import { Comment, CommentFiles, CommentMentions, CommentText } from '../../../domain/crm/comment.ts';
import { tasks } from '../../../domain/crm/activity/task.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { addComment } from '../add-comment.ts';
import { claimTask } from './claim-task.ts';

/** CRM-091. */
export const commentOnTask = verb(
  {
    name: 'comment-on-task', needs: 'task:update', output: Comment,
    input: z.object({ id: Id, body: CommentText, fileIds: CommentFiles, mentionIds: CommentMentions }),
  },
  async (ctx, { id, ...said }) => {
    const { title } = await claimTask(ctx, id);
    return addComment(ctx, { record: tasks, subject: 'task', subjectId: id, title, ...said });
  },
);
