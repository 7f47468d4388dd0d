import { z } from 'zod';
import { allOf, sql, type Sql } from '../../db/platform/sql.ts';
import {
  listProcesses,
  processById,
  rejectedInputsOf,
  timelineOf,
  type ProcessRow,
} from '../../db/platform/processes.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { reconcilePage } from '../../activities/platform/process/reconcile.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { MessageContract, Needs, Shape } from '../../domain/platform/contract.ts';
import { notFound, Refusal } from '../../domain/platform/errors.ts';
import { allows, scopeOf } from '../../domain/platform/permission.ts';
import { processEndpoints } from '../../domain/platform/process.contract.ts';
import type { ProcessSummary, ProcessView } from '../../domain/platform/process.ts';
import { steered } from '../processes.ts';
import { invalidShape } from './problem.ts';
import { updateProcess, whyNotUpdateNow } from './process-update.ts';
import { serve, type HandlerArgs } from './serve.ts';
import type { ApiServices } from './services.ts';
import type { Steered } from './steer.ts';

/** How much of each process's future a list shows. */
const futureInLists = 8;

export const processRoutes = serve(processEndpoints, {
  types: async () => ({
    items: steered.map(({ contract: c }) => ({
      type: c.type,
      summary: c.summary,
      entityType: c.entityType,
      startInput: z.toJSONSchema(c.start.body, { io: 'input', unrepresentable: 'any' }),
      signals: Object.values(c.signals).map(m => ({ name: m.name, summary: m.summary })),
      updates: Object.values(c.updates ?? {}).map(m => ({ name: m.name, summary: m.summary })),
    })),
  }),

  list: async ({ read, actor, query, services }) => {
    const { type, status, entityId, ...list } = query;
    const filter = {
      ...list.filter,
      ...(type ? { type } : {}),
      ...(status ? { status } : {}),
      ...(entityId ? { entityId } : {}),
    };
    const found = await listProcesses(read, [visibleTo(actor)], { ...list, filter });
    return {
      ...found,
      items: found.items.map(row => ({ ...summary(row, services), future: row.future.slice(0, futureInLists) })),
    };
  },

  read: async args => viewOf(args, args.params.workflowId),

  start: async ({ params, body, run, read, actor, services }) => {
    const process = byType(params.type);
    permit(actor, process.contract.start.needs);
    const { entityId } = await process.start({ run, read, actor, body: parse(process.contract.start.body, body) });
    const workflowId = process.contract.id(entityId);
    const row = await started(read, workflowId);
    return {
      workflowId,
      runId: row?.runId ?? null,
      status: row?.status ?? 'starting',
      links: { self: `/api/processes/${workflowId}`, temporal: temporalUrl(services, workflowId, row?.runId ?? null) },
    };
  },

  simulate: async ({ params, body, run, read, actor }) => {
    const process = byType(params.type);
    permit(actor, process.contract.start.needs);
    if (!process.simulate)
      throw new Refusal('invalid', 'This kind of process cannot be simulated', { reason: 'not-simulated' });
    return { future: await process.simulate({ run, read, actor, body: parse(process.contract.start.body, body) }) };
  },

  signal: async ({ params, body, run, read, actor }) => {
    const row = await processById(read, params.workflowId, sql`true`);
    const process = row && byType(row.type);
    const message =
      process && Object.hasOwn(process.contract.signals, params.name)
        ? process.contract.signals[params.name]
        : undefined;
    if (!row || !process || !message) throw notFound();
    permit(actor, message.needs);
    const handle = process.signals[params.name]!;
    return (await handle({ run, read, actor, entityId: row.entityId, body: parse(message.body, body) })) ?? null;
  },

  update: async args => {
    const { params, body, run, read, actor } = args;
    const row = await processById(read, params.workflowId, visibleTo(actor));
    const updates = row && byType(row.type).contract.updates;
    const message = updates && Object.hasOwn(updates, params.name) ? updates[params.name] : undefined;
    if (!row || !message) throw notFound();
    permit(actor, message.needs);
    await updateProcess({ run, read, workflowId: row.workflowId, name: message.name, body: parse(message.body, body) });
    return viewOf(args, row.workflowId);
  },

  drift: async ({ actor, body }) => reconcilePage(actor.tenantId, { ...body, deep: true }),
});

async function viewOf(
  { read, actor, run, services }: Pick<HandlerArgs, 'read' | 'actor' | 'run' | 'services'>,
  workflowId: string,
): Promise<z.input<typeof ProcessView>> {
  const row = await processById(read, workflowId, visibleTo(actor));
  if (!row) throw notFound();
  const [timeline, rejectedInputs, allowedCommands] = await Promise.all([
    timelineOf(read, row.entityId),
    rejectedInputsOf(read, row.workflowId),
    commands(byType(row.type), { run, read, actor }, row),
  ]);
  return { ...summary(row, services), runId: row.runId, timeline, rejectedInputs, allowedCommands };
}

function byType(type: string): Steered {
  const found = steered.find(s => s.contract.type === type);
  if (!found) throw new Refusal('not-found', `Unknown process type "${type.slice(0, 60)}"`);
  return found;
}

function permit(actor: Actor, needs: Needs): void {
  if (!allows(actor.ability, needs)) throw new Refusal('forbidden', 'You do not have permission to do this');
}

function parse(shape: Shape, value: unknown): unknown {
  const result = shape.safeParse(value);
  if (!result.success) throw invalidShape(result.error, '');
  return result.data;
}

/** Each type as far as the actor may read its entities. */
function visibleTo(actor: Actor): Sql {
  const types = steered
    .filter(s => allows(actor.ability, s.contract.reads))
    .map(s => {
      const all = scopeOf(actor.permissions, s.contract.reads) === 'all';
      return allOf([sql`p.type = ${s.contract.type}`, ...(all || !s.visible ? [] : [s.visible(actor)])]);
    });
  return types.length
    ? sql`(${sql.join(
        types.map(t => sql`(${t})`),
        sql` or `,
      )})`
    : sql`false`;
}

const commands = async (process: Steered, tools: Pick<HandlerArgs, 'run' | 'read' | 'actor'>, row: ProcessRow) =>
  Promise.all([
    ...Object.values(process.contract.signals).map(async m => ({
      ...described(m, 'signal'),
      whyNot:
        whyNotNow(row, m, tools.actor) ??
        (await process.whyNot?.(m.name, { ...tools, entityId: row.entityId })) ??
        null,
    })),
    ...Object.values(process.contract.updates ?? {}).map(async m => ({
      ...described(m, 'update'),
      whyNot: whyNotNow(row, m, tools.actor) ?? whyNotUpdateNow(row, m.name) ?? null,
    })),
  ]);

const described = <K extends string>({ name, summary: says }: MessageContract<Shape>, kind: K) => ({
  name,
  summary: says,
  kind,
});
const whyNotNow = (row: ProcessRow, { needs }: MessageContract<Shape>, actor: Actor): string | undefined =>
  row.status === 'closed'
    ? 'The process has ended'
    : allows(actor.ability, needs)
      ? undefined
      : 'Your role does not allow it';

function temporalUrl({ config }: ApiServices, workflowId: string, runId: string | null): string {
  const base = `${config.TEMPORAL_UI_URL ?? ''}/namespaces/${config.TEMPORAL_NAMESPACE}`;
  return `${base}/workflows/${encodeURIComponent(workflowId)}${runId ? `/${runId}/history` : ''}`;
}

const summary = (row: ProcessRow, services: ApiServices): ProcessSummary => ({
  workflowId: row.workflowId,
  type: row.type,
  title: row.title,
  status: row.status,
  stage: row.stage,
  stuck: row.stuck,
  result: row.result,
  hold: row.hold,
  entity: { type: row.entityType, id: row.entityId },
  waitingFor: row.waitingFor,
  nextWakeAt: row.nextWakeAt,
  startedAt: row.startedAt,
  closedAt: row.closedAt,
  temporalUrl: temporalUrl(services, row.workflowId, row.runId),
  future: row.future,
});

/** Waits at most a second for the relay and the worker; then the answer says `starting`. */
async function started(read: Reader, workflowId: string): Promise<ProcessRow | undefined> {
  for (let tries = 0; ; tries++) {
    const row = await processById(read, workflowId, sql`true`);
    if ((row && row.status !== 'starting') || tries === 20) return row;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
