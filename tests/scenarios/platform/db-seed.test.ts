import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../../kit/database.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { compiled } from '../../kit/program.ts';
import { rowCounts } from '../../kit/row-counts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database?.drop());
const rows = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> => inDatabase<Row>({ database }, sql, values);
const counts = (): Promise<Record<string, number>> => rowCounts({ database });

/** The command behind `npm run`, as a process of its own. */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  try {
    const env = {
      PATH: process.env['PATH'], DATABASE_URL: database.ownerUrl, APP_DATABASE_URL: database.appUrl,
      RELAY_DATABASE_URL: database.relayUrl, NODE_COMPILE_CACHE: compiled,
    };
    return { code: 0, said: (await promisify(execFile)(process.execPath, args, { env })).stdout };
  } catch (e) {
    const { code, stdout, stderr } = e as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}
const command = (...args: string[]) => run('bin/database/main.ts', ...args);
const slugs = async (): Promise<string[]> =>
  (await rows<{ slug: string }>('select slug from tenant order by slug')).map(row => row.slug);

describe('the seed data', () => {
  it('is asked for before what it must fulfil can be said', async () => {
    expect(await run('bin/database/compliance.ts')).toEqual({ code: 1, said: expect.stringContaining('db:seed') });
  });

  it('[CRM-121] is a tenant with its administrator, accounts and contacts, and twice the same', async () => {
    expect(await command('seed')).toEqual({ code: 0, said: expect.stringMatching(/commissable as admin; password/) });
    const people = await rows(`select t.name, t.slug, u.username, u.full_name, u.email, u.role
      from app_user u join tenant t on t.id = u.tenant_id`);
    expect(people).toEqual([{
      name: 'Commissable', slug: 'commissable', username: 'admin', full_name: 'System Administrator',
      email: 'admin@commissable.com', role: 'ADMIN',
    }]);
    const [made] = await rows(`select
      (select count(*)::int from account_type) as types,
      (select count(*)::int from account where shipping_street <> '' and billing_street <> '') as accounts,
      (select count(*)::int from contact where first_name <> '' and last_name <> ''
         and full_name = first_name || ' ' || last_name and account_id is not null) as contacts`);
    expect(made).toEqual({ types: 7, accounts: 5, contacts: 6 });
    const before = await counts();
    const said = expect.stringContaining('nothing that is there was changed');
    expect(await command('seed')).toEqual({ code: 0, said });
    expect(await counts()).toEqual(before);
  });

  it('[CRM-123] fulfils what it must: counts of fields, relations, the time to load 1,000 accounts', async () => {
    const before = await counts();
    const { code, said } = await run('bin/database/compliance.ts');
    expect([code, said]).toEqual([0, expect.not.stringContaining('missed')]);
    expect(said).toMatch(/met {5}Accounts, create: \d+ fields, at least 20/);
    expect(said).toMatch(/met {5}Contacts, detail: \d+ fields/);
    expect(said).toMatch(/met {5}6 contacts, 6 of them at an account/);
    expect(said).toMatch(/met {5}1000 accounts loaded in \d+ ms, at most 2000/);
    expect(await counts()).toEqual(before);
    const [lost] = await rows<{ id: string }>(
      `update account set deleted_at = now() where account_name = 'Summit Networks' returning id`,
    );
    expect(await run('bin/database/compliance.ts')).toEqual({
      code: 1, said: expect.stringContaining('missed  1 contacts whose account is gone'),
    });
    await rows('update account set deleted_at = null where id = $1', [lost!.id]);
  });

  it('[CRM-122] is all that a database holds once it is reset', async () => {
    const before = await counts();
    await rows(`insert into account_type (id, tenant_id, created_at, updated_at, name)
      select gen_random_uuid(), id, now(), now(), 'Mine' from tenant`);
    await rows('create table of_somebody_else (id int)');
    const said = expect.stringMatching(/Empty[^]*Database schema[^]*Seed/);
    expect(await command('reset')).toEqual({ code: 0, said });
    expect(await counts()).toEqual(before);
    expect(await slugs()).toEqual(['commissable']);
  });

  it('a database that holds other tenants is reset by its name alone', async () => {
    await rows(`insert into tenant (id, name, slug, sandbox, time_zone, currency, settings, created_at, updated_at)
      values (gen_random_uuid(), 'Acme', 'acme', false, 'UTC', 'EUR', '{}', now(), now())`);
    for (const args of [[], ['--name', 'another']])
      expect(await command('reset', ...args)).toEqual({ code: 1, said: expect.stringContaining('holds acme') });
    expect(await slugs()).toEqual(['acme', 'commissable']);
    expect((await command('reset', '--name', new URL(database.ownerUrl).pathname.slice(1))).code).toBe(0);
    expect(await slugs()).toEqual(['commissable']);
  });
});
