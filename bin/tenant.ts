import { parseArgs } from 'node:util';
import { createUser } from '../activities/platform/identity/create-user.ts';
import { createTenant } from '../activities/platform/new-tenant.ts';
import { systemActor } from '../activities/platform/system-actor.ts';
import { run } from '../activities/platform/verb.ts';
import { loadConfig, required } from '../db/platform/config.ts';
import { openOrm } from '../db/platform/orm.ts';
import { tenantBySlug } from '../db/platform/tenants.query.ts';
import { command, Failure } from './failure.ts';
import { readablePassword } from './secrets.ts';
import { seedDefaults } from './tenant-defaults.ts';

const options = {
  slug: { type: 'string' },
  name: { type: 'string' },
  admin: { type: 'string' },
  'time-zone': { type: 'string', default: 'UTC' },
  currency: { type: 'string', default: 'EUR' },
  sandbox: { type: 'boolean', default: false },
} as const;
const usage =
  'npm run tenant -- --slug acme --name "Acme" --admin ops@acme.example [--time-zone Europe/Oslo] [--currency EUR]';

/** `npm run tenant`: makes a tenant with its defaults (PLT-125) and its first administrator. */
await command(async () => {
  const { slug, name, admin: email, sandbox, currency, 'time-zone': timeZone } = parseArgs({ options }).values;
  if (!slug || !name || !email) throw new Failure(`Usage: ${usage}`);
  const orm = await openOrm(required(loadConfig(), 'APP_DATABASE_URL').APP_DATABASE_URL, 2);
  try {
    if (await tenantBySlug(slug)) throw new Failure(`There is a tenant ${slug} already.`);
    const tenantId = await createTenant({ slug, name, sandbox, timeZone, currency });
    const password = readablePassword();
    const admin = { username: 'admin', fullName: 'Administrator', email, role: 'ADMIN', password };
    await run(createUser, admin, { actor: systemActor(tenantId) });
    await seedDefaults(tenantId);
    console.log(`Sign in to tenant ${slug} as admin; password, shown only this once: ${password}`);
  } finally {
    await orm.close();
  }
});
