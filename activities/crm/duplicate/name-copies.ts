import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { KeptMerge, Renamed } from '../../../domain/crm/duplicate/merge.ts';
import { iso } from '../../../domain/platform/process.ts';
import { accountNameCopies } from '../../account-name-copies.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { camel, noteEach, stamped } from './move-references.ts';

/** A column that holds the name of the account that its row refers to. */
export interface NameCopy {
  table: string;
  /** Refers to the account. */
  column: string;
  name: string;
  length: number;
  /** Rows whose name still follows, as a condition. */
  follows: string;
}

/** What moved to the account that stays is said to be of that one, where it bore the name of its own. */
export async function followNames(
  ctx: VerbContext, moved: KeptMerge['moved'], names: ReadonlyMap<string, string>, to: string,
): Promise<Renamed[]> {
  const renamed: Renamed[] = [];
  for (const copy of accountNameCopies) {
    for (const { table, column, from, ids } of moved) {
      const was = names.get(from);
      if (table !== copy.table || column !== copy.column || was === undefined) continue;
      const [before, after] = [was, to].map(name => [...name].slice(0, copy.length).join('')) as [string, string];
      const done = before === after ? [] : await rename(ctx, copy, { ids, from: before, to: after, of: null });
      if (done.length) renamed.push({ table, name: copy.name, of: from, from: before, to: after, ids: done });
    }
  }
  return renamed;
}

/** The same back, of what went back to its own account. */
export async function namesBack(ctx: VerbContext, renamed: readonly Renamed[]): Promise<void> {
  for (const { table, name, of, from, to, ids } of renamed) {
    const copy = accountNameCopies.find(c => c.table === table && c.name === name);
    if (copy) await rename(ctx, copy, { ids, from: to, to: from, of });
  }
}

/** Of rows that bear the one name, and belong to that account where one is said. */
async function rename(
  ctx: VerbContext, { table, column, name, follows }: NameCopy,
  { ids, from, to, of }: { ids: readonly string[]; from: string; to: string; of: string | null },
): Promise<string[]> {
  const rows = await transactionOf(ctx.em).send<{ id: string }>(
    `update "${table}" set "${name}" = $1, ${stamped('$2', '$3')}
     where id = any($4::uuid[]) and "${name}" = $5 and ($6::uuid is null or "${column}" = $6) and ${follows}
     returning id`,
    [to, iso(ctx.now), ctx.actor.userId, ids, from, of],
  );
  const done = rows.map(row => row.id);
  noteEach(ctx, table, done, [{ [camel(name)]: from }, { [camel(name)]: to }]);
  return done;
}
