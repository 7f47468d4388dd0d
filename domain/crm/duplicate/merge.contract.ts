import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { endpoint, event } from '../../platform/contract.ts';
import { ById, Id } from '../../platform/id.ts';
import type { AnyRecord } from '../../platform/record.ts';
import { accounts } from '../account.ts';
import { contacts } from '../contact.ts';
import { duplicateSubjects } from './match.ts';

/** So many records become one at once, the one that stays among them. */
export const mergedMax = 10;
export const undoDays = 30;

export const MergeRequest = z
  .object({
    survivorId: Id.meta({ description: 'The record that stays' }),
    mergedIds: z.array(Id).min(1).max(mergedMax - 1),
    choices: z.record(z.string().max(100), Id).default({})
      .meta({
        description: 'Field → id of the record whose value is kept, also of `customFields.region` alone; '
          + 'of others the survivor’s, if it has one',
      }),
    dryRun: z.boolean().default(false).meta({ description: 'Answer what would be, and change nothing' }),
  })
  .meta({ id: 'MergeRequest' });
export type MergeRequest = z.output<typeof MergeRequest>;

const MovedCount = z.object({ table: z.string().meta({ example: 'interaction' }), count: z.int() });
const answerOf = <Row extends z.ZodObject>(Row: Row, id: string) =>
  z.object({
    mergeId: Id.nullable().meta({ description: 'By which it can be undone; null of a dry run' }),
    record: Row,
    moved: z.array(MovedCount).meta({ description: 'What now belongs to the survivor' }),
    undoUntil: Instant.nullable(),
  }).meta({ id });

export const Merge = z
  .object({
    id: Id, subject: z.enum(duplicateSubjects), survivorId: Id, title: z.string(),
    merged: z.array(z.object({ id: Id, title: z.string() })),
    createdAt: Instant, createdByName: z.string().nullable(), undoUntil: Instant, undoneAt: Instant.nullable(),
  })
  .meta({ id: 'Merge' });
export type Merge = z.output<typeof Merge>;

/** CRM-035. */
export const mergeEndpoints = {
  contacts: endpoint({
    method: 'POST', path: '/api/contacts/merge', needs: 'contact:merge', body: MergeRequest,
    returns: answerOf(contacts.Row, 'MergedContact'),
    summary: 'Make one contact of several; everything that belongs to them moves to the one that stays',
  }),
  accounts: endpoint({
    method: 'POST', path: '/api/accounts/merge', needs: 'account:merge', body: MergeRequest,
    returns: answerOf(accounts.Row, 'MergedAccount'),
    summary: 'Make one account of several; everything that belongs to them moves to the one that stays',
  }),
  list: endpoint({
    method: 'GET', path: '/api/merges', needs: 'duplicate:read',
    query: z.object({ recordId: Id.optional() }), returns: z.object({ items: z.array(Merge) }),
    summary: 'The latest merges, or those of one record, newest first',
  }),
  undo: endpoint({
    method: 'POST', path: '/api/merges/:id/undo', needs: 'duplicate:update', params: ById, returns: ById,
    summary: `Take a merge apart again, for ${undoDays} days: what was changed since stays`,
  }),
};

const happened = (record: Pick<AnyRecord, 'name'>, verb: 'merged' | 'unmerged') =>
  event({
    name: `crm.${record.name}.${verb}`,
    payload: z.object({ id: Id, title: z.string(), mergedIds: z.array(Id) }),
    entity: p => p.id,
    says: p => (verb === 'merged'
      ? `merged ${p.mergedIds.length === 1 ? 'another' : `${p.mergedIds.length} others`} into ${p.title}`
      : `took the merge into ${p.title} apart`),
  });
export const merged = { contact: happened(contacts, 'merged'), account: happened(accounts, 'merged') };
export const unmerged = { contact: happened(contacts, 'unmerged'), account: happened(accounts, 'unmerged') };
