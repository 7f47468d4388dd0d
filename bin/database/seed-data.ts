import { accountVerbs } from '../../activities/crm/account-verbs.ts';
import { contactVerbs } from '../../activities/crm/contact-verbs.ts';
import { createUser } from '../../activities/platform/identity/create-user.ts';
import { createTenant } from '../../activities/platform/new-tenant.ts';
import { systemActor } from '../../activities/platform/system-actor.ts';
import { run, type Caller } from '../../activities/platform/verb.ts';
import { openOrm } from '../../db/platform/orm.ts';
import { readerOf, type Reader } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { readablePassword } from '../secrets.ts';
import { seedDefaults } from '../tenant-defaults.ts';

export const seedTenant = { name: 'Commissable', slug: 'commissable' } as const;
const admin = { username: 'admin', fullName: 'System Administrator', email: 'admin@commissable.com', role: 'ADMIN' };

type Place = [street: string, city: string, state: string, zip: string];
type Someone = [firstName: string, lastName: string, jobTitle: string];
const companies: [name: string, type: string, industry: string, shipping: Place, billing: Place, ...Someone[]][] = [
  ['Northwind Carriers', 'Customer', 'Telecommunications', ['40 Harbor Road', 'Boston', 'MA', '02110'],
    ['PO Box 1200', 'Boston', 'MA', '02111'], ['Grace', 'Okafor', 'Head of purchasing'], ['Liam', 'Boyd', 'Engineer']],
  ['Lakeside Distribution', 'Distributor', 'Wholesale', ['9 Depot Street', 'Chicago', 'IL', '60607'],
    ['700 Lake Avenue', 'Evanston', 'IL', '60202'], ['Maria', 'Santos', 'Partner manager']],
  ['Summit Networks', 'Vendor', 'Telecommunications', ['1500 Alpine Way', 'Denver', 'CO', '80202'],
    ['1500 Alpine Way', 'Denver', 'CO', '80202'], ['Peter', 'Nowak', 'Channel manager']],
  ['Commissable House', 'House', 'Consulting', ['12 Market Square', 'Austin', 'TX', '78701'],
    ['12 Market Square', 'Austin', 'TX', '78701'], ['Dana', 'Whitfield', 'Sales representative']],
  ['Riverbend Clinics', 'Prospect', 'Health care', ['88 River Street', 'Portland', 'OR', '97204'],
    ['88 River Street', 'Portland', 'OR', '97204'], ['Helen', 'Park', 'Chief information officer']],
];

/**
 * Makes the tenant of the seed data with its administrator, its companies and people, as far as they are missing.
 * Answers the administrator's password, if that is made up now.
 */
export async function seedData(appUrl: string, chosen?: string): Promise<string | null> {
  const orm = await openOrm(appUrl, 2);
  try {
    const tenantId = await createTenant({ ...seedTenant, timeZone: 'America/New_York', currency: 'USD' });
    await seedDefaults(tenantId);
    const read = readerOf(tenantId);
    const by: Caller = { actor: systemActor(tenantId) };
    const known = await read.row<{ id: string }>(sql`select id from app_user where username = ${admin.username}`);
    const password = known ? null : (chosen ?? readablePassword());
    const ownerId = known?.id ?? (await run(createUser, { ...admin, password: password! }, by)).id;
    for (const company of companies) await meet(read, by, ownerId, company);
    return password;
  } finally {
    await orm.close();
  }
}

async function meet(
  read: Reader, by: Caller, accountOwner: string,
  [accountName, accountType, industry, shipping, billing, ...people]: (typeof companies)[number],
): Promise<void> {
  const known = await read.row<{ id: string }>(sql`select id from account where account_name = ${accountName}`);
  const accountId = known?.id ?? (await run(accountVerbs.create, {
    accountName, accountType, industry, accountOwner, ...placed('shipping', shipping), ...placed('billing', billing),
    isPrincipal: accountType === 'Vendor', isDistributor: accountType === 'Distributor',
    status: accountType === 'Prospect' ? 'prospect' : 'active',
  }, by))['id'];
  for (const [at, [firstName, lastName, jobTitle]] of people.entries()) {
    const emailAddress = `${firstName}.${lastName}@${accountName.toLowerCase().replace(/\W/g, '')}.example`.toLowerCase();
    if (await read.row(sql`select id from contact where email_address = ${emailAddress}`)) continue;
    const contact = { accountId, firstName, lastName, jobTitle, emailAddress, isPrimary: at === 0, status: 'customer' };
    await run(contactVerbs.create, contact, by);
  }
}

const placed = (kind: 'shipping' | 'billing', [street, city, state, zip]: Place): Record<string, string> => ({
  [`${kind}Street`]: street, [`${kind}City`]: city, [`${kind}State`]: state, [`${kind}Zip`]: zip,
  [`${kind}Country`]: 'United States',
});
