import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { ScoringRule } from '../../../db/crm/scoring/scoring-rule.entity.ts';
import { ScoringRun } from '../../../db/crm/scoring/scoring-run.entity.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { lastNight, leadScoringPlan } from '../../../domain/crm/scoring/lead-scoring-plan.ts';
import {
  leadScoring, scoredAtOnce, scoringProgressed,
} from '../../../domain/crm/scoring/scoring.contract.ts';
import { positionStep, scoringRules, standardRules } from '../../../domain/crm/scoring/scoring-rule.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { look } from '../../platform/process/look.ts';
import { verb } from '../../platform/verb.ts';
import { requestScoring } from './request-scoring.ts';
import { rescored } from './rescore.ts';

/** Scores all contacts anew. */
export const startScoring = verb(
  { name: 'start-scoring', needs: 'scoring-rule:update', input: z.object({}), output: ById },
  async ctx => ({ id: await requestScoring(ctx, 'asked') }),
);

/** Scores all contacts once a night, where there are rules: what happened within some days changes as days pass. */
export const scoreAtNight = verb(
  {
    name: 'score-at-night', needs: 'process',
    input: z.object({}), output: z.object({ runId: Id.nullable() }),
  },
  async ctx => {
    const { em, tenantId, now } = ctx;
    if (!(await em.count(ScoringRule, { isActive: true, deletedAt: null }))) return { runId: null };
    const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
    const night = new Date(lastNight(now, timeZone));
    // Nobody's clock is asked twice: that all were scored since is enough, whoever wanted it.
    const since = { accountId: null, deletedAt: null, createdAt: { $gte: night } };
    return { runId: (await em.count(ScoringRun, since)) ? null : await requestScoring(ctx, 'nightly') };
  },
);

export const lookAtScoring = look(
  leadScoring,
  async ({ em }, id) => {
    const { status, done, createdBy } = await em.findOneOrFail(ScoringRun, { id });
    return { id, status, done, ownerId: createdBy ?? null };
  },
  leadScoringPlan,
);

/** Scores the next contacts; how far it is stands in the same commit. */
export const scoreContacts = verb(
  {
    name: 'score-contacts', needs: 'process',
    input: z.object({ runId: Id, done: z.int() }), output: z.object({ done: z.int() }),
  },
  async (ctx, { runId, done }) => {
    const { em } = ctx;
    const run = await em.findOneOrFail(ScoringRun, { id: runId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    // Asked again after a crash, it may have gone on already.
    if (run.status !== 'running' || run.done !== done) return { done: run.done };
    const rows = await em.find(
      Contact,
      {
        deletedAt: null,
        ...(run.lastId ? { id: { $gt: run.lastId } } : {}), ...(run.accountId ? { accountId: run.accountId } : {}),
      },
      { fields: ['id'], orderBy: { id: 'asc' }, limit: scoredAtOnce, disableIdentityMap: true },
    );
    const ids = rows.map(row => row.id);
    run.changed += (await rescored(ctx, ids)).length;
    if (ids.length) Object.assign(run, { lastId: ids.at(-1)!, done: run.done + ids.length });
    else Object.assign(run, { status: 'done', finishedAt: new Date(ctx.now) });
    await em.flush();
    ctx.emit(scoringProgressed, { runId, done: run.done, total: Math.max(run.total, run.done) });
    return { done: run.done };
  },
);

/** Gives a fresh tenant rules to begin with; a tenant that ever had one is left alone. */
export const seedScoringRules = verb(
  { name: 'seed-scoring-rules', needs: 'process', input: z.object({}), output: z.object({ seeded: z.boolean() }) },
  async ctx => {
    const { em, id, emit } = ctx;
    if (await em.count(ScoringRule)) return { seeded: false };
    for (const [i, rule] of standardRules.entries()) {
      const { id: ruleId } = em.create(ScoringRule, { id: id(), ...rule, position: (i + 1) * positionStep });
      emit(scoringRules.events.created, {
        id: ruleId, parentId: null, title: rule.name, fields: ['name', 'points', 'condition', 'position'],
      });
    }
    await em.flush();
    if (await em.count(Contact, { deletedAt: null })) await requestScoring(ctx, 'rules');
    return { seeded: true };
  },
);
