import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { DuplicatePair } from '../../../db/crm/duplicate/duplicate-pair.entity.ts';
import { DuplicateScan } from '../../../db/crm/duplicate/duplicate-scan.entity.ts';
import {
  matchOf, nextCompared, nextUncompared, scannedTotal, type Compared,
} from '../../../db/crm/duplicate/scan.query.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { compileSql, type Sql } from '../../../db/platform/sql.ts';
import { duplicateScanPlan } from '../../../domain/crm/duplicate/duplicate-scan-plan.ts';
import { duplicateSubjects, possibleFrom, type DuplicateSubject, type Match } from '../../../domain/crm/duplicate/match.ts';
import {
  comparedMax, duplicateScan, scanEndpoints, scannedAtOnce, scanProgressed, scanRequested,
} from '../../../domain/crm/duplicate/scan.contract.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { look } from '../../platform/process/look.ts';
import { startProcess } from '../../platform/process/start-process.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';

const asked = <Row>({ em }: Pick<VerbContext, 'em'>, query: Sql): Promise<Row[]> => {
  const { sql, parameters } = compileSql(query);
  return transactionOf(em).send<Row>(sql, parameters);
};

/** Starts a scan over the whole base; while one runs, it is that one. */
export const startDuplicateScan = verb(
  { name: 'start-duplicate-scan', needs: 'duplicate:create', input: z.object({}), output: ById },
  async ctx => {
    const { em, tenantId } = ctx;
    await em.execute(`select pg_advisory_xact_lock(hashtextextended('duplicate-scan ' || ?, 0))`, [tenantId]);
    const running = await em.findOne(DuplicateScan, { status: 'running', deletedAt: null });
    if (running) return { id: running.id };
    const [{ total } = { total: 0 }] = await asked<{ total: number }>(ctx, scannedTotal);
    const scan = em.create(DuplicateScan, { id: ctx.id(), total });
    await em.flush();
    const about = { title: 'Scan for duplicates', ownerId: ctx.actor.userId };
    await startProcess(ctx, duplicateScan, scan.id, about);
    ctx.emit(scanRequested, { scanId: scan.id, done: 0, total });
    return { id: scan.id };
  },
);

export const lookAtDuplicateScan = look(
  duplicateScan,
  async ({ em }, id) => {
    const { status, subject, done, atOnce, createdBy } = await em.findOneOrFail(DuplicateScan, { id });
    return { id, status, subject, done, atOnce, ownerId: createdBy ?? null };
  },
  duplicateScanPlan,
);

/** Compares the next records; what is likely one goes into the queue, with the mark of how far it is. */
export const scanForDuplicates = verb(
  {
    name: 'scan-for-duplicates', needs: 'process',
    input: z.object({ scanId: Id, subject: z.enum(duplicateSubjects), done: z.int() }),
    output: z.object({ done: z.int() }),
  },
  async (ctx, { scanId, subject, done }) => {
    const { em } = ctx;
    const scan = await em.findOneOrFail(DuplicateScan, { id: scanId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    // Asked again after a crash, it may have gone on already.
    if (scan.status !== 'running' || scan.subject !== subject || scan.done !== done) return { done: scan.done };
    const rows = await nextRows(ctx, scan);
    if (!rows) {
      scan.atOnce = Math.floor(scan.atOnce / 2);
      await em.flush();
      return { done };
    }
    const ids = [...new Set(rows.map(row => row.id))];
    if (ids.length) {
      scan.lastId = ids.at(-1)!;
      scan.done += ids.length;
      scan.found += await notePairs(ctx, subject, rows);
      scan.crowded += crowdedOf(subject, rows);
    } else if (subject === 'contact') Object.assign(scan, { subject: 'account', lastId: null });
    else Object.assign(scan, { status: 'done', finishedAt: new Date(ctx.now) });
    await em.flush();
    ctx.emit(scanProgressed, { scanId, done: scan.done, total: Math.max(scan.total, scan.done) });
    return { done: scan.done };
  },
);

/** A step is an activity that is given up after five seconds: what finds the pairs has less. */
const stepMs = 1_500;

/**
 * The next records with those that may be the same, and fewer of them next time where these took long; nothing where
 * they took too long. A single one that does is passed over, so that the others come to their turn.
 */
async function nextRows(ctx: VerbContext, scan: DuplicateScan): Promise<Compared[] | null> {
  const tx = transactionOf(ctx.em);
  const began = performance.now();
  try {
    const rows = await tx.attempt(async () => {
      void tx.send(`set local statement_timeout = ${stepMs}`);
      return asked<Compared>(ctx, nextCompared(scan.subject, scan.lastId ?? null, scan.atOnce));
    });
    void tx.send(`set local statement_timeout to default`);
    if (performance.now() - began < stepMs / 4) scan.atOnce = Math.min(scannedAtOnce, scan.atOnce * 2);
    return rows;
  } catch (e) {
    if (!isTimeout(e)) throw e;
    if (scan.atOnce > 1) return null;
    scan.passed += 1;
    return asked<Compared>(ctx, nextUncompared(scan.subject, scan.lastId ?? null));
  }
}

const isTimeout = (e: unknown): boolean => (e as { code?: unknown } | null)?.code === '57014';

/** How many have as many that may be the same as are compared with one, or more. Of accounts those come by likeness. */
function crowdedOf(subject: DuplicateSubject, rows: readonly Compared[]): number {
  const counts = ({ otherId, values, other }: Compared): boolean =>
    Boolean(otherId) && (subject === 'contact' || matchOf(subject, values, other).score >= possibleFrom);
  const others = Map.groupBy(rows.filter(counts), row => row.id);
  return [...others.values()].filter(of => of.length >= comparedMax).length;
}

/** How many pairs were not known; those that are open have the score of now, what was decided stays. */
async function notePairs(ctx: VerbContext, subject: DuplicateSubject, rows: readonly Compared[]): Promise<number> {
  const found = new Map<string, { firstId: string; secondId: string; match: Match }>();
  for (const { id, values, otherId, other } of rows) {
    if (!otherId || !values || !other) continue;
    const match = matchOf(subject, values, other);
    const [firstId, secondId] = [id, otherId].sort() as [string, string];
    if (match.score >= possibleFrom) found.set(`${firstId} ${secondId}`, { firstId, secondId, match });
  }
  if (!found.size) return 0;
  const firstIds = { $in: [...found.values()].map(pair => pair.firstId) };
  const known = await ctx.em.find(DuplicatePair, { firstId: firstIds, deletedAt: null });
  for (const pair of known) {
    const again = found.get(`${pair.firstId} ${pair.secondId}`);
    found.delete(`${pair.firstId} ${pair.secondId}`);
    if (again && pair.status === 'open') Object.assign(pair, again.match);
  }
  for (const { firstId, secondId, match } of found.values())
    ctx.em.create(DuplicatePair, { id: ctx.id(), subject, firstId, secondId, ...match });
  return found.size;
}

/** Says that a pair is of two, or lets it be open again. */
export const decideDuplicate = verb(
  {
    name: 'decide-duplicate', needs: 'duplicate:update',
    input: scanEndpoints.decide.body.extend({ id: Id }), output: ById,
  },
  async (ctx, { id, status }) => {
    const pair = await ctx.em.findOne(DuplicatePair, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!pair) throw notFound();
    lockVersion(ctx, pair);
    if (pair.status === 'merged') throw new Refusal('conflict', 'They were merged');
    pair.status = status;
    return { id };
  },
);
