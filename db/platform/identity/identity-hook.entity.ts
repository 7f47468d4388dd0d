import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../columns.ts';

/** How an identity service outside tells of the tenant's users: one for each tenant, its secrets as cipher text. */
const IdentityHookSchema = defineEntity({
  name: 'IdentityHook',
  tableName: 'identity_hook',
  properties: {
    ...owned(),
    active: p.boolean().default(false),
    role: p.string().length(50).default('SALESPERSON'),
    secretCipher: p.text().nullable(),
    oldSecretCipher: p.text().nullable(),
    oldSecretUntil: p.datetime().nullable(),
    lastEventAt: p.datetime().nullable(),
  },
  uniques: [{ properties: ['tenantId'], name: 'identity_hook_tenant_unique' }],
  ...tenantOwned,
});
export class IdentityHook extends IdentityHookSchema.class {}
IdentityHookSchema.setClass(IdentityHook);
