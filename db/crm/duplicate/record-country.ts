import { sql, type Sql } from '../../platform/sql.ts';

/** In which country a contact is, as far as it is said: that of a number that says none. */
export const contactCountry = (alias: string): Sql => sql`coalesce(${sql.ref(`${alias}.country`)},
  (select ${accountCountry('a')} from account a where a.id = ${sql.ref(`${alias}.account_id`)}))`;

export const accountCountry = (alias: string): Sql =>
  sql`coalesce(${sql.ref(`${alias}.shipping_country`)}, ${sql.ref(`${alias}.billing_country`)})`;
