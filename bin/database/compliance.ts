import { systemActor } from '../../activities/platform/system-actor.ts';
import { accountSource } from '../../db/crm/crm-sources.ts';
import { loadConfig, required } from '../../db/platform/config.ts';
import { openOrm } from '../../db/platform/orm.ts';
import { inTenant } from '../../db/platform/pool/transaction.ts';
import { readerOf, type Reader } from '../../db/platform/reader.ts';
import { listRecords } from '../../db/platform/record.query.ts';
import { compileSql, sql, type Sql } from '../../db/platform/sql.ts';
import { tenantBySlug } from '../../db/platform/tenants.query.ts';
import { accountCatalog } from '../../domain/crm/account-catalog.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contactCatalog } from '../../domain/crm/contact-catalog.ts';
import { catalogViews, type CatalogField } from '../../domain/crm/field-catalog.ts';
import { ListQuery } from '../../domain/platform/list.ts';
import { command, Failure } from '../failure.ts';
import { seedTenant } from './seed-data.ts';

const loaded = 1_000,
  loadMsMax = 2_000,
  times = 3,
  createFieldsMin = 20;

/** Ends a transaction of which nothing is kept. */
class Undone extends Error {}

/** What of it holds, in a line each. */
interface Finding {
  says: string;
  holds: boolean;
}

/** `npm run validate-contract-compliance`: what the seed data must fulfil (CRM-123). */
await command(async () => {
  const orm = await openOrm(required(loadConfig(), 'APP_DATABASE_URL').APP_DATABASE_URL, 2);
  try {
    const tenant = await tenantBySlug(seedTenant.slug);
    if (!tenant) throw new Failure(`There is no tenant ${seedTenant.slug}: run npm run db:seed first.`);
    const findings = [
      ...fieldCounts(), ...(await relations(readerOf(tenant.id))), await loadTime(tenant.id),
    ];
    for (const { says, holds } of findings) console.log(`${holds ? 'met   ' : 'missed'}  ${says}`);
    return findings.every(finding => finding.holds) ? 0 : 1;
  } finally {
    await orm.close();
  }
});

function fieldCounts(): Finding[] {
  const of = (module: string, fields: readonly CatalogField[]): Finding[] =>
    catalogViews.map(view => {
      const count = fields.filter(field => field.view === view && field.field !== null).length;
      const least = module === 'Accounts' && view === 'create' ? createFieldsMin : 1;
      return { says: `${module}, ${view}: ${count} fields, at least ${least}`, holds: count >= least };
    });
  return [...of('Accounts', accountCatalog), ...of('Contacts', contactCatalog)];
}

async function relations(read: Reader): Promise<Finding[]> {
  const row = await read.row<Record<'accounts' | 'contacts' | 'related' | 'lost' | 'placed', number>>(sql`
    select (select count(*)::int from account where deleted_at is null) as accounts,
      (select count(*)::int from account where deleted_at is null and shipping_street is not null
        and billing_street is not null) as placed,
      count(*)::int as contacts, count(a.id)::int as related,
      (count(*) filter (where c.account_id is not null and (a.id is null or a.deleted_at is not null)))::int as lost
    from contact c left join account a on a.id = c.account_id where c.deleted_at is null`);
  const { accounts: companies, contacts, related, lost, placed } = row!;
  return [
    { says: `${companies} accounts, ${placed} with shipping and billing address`, holds: placed > 0 },
    { says: `${contacts} contacts, ${related} of them at an account`, holds: related > 0 },
    { says: `${lost} contacts whose account is gone`, holds: lost === 0 },
  ];
}

/** Of as many accounts, with all that a list shows of them, the best of some; what is made for it is not kept. */
async function loadTime(tenantId: string): Promise<Finding> {
  let ms = Infinity;
  const measured = inTenant(tenantId, async ({ send }) => {
    await send(
      `insert into account (id, tenant_id, created_at, updated_at, account_name, account_type_id, account_owner,
         industry, shipping_city, billing_city)
       select gen_random_uuid(), $1::uuid, now(), now(), 'Company ' || n, (select id from account_type limit 1),
         (select id from app_user limit 1), 'Telecommunications', 'Boston', 'Boston'
       from generate_series(1, $2::int) n`,
      [tenantId, loaded],
    );
    const each = <T>(queries: readonly Sql[]): Promise<T[][]> =>
      Promise.all(queries.map(compileSql).map(query => send<T>(query.sql, query.parameters)));
    const rows = async <T>(query: Sql): Promise<T[]> => (await each<T>([query]))[0]!;
    const read: Reader = { tenantId, each, rows, row: async <T>(query: Sql) => (await rows<T>(query))[0] };
    const sourced = { record: accounts, source: accountSource };
    const asked = { ...ListQuery.parse({}), pageSize: loaded };
    for (let time = 0; time < times; time++) {
      const began = performance.now();
      const { items } = await listRecords(read, sourced, systemActor(tenantId), asked);
      if (items.length === loaded) ms = Math.min(ms, Math.round(performance.now() - began));
    }
    throw new Undone();
  });
  await measured.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return { says: `${loaded} accounts loaded in ${ms} ms, at most ${loadMsMax}`, holds: ms <= loadMsMax };
}
