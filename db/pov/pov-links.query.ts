import { accounts } from '../../domain/crm/account.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { Id } from '../../domain/platform/id.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { ListField } from '../platform/list.query.ts';
import { inScope } from '../platform/record.query.ts';
import { sql, type Sql } from '../platform/sql.ts';
import { jsonRow } from './columns.query.ts';

/** The opportunity of `pov p`, if it is there and the actor may read it. */
const opportunity = (actor: Actor, columns: Sql): Sql => sql`select ${columns} from opportunity t
  where t.id = p.opportunity_id and t.deleted_at is null and ${inScope(opportunities, actor, 'opportunity:read')}`;

/** What the opportunity of `pov p` is called, for those who may read it; of an outside CRM, what was typed. */
export const opportunityNameFor = (actor: Actor): Sql => sql`(case when p.opportunity_id is null
  then p.opportunity_name else (${opportunity(actor, sql`t.opportunity_name`)}) end)`;

/** Ours, or the id that an outside CRM has for its own. */
export const opportunityIdSaid = sql`coalesce(p.opportunity_id::text, p.outside_opportunity_id)`;

/** POVs of opportunities, found by the index of each. */
export const opportunityIdField: ListField = {
  sql: opportunityIdSaid, kind: 'text', nullable: true,
  among: ids => {
    const ours = ids.filter(id => Id.safeParse(id).success);
    return sql`(p.opportunity_id = any(${ours}::uuid[]) or p.outside_opportunity_id = any(${ids}::text[]))`;
  },
};

/** The account and the opportunity of `pov p` by name, as far as the actor may read them. */
export const linksFor = (actor: Actor): Record<'account' | 'opportunity', Sql> => ({
  account: jsonRow(sql`select t.id, t.account_name as name from account t
    where t.id = p.account_id and t.deleted_at is null and ${inScope(accounts, actor, 'account:read')}`),
  opportunity: jsonRow(opportunity(actor, sql`t.id, t.opportunity_name as name`)),
});
