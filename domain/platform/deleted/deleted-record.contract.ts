import { z } from 'zod';
import { Instant } from '../clock.ts';
import { endpoint, type Endpoint, type Nothing } from '../contract.ts';
import { Id } from '../id.ts';
import { ListQuery, listOf } from '../list.ts';

/** What was deleted softly and may come back (PLT-005). */
export const DeletedRecord = z
  .object({
    id: Id,
    type: z.string().meta({ example: 'account' }),
    title: z.string(),
    partOf: z.string().nullable().meta({ description: 'Name of what it belongs to' }),
    deletedAt: Instant,
    deletedBy: Id.nullable(),
    deletedByName: z.string().nullable().meta({ description: 'null: by a process' }),
    restore: z.string().meta({ description: 'POST there brings it back', example: '/api/accounts/…/restore' }),
  })
  .meta({ id: 'DeletedRecord' });
export type DeletedRecord = z.output<typeof DeletedRecord>;

export const deletedRecordEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/deleted-records',
    needs: 'signed-in',
    query: ListQuery,
    returns: listOf(DeletedRecord).extend({
      types: z
        .array(z.object({ type: z.string(), total: z.int() }))
        .meta({ description: 'Of which types there are any, and how many' }),
    }),
    summary: 'Deleted records that the caller may restore, the latest first; filter[type][in]=account,phase',
  }),
};

/** The endpoint that a deleted record names. */
export const restoreAt = (path: string): Endpoint<Nothing, Nothing, Nothing, z.ZodUnknown> =>
  endpoint({ method: 'POST', path, needs: 'signed-in', returns: z.unknown(), summary: 'Restore it' });
