import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openOrm, type Orm } from '../../db/platform/orm.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { Role } from '../../db/platform/identity/role-permission.entity.ts';
import { sql } from '../../db/platform/sql.ts';
import { event } from '../../domain/platform/contract.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { cloneDatabase, type TestDatabase } from '../../tests/kit/database.ts';
import { actorOf, bareTenant } from '../../tests/kit/tenant.ts';
import { run, verb, type Caller } from './verb.ts';

const noted = event({
  name: 'platform.role.noted',
  payload: z.object({ roleId: z.uuid() }),
  entity: p => p.roleId,
  says: () => 'noted a role',
});
const input = z.object({ id: z.uuid(), name: z.string() });

const addRole = verb({ name: 'add-role', needs: 'user:manage', input, output: input }, async (ctx, i) => {
  ctx.em.create(Role, { id: i.id, code: i.name.toUpperCase(), name: i.name });
  ctx.emit(noted, { roleId: i.id });
  return i;
});
const renameRole = verb(
  { name: 'rename-role', needs: 'user:manage', input, output: z.object({ version: z.int() }) },
  async (ctx, i) => {
    const role = await ctx.em.findOneOrFail(Role, { id: i.id });
    role.name = i.name;
    await ctx.em.flush();
    return { version: role.version };
  },
);
const addTwoAndFail = verb({ name: 'add-two', needs: 'user:manage', input, output: z.null() }, async (ctx, i) => {
  await ctx.run(addRole, i);
  throw new Refusal('conflict', 'No');
});

let database: TestDatabase, orm: Orm, tenantId: string, admin: Caller;
const fresh = (name: string) => ({ id: randomUUID(), name: `${name}-${randomUUID().slice(0, 6)}` });
const rows = <T>(query: ReturnType<typeof sql>, tenant = tenantId) => readerOf(tenant).rows<T>(query);

beforeAll(async () => {
  database = await cloneDatabase();
  orm = await openOrm(database.appUrl, 20);
  tenantId = (await bareTenant()).id;
  admin = { actor: actorOf(tenantId, 'ADMIN'), requestId: 'req-1' };
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

describe('a verb', () => {
  it('[PLT-059] writes the change, one audit row with old and new values, and the event in one commit', async () => {
    const role = fresh('auditor');
    await run(addRole, role, admin);
    await run(renameRole, { id: role.id, name: 'Renamed' }, admin);
    const audit = await rows<
      Record<string, unknown>
    >(sql`select action, table_name, old_values, new_values, user_id, actor_name, request_id, ip_address
      from audit_log where record_id = ${role.id} order by recorded_at`);
    expect(audit).toMatchObject([
      {
        action: 'CREATE',
        table_name: 'role',
        old_values: null,
        new_values: { name: role.name },
        user_id: admin.actor.userId,
      },
      {
        action: 'UPDATE',
        old_values: { name: role.name },
        new_values: { name: 'Renamed' },
        actor_name: 'admin',
        request_id: 'req-1',
        ip_address: '127.0.0.1',
      },
    ]);
    const events = await rows<{ name: string; seq: number }>(
      sql`select name, seq from outbox_event where entity_id = ${role.id}`,
    );
    expect(events).toEqual([{ name: 'platform.role.noted', seq: 1 }]);
  });

  it('[PLT-004] has its stamps set by the server', async () => {
    const role = fresh('stamped');
    await run(addRole, role, admin);
    const [row] = await rows<Record<string, unknown>>(
      sql`select tenant_id, created_by, updated_by, version, created_at from role where id = ${role.id}`,
    );
    expect(row).toMatchObject({
      tenant_id: tenantId,
      created_by: admin.actor.userId,
      updated_by: admin.actor.userId,
      version: 1,
    });
  });

  it('leaves no trace when it refuses, nor do the verbs inside it', async () => {
    const role = fresh('gone');
    await expect(run(addTwoAndFail, role, { ...admin, key: 'k-gone' })).rejects.toThrow('No');
    const found = await rows(sql`select 1 from role where id = ${role.id}
      union all select 1 from outbox_event where entity_id = ${role.id}
      union all select 1 from audit_log where record_id = ${role.id}
      union all select 1 from idempotency where key = 'k-gone'`);
    expect(found).toEqual([]);
  });

  it('runs once for one key: three twins at the same time get the same answer', async () => {
    const role = fresh('twins'),
      caller = { ...admin, key: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => run(addRole, role, caller)));
    expect(answers).toEqual([role, role, role]);
    expect(await rows(sql`select 1 from outbox_event where entity_id = ${role.id}`)).toHaveLength(1);
  });

  it('refuses a key that was used with another input', async () => {
    const caller = { ...admin, key: randomUUID() };
    await run(addRole, fresh('first'), caller);
    await expect(run(addRole, fresh('second'), caller)).rejects.toMatchObject({
      code: 'invalid',
      details: { reason: 'key-reused' },
    });
  });

  it('proves its input itself, whoever runs it: what does not fit changes nothing', async () => {
    const wrong = { ...fresh('wrong'), name: 7 as never };
    await expect(run(addRole, wrong, admin)).rejects.toMatchObject({ issues: [{ path: ['name'] }] });
    expect(await rows(sql`select 1 from role where id = ${wrong.id}`)).toEqual([]);
  });

  it('refuses who lacks the permission, before anything else', async () => {
    const reader: Caller = { actor: actorOf(tenantId, 'READ_ONLY') };
    await expect(run(addRole, fresh('no'), reader)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('[PLT-002] sees and changes nothing of another tenant', async () => {
    const role = fresh('mine');
    await run(addRole, role, admin);
    const other = (await bareTenant()).id;
    expect(await rows(sql`select 1 from role where id = ${role.id}`, other)).toEqual([]);
    await expect(
      run(renameRole, { id: role.id, name: 'stolen' }, { actor: actorOf(other, 'ADMIN') }),
    ).rejects.toThrow();
    expect(await rows(sql`select name from role where id = ${role.id}`)).toEqual([{ name: role.name }]);
  });

  it('[PLT-002] names the tenant in its own statements: where no policy holds, too', async () => {
    const role = fresh('mine');
    await run(addRole, role, admin);
    const other: Caller = { actor: actorOf((await bareTenant()).id, 'ADMIN') };
    await orm.close();
    orm = await openOrm(database.ownerUrl, 2);
    try {
      expect(await orm.em.fork().execute('select 1 from role where id = ?', [role.id])).toHaveLength(1);
      await expect(run(renameRole, { id: role.id, name: 'stolen' }, other)).rejects.toThrow();
    } finally {
      await orm.close();
      orm = await openOrm(database.appUrl, 20);
    }
  });

  it('says 409 where a unique value is taken', async () => {
    const role = fresh('dup');
    await run(addRole, role, admin);
    await expect(run(addRole, { ...role, id: randomUUID() }, admin)).rejects.toMatchObject({
      code: 'conflict',
      message: 'A record with this information already exists',
    });
  });

  it('keeps seq gapless and in commit order under concurrent writers', async () => {
    const role = fresh('busy');
    await run(addRole, role, admin);
    const touch = verb({ name: 'touch', needs: 'user:manage', input, output: z.null() }, async (ctx, i) => {
      ctx.emit(noted, { roleId: i.id });
      return null;
    });
    await Promise.all(Array.from({ length: 20 }, () => run(touch, role, admin)));
    const seqs = (
      await rows<{ seq: number }>(sql`select seq from outbox_event where entity_id = ${role.id} order by id`)
    ).map(r => r.seq);
    expect(seqs).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  });
});

describe('the app role', () => {
  it('[PLT-062] may not change or delete audit rows', async () => {
    await expect(orm.em.fork().execute(`update audit_log set action = 'X'`)).rejects.toThrow('permission denied');
    await expect(orm.em.fork().execute('delete from audit_log')).rejects.toThrow('permission denied');
  });
  it('[PLT-002] sees no row without a tenant, nor after a read of one', async () => {
    await run(addRole, fresh('seen'), admin);
    expect((await rows(sql`select 1 from role`)).length).toBeGreaterThan(0);
    expect(await orm.em.fork().execute('select 1 from role')).toEqual([]);
  });
});
