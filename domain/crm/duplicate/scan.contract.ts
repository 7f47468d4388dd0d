import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { endpoint, event } from '../../platform/contract.ts';
import { ById, Id } from '../../platform/id.ts';
import { ListQuery, listOf } from '../../platform/list.ts';
import { watcherUpdates } from '../../platform/operations/process-hold.ts';
import { processContract } from '../../platform/process.ts';
import { pairStatuses, scanStatuses } from './duplicate.contract.ts';
import { duplicateSubjects } from './match.ts';

/** So many records are compared in one step, and fewer where that takes longer than a step may. */
export const scannedAtOnce = 500;
/** Of one kind of likeness no more are compared with one record: of who has so many at all, some may be missing. */
export const comparedMax = 20;

const Side = z.object({ id: Id, title: z.string(), about: z.string().nullable() });
export const DuplicatePair = z
  .object({
    id: Id, subject: z.enum(duplicateSubjects), score: z.int(), reasons: z.array(z.string()),
    status: z.enum(pairStatuses), first: Side, second: Side, createdAt: Instant, version: z.int(),
  })
  .meta({ id: 'DuplicatePair' });
export type DuplicatePair = z.output<typeof DuplicatePair>;

export const DuplicateScan = z
  .object({
    id: Id, status: z.enum(scanStatuses), total: z.int(), done: z.int(),
    found: z.int().meta({ description: 'Pairs that were not known before' }),
    crowded: z.int().meta({
      description: `Records with ${comparedMax} or more that may be the same: more of them are not looked for`,
    }),
    passed: z.int().meta({ description: 'Records that could not be compared in the time of a step' }),
    createdAt: Instant, finishedAt: Instant.nullable(), startedByName: z.string().nullable(),
  })
  .meta({ id: 'DuplicateScan' });
export type DuplicateScan = z.output<typeof DuplicateScan>;

/** Compares every contact and account with the others (CRM-034). */
export const duplicateScan = processContract({
  type: 'duplicateScan',
  entityType: 'duplicate-scan',
  summary: 'Compares all contacts and accounts with each other, and goes on where it was interrupted',
  id: scanId => `duplicate-scan-${scanId}`,
  reads: 'duplicate:read',
  start: { needs: 'duplicate:create', body: z.object({}) },
  signals: {},
  updates: watcherUpdates,
});

export const scanEndpoints = {
  pairs: endpoint({
    method: 'GET', path: '/api/duplicates', needs: 'duplicate:read', query: ListQuery, returns: listOf(DuplicatePair),
    summary: 'Pairs of records that may be one, as far as both may be read; the open ones unless a status is asked for',
  }),
  decide: endpoint({
    method: 'PATCH', path: '/api/duplicates/:id', needs: 'duplicate:update', params: ById,
    body: z.object({ status: z.enum(['open', 'dismissed']) }).meta({ id: 'DecideDuplicate' }), returns: ById,
    summary: 'Say that a pair is of two, or let it be open again',
  }),
  scans: endpoint({
    method: 'GET', path: '/api/duplicate-scans', needs: 'duplicate:read',
    returns: z.object({ items: z.array(DuplicateScan) }), summary: 'The latest scans for duplicates, newest first',
  }),
  start: endpoint({
    method: 'POST', path: '/api/duplicate-scans', needs: 'duplicate:create', returns: ById, status: 202,
    summary: 'Compare all contacts and accounts; a scan that runs already is answered instead',
  }),
};

const about = z.object({ scanId: Id, done: z.int(), total: z.int() });
type About = z.output<typeof about>;
const tells = (p: About) => [{ type: duplicateScan.type, entityId: p.scanId }];
const happened = (name: string, says: (p: About) => string, told: boolean) =>
  event({ name: `crm.duplicate-scan.${name}`, payload: about, entity: p => p.scanId, says, ...(told && { tells }) });
export const scanRequested = happened('requested', () => 'asked for a scan for duplicates', true);
export const scanProgressed = happened('progressed', p => `compared ${p.done} of ${p.total}`, false);
