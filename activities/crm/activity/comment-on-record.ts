import type { EntityName } from '@mikro-orm/core';
import { z } from 'zod';
import { Account } from '../../../db/crm/account.entity.ts';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { Opportunity } from '../../../db/crm/opportunity.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import type { StorySubject } from '../../../domain/crm/activity/timeline-change.ts';
import { Comment, CommentFiles, CommentMentions, CommentText } from '../../../domain/crm/comment.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { opportunities } from '../../../domain/crm/opportunity.ts';
import { Id } from '../../../domain/platform/id.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { verb } from '../../platform/verb.ts';
import { addComment } from '../add-comment.ts';
import { claimRow } from '../claim-row.ts';

type Row = { id: string; deletedAt?: Date | null | undefined };

const commentOn = <R extends Row>(
  subject: StorySubject, record: AnyRecord, entity: EntityName<R>, titleOf: (row: R) => string,
) =>
  verb(
    {
      name: `comment-on-${subject}`, needs: `${subject}:update`, output: Comment,
      input: z.object({ id: Id, body: CommentText, fileIds: CommentFiles, mentionIds: CommentMentions }),
    },
    async (ctx, { id, ...said }) => {
      const title = titleOf(await claimRow(ctx, { record, entity }, id));
      return addComment(ctx, { record, subject, subjectId: id, title, ...said });
    },
  );

/** Comments on the records that have a story. */
export const commentOnAccount = commentOn('account', accounts, Account, row => row.accountName);
export const commentOnContact = commentOn('contact', contacts, Contact, row => row.fullName);
export const commentOnOpportunity = commentOn('opportunity', opportunities, Opportunity, row => row.opportunityName);
