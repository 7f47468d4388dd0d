import { defineEntity, p } from '@mikro-orm/core';
import { digestPeriods, type DigestPeriod } from '../../../domain/platform/notification/digest.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** A person who signs in (PLT-T1). User names and addresses are unique in their tenant. */
const UserSchema = defineEntity({
  name: 'User',
  tableName: 'app_user',
  properties: {
    ...owned(),
    username: p.string().length(100),
    fullName: p.string().length(255),
    email: p.string().length(255),
    passwordHash: p.string().length(255).nullable(),
    role: p.string().length(50).default('SALESPERSON'),
    active: p.boolean().default(true),
    lastLogin: p.datetime().nullable(),
    failedSignIns: p.integer().default(0),
    lockedUntil: p.datetime().nullable(),
    /** The name that an outside identity service knows the user by (PLT-026). */
    externalId: p.string().length(255).nullable(),
    /** Templates whose notifications come by mail too (PLT-075). */
    mailed: p.array<string>().columnType('text[]').default([]),
    /** By which other channels the user is told of what, and where: cipher text. */
    channelsCipher: p.text().nullable(),
    /** How often unread notifications are mailed, and until when they were. */
    digest: p.string().$type<DigestPeriod>().length(10).default('off'),
    digestId: p.uuid().nullable(),
    digestedAt: p.datetime().nullable(),
  },
  uniques: [
    { properties: ['tenantId', 'username'], name: 'app_user_username_unique' },
    { properties: ['tenantId', 'email'], name: 'app_user_email_unique' },
    { properties: ['tenantId', 'externalId'], name: 'app_user_external_id_unique' },
  ],
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'role'] },
    { properties: ['tenantId', 'digestId'] },
  ],
  checks: [{ name: 'app_user_digest_check', expression: oneOf('digest', digestPeriods) }],
  ...tenantOwned,
});
export class User extends UserSchema.class {}
UserSchema.setClass(User);
