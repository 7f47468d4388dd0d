import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** A column that refers to a record. */
export interface Reference {
  table: string;
  column: string;
  /** What no two rows of the table may share, where this column is part of it. */
  uniques: { keys: string[]; condition: string | null }[];
  columns: string[];
}

/** Files and notifications speak of records of any kind: no foreign key says so. */
const ofAnyKind: Reference[] = [['attachment', 'subject_id'], ['notification', 'reference_id']]
  .map(([table, column]) => ({ table: table!, column: column!, uniques: [], columns: [] }));

/** Every column that refers to a table, by the catalogue of foreign keys: a new one is found by itself. */
export const referencesTo = async (ctx: Pick<VerbContext, 'em'>, table: string): Promise<Reference[]> => {
  const byKeys = await transactionOf(ctx.em).send<Reference>(
    `select c.conrelid::regclass::text as table, a.attname::text as column,
       (select json_agg(o.attname order by o.attnum) from pg_attribute o
         where o.attrelid = c.conrelid and o.attnum > 0 and not o.attisdropped) as columns,
       coalesce((select json_agg(json_build_object(
           'keys', (select json_agg(pg_get_indexdef(i.indexrelid, k, true)) from generate_series(1, i.indnkeyatts) k),
           'condition', pg_get_expr(i.indpred, i.indrelid)))
         from pg_index i where i.indrelid = c.conrelid and i.indisunique and not i.indisprimary
           and pg_get_indexdef(i.indexrelid) ~ ('\\m' || a.attname || '\\M')), '[]') as uniques
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = $1::regclass and array_length(c.conkey, 1) = 1
     order by 1, 2`,
    [table],
  );
  return [...byKeys, ...ofAnyKind];
};
