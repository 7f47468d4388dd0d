import { LockMode } from '@mikro-orm/core';
import { CustomField } from '../../../db/platform/custom-field/custom-field.entity.ts';
import type { CustomRecord } from '../../../domain/platform/custom-field/custom-field.ts';
import { keptValues } from '../../../domain/platform/custom-field/custom-values.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { JsonObject } from '../../../domain/platform/field.ts';
import { findActiveUser } from '../identity/find-active-user.ts';
import type { VerbContext } from '../verb.ts';

/** The fields that an administrator gave a kind of record; locked, they stay as they are until the commit. */
export const customFieldsFor = (
  { em, once }: VerbContext, recordType: CustomRecord, lock = false,
): Promise<CustomField[]> =>
  once(`custom fields of ${recordType}${lock ? ', locked' : ''}`, () => em.find(
    CustomField, { recordType, deletedAt: null },
    { orderBy: { position: 'asc', label: 'asc' }, ...(lock ? { lockMode: LockMode.PESSIMISTIC_READ } : {}) },
  ));

/** What can be sent of values that another record holds: those of fields in use. */
export async function withFieldsInUse(
  ctx: VerbContext, recordType: CustomRecord, fields: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const held = fields['customFields'] as JsonObject | null | undefined;
  if (!held) return fields;
  const active = (await customFieldsFor(ctx, recordType)).filter(f => f.active && Object.hasOwn(held, f.key));
  return { ...fields, customFields: Object.fromEntries(active.map(({ key }) => [key, held[key]])) };
}

/** The values that a record holds in its custom fields from now on (PLT-007). */
export async function keepCustomFields(
  ctx: VerbContext, recordType: CustomRecord, asked: Parameters<typeof keptValues>[1],
): Promise<JsonObject | null> {
  const { sent, before } = asked;
  const fields = await customFieldsFor(ctx, recordType, Object.keys(sent ?? {}).length > 0);
  const kept = keptValues(fields, asked);
  if ('faults' in kept) throw new Refusal('invalid', 'Validation failed', { fields: kept.faults });
  const { values } = kept;
  for (const { key, type } of fields) {
    const value = values?.[key];
    if (type === 'user' && typeof value === 'string' && value !== before?.[key])
      await findActiveUser(ctx, value, `customFields/${key}`);
  }
  return values;
}
