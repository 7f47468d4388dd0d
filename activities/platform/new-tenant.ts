import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Tenant } from '../../db/platform/tenant.entity.ts';
import { tenantBySlug } from '../../db/platform/tenants.query.ts';
import { Currency, TimeZone } from '../../domain/platform/settings.contract.ts';
import { syncPermissions } from './identity/sync-permissions.ts';
import { systemActor } from './system-actor.ts';
import { run, verb } from './verb.ts';

const NewTenant = z.object({
  name: z.string().trim().min(1).max(200),
  slug: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  timeZone: TimeZone.default('UTC'),
  sandbox: z.boolean().default(false),
  currency: Currency.default('EUR'),
});

const openTenant = verb(
  { name: 'create-tenant', needs: 'process', input: NewTenant, output: z.object({}) },
  async (ctx, about) => {
    const { em, tenantId: id } = ctx;
    if (!(await em.findOne(Tenant, { id }))) {
      em.create(Tenant, { id, ...about });
      await em.flush();
    }
    await ctx.run(syncPermissions, {});
    return {};
  },
);

/**
 * Makes a tenant with its roles and their permissions (PLT-125), or adds to the one of this slug what is missing.
 * Answers its id.
 */
export async function createTenant(about: z.input<typeof NewTenant> & { id?: string }): Promise<string> {
  const { id: wanted = randomUUID(), ...input } = about;
  const id = (await tenantBySlug(about.slug))?.id ?? wanted;
  await run(openTenant, input, { actor: systemActor(id) });
  return id;
}
