import type { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { customName, heldIn } from '../../../domain/platform/custom-field/custom-field.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';
import type { JobRecord } from './job-record.ts';
import type { Done, WorkRow } from './row-work.ts';

type Fields = Record<string, unknown>;

/** A record for this transaction alone, as its table has it; deleted ones too. */
export async function lockedRow({ em }: VerbContext, { record }: JobRecord, id: string): Promise<Fields | null> {
  const [row] = await transactionOf(em).send<Fields>(
    `select * from "${record.tableName}" where id = $1 for update`, [id],
  );
  return row ? fieldsOf(row) : null;
}

/** Columns as fields. */
export const fieldsOf = (row: Fields): Fields =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value]));
const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** Changes a record, and keeps what it held before where that is another thing. */
export async function patched(
  ctx: VerbContext, { record, verbs }: JobRecord, found: Fields, fields: Fields,
): Promise<Done & { after: Fields }> {
  const recordId = found['id'] as string;
  const after = await verbs.patch(ctx, recordId, { ...fields, version: found['version'] });
  if (after['version'] === found['version']) return { outcome: 'skipped', recordId, after };
  const before = Object.fromEntries(
    Object.entries(record.Patch.shape)
      .filter(([name]) => name !== 'version' && name in after)
      .map(([name, shape]) => [name, sendable(found[name] ?? null, shape as z.ZodType)] as const)
      .filter(([name, was]) => JSON.stringify(was) !== JSON.stringify(after[name] ?? null))
      .map(([name, was]) => [name, name === 'customFields' ? customBefore(fields, found) : was]),
  );
  return { outcome: 'updated', recordId, recordVersion: after['version'] as number, before, after };
}

const great = /^-?\d+$/,
  instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d/;
/** Great numbers and instants come from the database as texts, and go back as the field takes them. */
function sendable(value: unknown, shape: z.ZodType): unknown {
  if (typeof value !== 'string' || !(great.test(value) || instant.test(value)) || shape.safeParse(value).success)
    return value;
  return great.test(value) ? Number(value) : new Date(value).toISOString();
}

/** A change of custom fields keeps those that it does not name: so does taking it back. */
const customBefore = (fields: Fields, found: Fields): Fields =>
  Object.fromEntries(
    Object.keys((fields['customFields'] ?? {}) as Fields).map(key => [key, heldIn(found, customName(key))]),
  );

/** What the row made goes, what it changed or deleted is as it was; what somebody changed since stays. */
export async function takenBack(ctx: VerbContext, of: JobRecord, row: WorkRow): Promise<Done> {
  const { verbs } = of;
  const id = row.recordId!;
  const now = await lockedRow(ctx, of, id);
  const gone = Boolean(now?.['deletedAt']);
  if (!now || gone !== (row.outcome === 'deleted'))
    return { outcome: 'skipped', problems: [gone ? 'It is deleted' : 'It is there again'] };
  if (now['version'] !== row.recordVersion) throw new Refusal('conflict', 'It was changed since');
  if (row.outcome === 'created') await verbs.remove(ctx, id);
  else if (row.outcome === 'deleted') await verbs.restore(ctx, id);
  else await verbs.patch(ctx, id, { ...row.before, version: now['version'] as number });
  return { outcome: 'undone' };
}
