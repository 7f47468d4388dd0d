import { upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Plan } from '../../domain/platform/process.ts';

const stage = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);
const ownerId = defineSearchAttributeKey('OwnerId', SearchAttributeType.KEYWORD);
const referenceId = defineSearchAttributeKey('ReferenceId', SearchAttributeType.KEYWORD);
const nextActionAt = defineSearchAttributeKey('NextActionAt', SearchAttributeType.DATETIME);
const needsHuman = defineSearchAttributeKey('NeedsHuman', SearchAttributeType.BOOL);

let shown = '';

/** Search attributes for ops, written only when one of them changed. */
export function showStage(plan: Plan): void {
  const next = JSON.stringify([plan.stage, plan.ownerId, plan.wakeAt, plan.needsHuman, plan.referenceId]);
  if (next === shown) return;
  shown = next;
  upsertSearchAttributes([
    { key: stage, value: plan.stage },
    { key: ownerId, value: plan.ownerId },
    { key: nextActionAt, value: plan.wakeAt === null || plan.closed ? null : new Date(plan.wakeAt) },
    { key: needsHuman, value: plan.needsHuman },
    ...(plan.referenceId ? [{ key: referenceId, value: plan.referenceId }] : []),
  ]);
}
