import type { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { customName, heldIn } from '../../../domain/platform/custom-field/custom-field.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';
import type { Aside, JobRecord } from './job-record.ts';
import type { Done, WorkRow } from './row-work.ts';

type Fields = Record<string, unknown>;

/** Rows that did something to a record; what a dry run said of one that was never run is no work of it. */
export const didSomething = `outcome in ('created', 'updated', 'deleted') and record_id is not null`;

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
  ctx: VerbContext, of: JobRecord, found: Fields, fields: Fields,
): Promise<Done & { after: Fields }> {
  const { record, verbs } = of;
  const recordId = found['id'] as string;
  const aside = await verbs.aside?.(ctx, { ...found, ...fields });
  const after = await verbs.patch(ctx, recordId, { ...fields, version: found['version'] });
  if (after['version'] === found['version']) return { outcome: 'skipped', recordId, after };
  const before = Object.fromEntries(
    Object.entries(record.Patch.shape)
      .filter(([name]) => name !== 'version' && name in after)
      .map(([name, shape]) => [name, sendable(found[name] ?? null, shape as z.ZodType)] as const)
      .filter(([name, was]) => JSON.stringify(was) !== JSON.stringify(after[name] ?? null))
      .map(([name, was]) => [name, name === 'customFields' ? customBefore(fields, found) : was]),
  );
  const version = found['version'] as number;
  const stamps = await stampsBefore(ctx, of, found);
  const kept: Before = { fields: before, version, ...(aside?.length && { aside }), ...(stamps && { stamps }) };
  return { outcome: 'updated', recordId, recordVersion: after['version'] as number, before: { ...kept }, after };
}

/** Stamps that the change wrote over; one that it left is written by others too, and is none of its business. */
async function stampsBefore(ctx: VerbContext, of: JobRecord, found: Fields): Promise<Fields | null> {
  const { stamps } = of.verbs;
  if (!stamps) return null;
  const now = await lockedRow(ctx, of, found['id'] as string);
  const written = stamps.filter(name => found[name] !== now?.[name]);
  const instantOf = (value: unknown): string | null => (value ? new Date(value as string).toISOString() : null);
  return written.length ? Object.fromEntries(written.map(name => [name, instantOf(found[name])])) : null;
}

const great = /^-?\d+$/,
  instant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d/;
/** Great numbers and instants come from the database as texts, and go back as the field takes them. */
export function sendable(value: unknown, shape: z.ZodType): unknown {
  if (typeof value !== 'string' || !(great.test(value) || instant.test(value)) || shape.safeParse(value).success)
    return value;
  return great.test(value) ? Number(value) : new Date(value).toISOString();
}

/** A change of custom fields keeps those that it does not name: so does taking it back. */
const customBefore = (fields: Fields, found: Fields): Fields =>
  Object.fromEntries(
    Object.keys((fields['customFields'] ?? {}) as Fields).map(key => [key, heldIn(found, customName(key))]),
  );

/** What a row keeps until it is taken back. Jobs of old kept the fields alone. */
interface Before {
  fields: Fields;
  /** Of the record, that an earlier row may have made or changed; none of one that was made. */
  version?: number;
  aside?: (Aside & { is?: number })[];
  stamps?: Fields;
}
const isBefore = (kept: object): kept is Before => 'fields' in kept;
const beforeOf = ({ before }: WorkRow): Before => (before && isBefore(before) ? before : { fields: before ?? {} });

/** Of a new record: what it took from others. */
export const keptAside = (aside: Aside[] | undefined): Fields | null => (aside?.length ? { fields: {}, aside } : null);

/** Records that later rows of a job changed too: the version before the first of those, and the one without them. */
export type Unwound = Map<string, { was: number; is: number }>;

/** Of the records of these rows, as far as the job's later rows were taken back before. */
export async function unwoundFor(ctx: VerbContext, jobId: string, rows: readonly WorkRow[]): Promise<Unwound> {
  const found = await transactionOf(ctx.em).send<{ id: string; was: number; is: number }>(
    `select distinct on (x.id) x.id, x.was, x."is" from (
       select nth, record_id as id, (before ->> 'version')::int as was, record_version as "is"
       from job_row where job_id = $1 and outcome = 'undone' and before ? 'version'
       union all
       select nth, (a ->> 'id')::uuid, (a ->> 'version')::int, (a ->> 'is')::int
       from job_row, jsonb_array_elements(before -> 'aside') a
       where job_id = $1 and outcome = 'undone' and before ? 'aside' and a ? 'is') x
     where x.id = any($2::uuid[]) order by x.id, x.nth`,
    [jobId, rows.map(row => row.recordId)],
  );
  return new Map(found.map(({ id, ...versions }) => [id, versions]));
}

/** What the row made goes, what it changed or deleted is as it was; what somebody changed since stays. */
export async function takenBack(ctx: VerbContext, of: JobRecord, row: WorkRow, unwound: Unwound): Promise<Done> {
  const { verbs } = of;
  const id = row.recordId!;
  const before = beforeOf(row);
  const now = await lockedRow(ctx, of, id);
  const gone = Boolean(now?.['deletedAt']);
  if (!now || gone !== (row.outcome === 'deleted'))
    return { outcome: 'skipped', problems: [gone ? 'It is deleted' : 'It is there again'] };
  if (now['version'] !== versionLeft(unwound, id, row.recordVersion))
    throw new Refusal('conflict', 'It was changed since');
  let recordVersion = row.recordVersion;
  if (row.outcome === 'created') await verbs.remove(ctx, id);
  else if (row.outcome === 'deleted') await verbs.restore(ctx, id);
  else {
    const fields = { ...before.fields, version: now['version'] };
    const after = await (verbs.back ?? verbs.patch)(ctx, id, fields, before.stamps ?? {});
    recordVersion = after['version'] as number;
    if (before.version !== undefined) unwound.set(id, { was: before.version, is: recordVersion });
  }
  const aside = before.aside && (await cameForward(ctx, of, before.aside, unwound));
  return { outcome: 'undone', recordVersion, ...(aside && { before: { ...before, aside } }) };
}

/** The version that a record has if nobody but the job changed it after this row. */
const versionLeft = (unwound: Unwound, id: string, version: number | null): number | null => {
  const later = unwound.get(id);
  return later?.was === version ? later.is : version;
};

/** Who stepped aside for what is taken back has it again, unless they changed since, or another has it. */
async function cameForward(
  ctx: VerbContext, of: JobRecord, aside: readonly Aside[], unwound: Unwound,
): Promise<Before['aside']> {
  const kept: Before['aside'] = [];
  for (const one of aside) {
    const { id, version, fields } = one;
    const now = await lockedRow(ctx, of, id);
    // Stepping aside was a change of its own.
    const asLeft = now && !now['deletedAt'] && now['version'] === versionLeft(unwound, id, version + 1);
    if (!asLeft || (await of.verbs.aside!(ctx, { ...now, ...fields })).length) {
      kept.push(one);
      continue;
    }
    const is = (await of.verbs.patch(ctx, id, { ...fields, version: now['version'] }))['version'] as number;
    unwound.set(id, { was: version, is });
    kept.push({ ...one, is });
  }
  return kept;
}
