import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { opportunities } from '../../../domain/crm/opportunity.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import type { ListField } from '../../platform/list.query.ts';
import { saidOf } from '../../platform/record.query.ts';
import { columnOf, sql, type Sql } from '../../platform/sql.ts';

/** Whom the house trades with is in its catalog and its relations, which every salesperson reads. */
const traded = sql`(r.is_principal or r.is_distributor)`;
const of = (field: string): Sql => columnOf('t', field);

/**
 * What the records are called that a row `t` refers to by a field, for an actor (decision 18): null where that one may
 * not read it. So it is shown, sorted and filtered by.
 */
export const namesFor = (to?: Actor) => ({
  account: (field: string): Sql => saidOf(accounts, of(field), sql`r.account_name`, { to }),
  /** An account that has a part in a sale. */
  party: (field: string): Sql => saidOf(accounts, of(field), sql`r.account_name`, { to, anyway: traded }),
  partyOf: (field: string): Sql => saidOf(
    accounts, of(field),
    sql`jsonb_build_object('id', r.id, 'name', r.account_name, 'deleted', r.deleted_at is not null)`,
    { to, anyway: traded },
  ),
  contact: (field: string): Sql => saidOf(contacts, of(field), sql`r.full_name`, { to }),
  opportunity: (field: string): Sql => saidOf(opportunities, of(field), sql`r.opportunity_name`, { to }),
});

/** A name to be sorted and filtered by. */
export const nameField = (named: Sql): ListField => ({ sql: named, kind: 'text', nullable: true });
