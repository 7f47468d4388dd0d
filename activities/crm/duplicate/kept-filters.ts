import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { ofSurvivor, type KeptFilter } from '../../../domain/crm/duplicate/kept-filters.ts';
import { iso } from '../../../domain/platform/process.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { stamped } from './move-references.ts';

/** Where lists are kept with what they ask for: no foreign key says which records these conditions name. */
const places = [
  {
    table: 'saved_view', reads: `settings->'filterSettings'`,
    sets: `settings = jsonb_set(settings, '{filterSettings}', $1)`,
  },
  { table: 'table_preference', reads: 'filter_settings', sets: 'filter_settings = $1' },
] as const;

/** Views, and the conditions that a table was left with, ask for the record that stays instead of the others. */
export async function followFilters(
  ctx: VerbContext, survivorId: string, mergedIds: readonly string[],
): Promise<KeptFilter[]> {
  const each = places.map(({ table, reads }) =>
    `select '${table}' as table, id, ${reads} as before from "${table}" where (${reads})::text ilike any($1)`);
  const rows = await transactionOf(ctx.em).send<Pick<KeptFilter, 'table' | 'id' | 'before'>>(
    `${each.join(' union all ')} order by 1, 2`, [mergedIds.map(id => `%${id}%`)],
  );
  const kept = rows.map(row => ({ ...row, after: ofSurvivor(row.before, mergedIds, survivorId) }));
  return setEach(ctx, kept);
}

/** The same back, where nobody changed it since. */
export async function filtersBack(ctx: VerbContext, kept: readonly KeptFilter[]): Promise<void> {
  await setEach(ctx, kept.map(({ before, after, ...row }) => ({ ...row, before: after, after: before })));
}

/** Answers those that were set: the others are no longer as they were. */
async function setEach(ctx: VerbContext, filters: readonly KeptFilter[]): Promise<KeptFilter[]> {
  const done: KeptFilter[] = [];
  for (const filter of filters) {
    const { table, id, before, after } = filter;
    const { reads, sets } = places.find(place => place.table === table)!;
    const rows = await transactionOf(ctx.em).send(
      `update "${table}" set ${sets}, ${stamped('$2', '$3')} where id = $4 and ${reads} = $5 returning id`,
      [JSON.stringify(after), iso(ctx.now), ctx.actor.userId, id, JSON.stringify(before)],
    );
    if (!rows.length) continue;
    const [oldValues, newValues] = [{ filterSettings: before }, { filterSettings: after }];
    ctx.note({ action: 'UPDATE', tableName: table, recordId: id, oldValues, newValues });
    done.push(filter);
  }
  return done;
}
