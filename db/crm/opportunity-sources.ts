import { contacts } from '../../domain/crm/contact.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { peopleNamed } from '../platform/custom-field/custom-fields.query.ts';
import { readableRow, type RecordSource } from '../platform/record.query.ts';
import { sql } from '../platform/sql.ts';
import { people, userName } from '../platform/record-people.ts';
import { nameField, namesFor } from './reference/named.ts';

const ownerName = userName('owner_id');
const ofStage = (column: 'name' | 'outcome' | 'position') => sql`(select ${sql.ref(`s.${column}`)}
  from opportunity_stage s where s.tenant_id = t.tenant_id and s.key = t.stage and s.deleted_at is null)`;
const part = sql`from opportunity_participant p where p.opportunity_id = t.id and p.deleted_at is null`;
const lines = sql`(select count(*)::int from opportunity_line_item l
  where l.opportunity_id = t.id and l.deleted_at is null)`;

/** What its lines bring, where they bring anything (CRM-060); else what was typed. */
const commission = sql`coalesce((select round(sum(c.commission) / 100, 2) from opportunity_line_commission c
  where c.opportunity_id = t.id having count(c.commission) > 0), t.expected_commission_gross_total)`;

/** Who takes part in an opportunity, as far as an actor may know them. */
const ofOpportunity = (actor?: Actor) => {
  const { party, partyOf } = namesFor(actor);
  return {
    shown: {
      account: partyOf('accountId'), distributor: partyOf('distributorAccountId'), vendor: partyOf('vendorAccountId'),
      contacts: sql`coalesce((select jsonb_agg(distinct jsonb_build_object('id', c.id, 'fullName', c.full_name))
        from contact c where c.deleted_at is null and c.id in (select p.contact_id ${part})
          ${actor ? sql`and ${readableRow(contacts, actor, sql`c.id`)}` : sql``}), '[]')`,
    },
    fields: { accountName: nameField(party('accountId')) },
  };
};

/** What the tables of an opportunity say beside its own fields. */
export const opportunitySource: RecordSource = {
  shown: {
    ...people,
    customFieldPeople: peopleNamed('opportunity'),
    expectedCommissionGrossTotal: commission,
    productName: sql`(select p.name from product p where p.id = t.product_id)`,
    stageName: ofStage('name'),
    stageOutcome: ofStage('outcome'),
    weightedValue: sql`(t.value * t.probability + 50) / 100`,
    owner: sql`(select jsonb_build_object('id', u.id, 'fullName', u.full_name) from app_user u
      where u.id = t.owner_id)`,
    ...ofOpportunity().shown,
    _count: sql`jsonb_build_object('lineItems', ${lines}, 'participants', (select count(*)::int ${part}))`,
  },
  fields: {
    ...ofOpportunity().fields,
    ownerName: { sql: ownerName, kind: 'text' },
    stageOrder: { sql: ofStage('position'), kind: 'number', nullable: true },
    stageOutcome: { sql: ofStage('outcome'), kind: 'text', nullable: true },
    weightedValue: { sql: sql`(t.value * t.probability + 50) / 100`, kind: 'number' },
  },
  seenBy: ofOpportunity,
  filters: {
    // By text: what is no id names nobody.
    involvedAccountId: ids => sql`(t.account_id::text = any(${ids}::text[])
      or t.distributor_account_id::text = any(${ids}::text[]) or t.vendor_account_id::text = any(${ids}::text[])
      or exists (select 1 ${part} and p.account_id::text = any(${ids}::text[])))`,
    participantAccountId: ids => sql`exists (select 1 ${part} and p.account_id::text = any(${ids}::text[]))`,
    contactId: ids => sql`exists (select 1 ${part} and p.contact_id::text = any(${ids}::text[]))`,
  },
};

const ofLine = (column: 'commission' | 'commission_percent') => sql`(select ${sql.ref(`c.${column}`)}
  from opportunity_line_commission c where c.id = t.id)`;

/** The product of a line, and what it brings. */
export const lineItemSource: RecordSource = {
  shown: {
    productName: sql`(select p.name from product p where p.id = t.product_id)`,
    commissionPercent: ofLine('commission_percent'),
    commission: ofLine('commission'),
  },
};

/** The names beside a participant. */
const ofParticipant = (actor?: Actor) => {
  const { party, contact, opportunity } = namesFor(actor);
  const accountName = party('accountId');
  return {
    shown: { accountName, contactName: contact('contactId'), opportunityName: opportunity('opportunityId') },
    fields: { accountName: nameField(accountName) },
  };
};
export const participantSource: RecordSource = { ...ofParticipant(), seenBy: ofParticipant };
