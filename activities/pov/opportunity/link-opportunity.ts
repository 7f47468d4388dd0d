import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { readableRow } from '../../../db/platform/record.query.ts';
import { compileSql, sql } from '../../../db/platform/sql.ts';
import type { povColumns } from '../../../db/pov/pov-columns.ts';
import type { Pov } from '../../../db/pov/pov.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { ofOpportunity } from '../../../domain/crm/opportunity.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import { whereItBelongs } from '../../platform/record/record-reach.ts';
import type { VerbContext } from '../../platform/verb.ts';

type Columns = ReturnType<typeof povColumns>;
type Linked = Pick<Pov, 'opportunityId' | 'accountId'>;

/**
 * What a POV is changed to: with an opportunity of ours its account and what is known of the customer come from there,
 * beside what is said at the same time. Refuses one that the actor may not read, and an account that is not its own.
 */
export async function withLink(ctx: VerbContext, before: Linked | null, columns: Columns): Promise<Columns> {
  const { opportunityId = before?.opportunityId ?? null } = columns;
  if (!opportunityId) return columns;
  const isNew = opportunityId !== (before?.opportunityId ?? null);
  if (isNew) await opportunityIsThere(ctx, opportunityId);
  const isMoved = columns.accountId !== undefined && columns.accountId !== (before?.accountId ?? null);
  if (!isNew && !isMoved) return nameless(columns);
  const facts = await factsOf(ctx, opportunityId);
  const chosen = isNew ? (columns.accountId ?? facts.accountId) : columns.accountId;
  if (isMoved && facts.accountId && chosen !== facts.accountId)
    throw invalidField('accountId', 'must be that of its opportunity');
  return nameless(isNew ? filled(columns, facts) : columns);
}

/** What one of ours is called is read there, by those who may. */
const nameless = (columns: Columns): Columns =>
  columns.opportunityId || columns.opportunityName !== undefined ? { ...columns, opportunityName: null } : columns;

async function opportunityIsThere(ctx: VerbContext, id: string): Promise<void> {
  const { parentSeen, parentGone } = await whereItBelongs(ctx, { belongsTo: ofOpportunity }, id, { opportunityId: id });
  if (!parentSeen || parentGone) throw invalidField('opportunityId', 'There is no such opportunity');
}

interface Facts {
  accountId: string | null;
  customerName: string | null;
  customerContact: string | null;
  partnerName: string | null;
  revenue: string | null;
  forecastDate: Date | null;
}

/**
 * Who it is for, as far as the actor may read them; for a process all of it. The person is one among its participants,
 * else the primary one of its account, where a person asks who may read all of them. The opportunity stays at that
 * account until this is written.
 */
export async function factsOf({ em, actor }: VerbContext, id: string): Promise<Facts> {
  const all = actor.kind === 'user' && scopeOf(actor.permissions, 'contact:read') === 'all';
  const { sql: text, parameters } = compileSql(sql`
    select o.account_id as "accountId", left(d.account_name, 200) as "partnerName",
      case when ${readableRow(accounts, actor, sql`a.id`)} then left(a.account_name, 200) end as "customerName",
      o.expected_close_date as "forecastDate",
      case when o.value > 0 and o.currency = n.currency then round(o.value / 100.0, 2)::text end as revenue,
      left(coalesce(
        (select c.full_name from opportunity_participant p join contact c on c.id = p.contact_id
           and c.deleted_at is null
         where p.opportunity_id = o.id and p.deleted_at is null and ${readableRow(contacts, actor, sql`c.id`)}
         order by p.role <> 'customer', p.account_id is distinct from o.account_id, p.created_at, p.id limit 1),
        (select c.full_name from contact c
         where ${all} and c.account_id = o.account_id and c.is_primary and c.deleted_at is null limit 1)
      ), 200) as "customerContact"
    from opportunity o join tenant n on n.id = o.tenant_id
    left join account a on a.id = o.account_id and a.deleted_at is null
    left join account d on d.id = o.distributor_account_id and d.deleted_at is null
      and (d.is_principal or d.is_distributor or ${readableRow(accounts, actor, sql`d.id`)})
    where o.id = ${id}::uuid for share of o`);
  const [facts] = await transactionOf(em).send<Facts>(text, [...parameters]);
  return facts!;
}

/** Beside what is said; what the opportunity does not know stays as it is. */
function filled(columns: Columns, { forecastDate, ...facts }: Facts): Columns {
  const known = { ...facts, forecastDate: forecastDate && new Date(forecastDate) };
  const unsaid = Object.entries(known).filter(
    ([name, value]) => value !== null && (columns as Record<string, unknown>)[name] == null,
  );
  return { ...columns, ...Object.fromEntries(unsaid) };
}
