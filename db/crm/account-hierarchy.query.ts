import type { AccountNode } from '../../domain/crm/account-hierarchy.ts';
import { accounts } from '../../domain/crm/account.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { inScope } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { sql } from '../platform/sql.ts';

/** Deeper trees than anybody has. */
const depthMax = 50;

/** The tree of an account from its root on (CRM-008), as far as the actor may see its accounts. */
export const accountHierarchy = (read: Reader, actor: Actor, id: string): Promise<AccountNode[]> =>
  read.rows<AccountNode>(sql`
    with recursive above as (
      select t.id, t.parent_account_id, 0 as steps from account t where t.id = ${id}::uuid
      union all
      select t.id, t.parent_account_id, a.steps + 1 from account t join above a on t.id = a.parent_account_id
      where a.steps < ${depthMax} and ${inScope(accounts, actor, 'account:read')}
    ), root as (select id from above order by steps desc limit 1), tree as (
      select t.id, t.account_name, t.account_type_id, t.parent_account_id, t.deleted_at, 0 as depth,
        array[t.account_name::text, t.id::text] as path
      from account t where t.id = (select id from root)
      union all
      select t.id, t.account_name, t.account_type_id, t.parent_account_id, t.deleted_at, p.depth + 1,
        p.path || array[t.account_name::text, t.id::text]
      from account t join tree p on t.parent_account_id = p.id
      where p.depth < ${depthMax} and ${inScope(accounts, actor, 'account:read')}
    )
    select tree.id, tree.account_name as "accountName", y.name as "accountType",
      tree.parent_account_id as "parentAccountId", tree.depth, tree.deleted_at is not null as deleted
    from tree left join account_type y on y.id = tree.account_type_id
    where tree.deleted_at is null or exists (select 1 from account c where c.parent_account_id = tree.id)
    order by tree.path`);
