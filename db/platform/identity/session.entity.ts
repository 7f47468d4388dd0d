import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../columns.ts';

/** A sign-in: the cookie's and the refresh token's hashes. Times are the machine's, not the tenant's clock. */
const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    ...owned(),
    userId: p.uuid(),
    cookieHash: p.string().length(64).nullable(),
    refreshHash: p.string().length(64),
    /** Of what its refresh tokens share: an older one of them means theft, and the session ends (PLT-020). */
    refreshFamily: p.string().length(64).nullable(),
    /** `createdAt` is of the tenant's clock, as in every row. */
    openedAt: p.datetime().defaultRaw('now()'),
    /** To the minute. */
    lastUsedAt: p.datetime().nullable(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    ip: p.string().length(45).nullable(),
    userAgent: p.string().length(500).nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'userId'] },
    { properties: ['refreshHash'] },
    { properties: ['refreshFamily'] },
    { properties: ['cookieHash'] },
  ],
  ...tenantOwned,
});
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

/** An integrator's key: acts as its user, narrowed to its role; the secret is shown once (PLT-027). */
const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    ...owned(),
    userId: p.uuid(),
    name: p.string().length(100),
    role: p.string().length(50),
    /** The first letters of the secret, to recognise it by. */
    prefix: p.string().length(12),
    secretHash: p.string().length(64).unique(),
    expiresAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'userId'] }],
  ...tenantOwned,
});
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);
