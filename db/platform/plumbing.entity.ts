import { defineEntity, p } from '@mikro-orm/core';
import type { Told } from '../../domain/platform/contract.ts';
import type { Asker } from '../../domain/platform/operations/process-hold.ts';
import type { FutureEntry, Hold, WaitingFor } from '../../domain/platform/process.ts';
import { tenantOwned } from './columns.ts';

/** A tenant's clock; only sandbox tenants may move it. */
const TenantClockSchema = defineEntity({
  name: 'TenantClock',
  tableName: 'tenant_clock',
  properties: {
    tenantId: p.uuid().primary(),
    offsetMs: p.bigint('number').default(0),
    frozenAt: p.datetime().nullable(),
    version: p.integer().default(1),
  },
  ...tenantOwned,
});
export class TenantClock extends TenantClockSchema.class {}
TenantClockSchema.setClass(TenantClock);

/** Counts what happened to an entity or to a process: per row, seq order is commit order. */
const StreamSchema = defineEntity({
  name: 'Stream',
  tableName: 'stream',
  properties: { entityId: p.uuid().primary(), tenantId: p.uuid(), seq: p.bigint('number') },
  indexes: [{ properties: ['tenantId'] }],
  ...tenantOwned,
});
export class Stream extends StreamSchema.class {}
StreamSchema.setClass(Stream);

/** What is known of a process without asking the engine: its position, as of `seen_seq` of its stream. */
const ProcessSchema = defineEntity({
  name: 'Process',
  tableName: 'process',
  properties: {
    workflowId: p.string().length(120).primary(),
    tenantId: p.uuid(),
    type: p.string().length(60),
    entityType: p.string().length(60),
    entityId: p.uuid(),
    title: p.string().length(300),
    ownerId: p.uuid().nullable(),
    startedBy: p.uuid().nullable(),
    status: p.string().length(20).default('starting'),
    stage: p.string().length(60).nullable(),
    waitingFor: p.json<WaitingFor>().nullable(),
    future: p.json<FutureEntry[]>().defaultRaw(`'[]'`),
    result: p.string().length(60).nullable(),
    nextWakeAt: p.datetime().nullable(),
    seenSeq: p.bigint('number').default(0),
    runId: p.string().length(60).nullable(),
    stuckReason: p.text().nullable(),
    hold: p.json<Hold>().nullable(),
    startedAt: p.datetime(),
    closedAt: p.datetime().nullable(),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [
    { properties: ['tenantId', 'status', 'nextWakeAt'] },
    { properties: ['tenantId', 'entityId'] },
    { properties: ['tenantId', 'type', 'startedAt'] },
  ],
  checks: [
    { name: 'process_status_check', expression: `status in ('starting', 'waiting', 'running', 'closed', 'failed')` },
  ],
  ...tenantOwned,
});
export class Process extends ProcessSchema.class {}
ProcessSchema.setClass(Process);

/** Messages that reached a process past the API: they decide nothing and are shown to ops. */
const RejectedInputSchema = defineEntity({
  name: 'RejectedInput',
  tableName: 'rejected_input',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    tenantId: p.uuid(),
    workflowId: p.string().length(120),
    name: p.string().length(200),
    count: p.integer().default(1),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'workflowId'] }],
  ...tenantOwned,
});
export class RejectedInput extends RejectedInputSchema.class {}
RejectedInputSchema.setClass(RejectedInput);

/** Who asked a process for what by an update: the update carries the id only, so nobody else can have sent it. */
const ProcessCommandSchema = defineEntity({
  name: 'ProcessCommand',
  tableName: 'process_command',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    workflowId: p.string().length(120),
    name: p.string().length(60),
    body: p.json<Record<string, unknown>>(),
    actor: p.json<Asker>(),
    doneAt: p.datetime().nullable(),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'workflowId'] }],
  ...tenantOwned,
});
export class ProcessCommand extends ProcessCommandSchema.class {}
ProcessCommandSchema.setClass(ProcessCommand);

/** The first answer to each Idempotency-Key and business key. */
const IdempotencySchema = defineEntity({
  name: 'Idempotency',
  tableName: 'idempotency',
  properties: {
    tenantId: p.uuid().primary(),
    actor: p.string().length(200).primary(),
    key: p.string().length(300).primary(),
    hash: p.string().length(64),
    answer: p.json<unknown>().nullable(),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  ...tenantOwned,
});
export class Idempotency extends IdempotencySchema.class {}
IdempotencySchema.setClass(Idempotency);

/** A fact, written with the change it tells of. `position` is gapless over the whole database, stamped by the relay. */
const OutboxEventSchema = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox_event',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    tenantId: p.uuid(),
    name: p.string().length(100),
    entityId: p.uuid(),
    storyId: p.uuid(),
    seq: p.bigint('number'),
    payload: p.json<Record<string, unknown>>(),
    tells: p.json<(Told & { workflowId: string; seq: number })[]>(),
    summary: p.text(),
    concerns: p.array<string>().columnType('uuid[]').default([]),
    actor: p.string().length(200),
    actorName: p.string().length(255),
    at: p.datetime(),
    recordedAt: p.datetime().defaultRaw('clock_timestamp()'),
    position: p.bigint('number').nullable().unique(),
    deliveredAt: p.datetime().nullable(),
    attempts: p.integer().default(0),
    problem: p.text().nullable(),
    traceparent: p.string().length(55).nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'storyId', 'id'] },
    { properties: ['tenantId', 'entityId', 'id'] },
    { properties: ['tenantId', 'position'] },
  ],
  ...tenantOwned,
});
export class OutboxEvent extends OutboxEventSchema.class {}
OutboxEventSchema.setClass(OutboxEvent);

/** Append-only record of changes (PLT-T3). */
const AuditLogSchema = defineEntity({
  name: 'AuditLog',
  tableName: 'audit_log',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    userId: p.uuid().nullable(),
    actor: p.string().length(200),
    actorName: p.string().length(255),
    action: p.string().length(50),
    tableName: p.string().length(100),
    recordId: p.string().length(120).nullable(),
    verb: p.string().length(100),
    oldValues: p.json<Record<string, unknown>>().nullable(),
    newValues: p.json<Record<string, unknown>>().nullable(),
    ipAddress: p.string().length(45).nullable(),
    userAgent: p.string().length(500).nullable(),
    requestId: p.string().length(100).nullable(),
    createdAt: p.datetime(),
    recordedAt: p.datetime().defaultRaw('clock_timestamp()'),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'tableName'] },
    { properties: ['tenantId', 'recordId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'userId'] },
  ],
  ...tenantOwned,
});
export class AuditLog extends AuditLogSchema.class {}
AuditLogSchema.setClass(AuditLog);

/** Work that takes longer than a request: asked for, done by a process, read by its id. */
const OperationSchema = defineEntity({
  name: 'Operation',
  tableName: 'operation',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    type: p.string().length(60),
    status: p.string().length(20).default('running'),
    input: p.json<Record<string, unknown>>(),
    result: p.json<Record<string, unknown>>().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(),
    doneAt: p.datetime().nullable(),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'createdAt'] }],
  checks: [{ name: 'operation_status_check', expression: `status in ('running', 'done', 'failed')` }],
  ...tenantOwned,
});
export class Operation extends OperationSchema.class {}
OperationSchema.setClass(Operation);
