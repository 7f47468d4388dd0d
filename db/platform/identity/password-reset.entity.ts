import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../columns.ts';

/** A link that was mailed to set a new password with, good once (PLT-028). Times are the machine's. */
const PasswordResetSchema = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_reset',
  properties: {
    ...owned(),
    userId: p.uuid(),
    tokenHash: p.string().length(64),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'userId'] }, { properties: ['tokenHash'] }],
  ...tenantOwned,
});
export class PasswordReset extends PasswordResetSchema.class {}
PasswordResetSchema.setClass(PasswordReset);
