import { boardCardsMax, type BoardCard, type BoardColumn } from '../../domain/crm/opportunity.contract.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { inScope, readableRow } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { foundIn } from '../platform/schema/search-function.ts';
import { namesFor } from './reference/named.ts';
import { allOf, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

/** Whose opportunities, and at which account. */
export interface Asked {
  q?: string | undefined;
  ownerId?: string | undefined;
  accountId?: string | undefined;
}

/** The opportunities that the actor may read, as conditions on `t`. */
export const asked = (actor: Actor, { q, ownerId, accountId }: Asked): Sql[] => [
  inScope(opportunities, actor, 'opportunity:read'),
  ...(ownerId ? [sql`t.owner_id = ${ownerId}::uuid`] : []),
  ...(accountId ? [sql`t.account_id = ${accountId}::uuid`] : []),
  ...(q ? [foundIn('opportunity', sql`t.id`, q)] : []),
];

const columns = columnsOf('t', [
  'id', 'version', 'opportunityName', 'value', 'currency', 'probability', 'weightedValue', 'stage', 'stageSince',
  'expectedCloseDate', 'accountId', 'ownerId', 'ownerName', 'lostReason', 'kanbanIndex',
] satisfies (keyof BoardCard)[]);

/** Names are those of the view (CRM-078), for those who may know them. */
const cardFor = (actor: Actor): Record<keyof BoardCard, Sql> => ({
  ...(columns as Record<keyof BoardCard, Sql>),
  accountName: sql`case when ${namesFor(actor).party('accountId')} is not null then t.account_name end`,
  contactName: sql`(select case when ${readableRow(contacts, actor, sql`c.id`)} then t.contact_name end
    from opportunity_participant p join contact c on c.id = p.contact_id
    where p.opportunity_id = t.id and p.deleted_at is null and c.deleted_at is null
    order by p.created_at, p.id limit 1)`,
});

type Total = BoardColumn['amounts'][number] & { stage: string; count: number };

/** The pipeline by stage, in the order of the stages and of their cards (CRM-070, 078). */
export async function opportunityBoard(read: Reader, actor: Actor, by: Asked): Promise<BoardColumn[]> {
  const where = asked(actor, by);
  const [stages, totals, cards] = (await read.each<unknown>([
    sql`select key, name, outcome, probability, required_fields as "requiredFields" from opportunity_stage
      where deleted_at is null order by position, name`,
    sql`select t.stage, t.currency, count(*) as count, sum(t.value)::bigint as value,
        sum(t.weighted_value)::bigint as weighted
      from opportunities_summary t where ${allOf(where)} group by t.stage, t.currency order by t.currency`,
    sql`select c.* from opportunity_stage s cross join lateral (
        select ${selected(cardFor(actor))} from opportunities_summary t
        where ${allOf([sql`t.stage = s.key`, ...where])} order by t.kanban_index, t.id limit ${sql.lit(boardCardsMax)}
      ) c where s.deleted_at is null order by c."kanbanIndex", c.id`,
  ])) as [BoardColumn['stage'][], Total[], BoardCard[]];
  return stages.map(stage => {
    const ofStage = totals.filter(t => t.stage === stage.key);
    return {
      stage,
      count: ofStage.reduce((sum, t) => sum + t.count, 0),
      amounts: ofStage.map(({ currency, value, weighted }) => ({ currency, value, weighted })),
      items: cards.filter(c => c.stage === stage.key),
    };
  });
}
