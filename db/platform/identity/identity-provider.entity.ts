import { defineEntity, p } from '@mikro-orm/core';
import type { ProviderKind } from '../../../domain/platform/identity/identity-provider.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** A service that people of the tenant sign in with (PLT-024); its secret as cipher text. */
const IdentityProviderSchema = defineEntity({
  name: 'IdentityProvider',
  tableName: 'identity_provider',
  properties: {
    ...owned(),
    name: p.string().length(100),
    kind: p.string().$type<ProviderKind>().length(20),
    issuer: p.string().length(500),
    clientId: p.string().length(255),
    clientSecretCipher: p.text(),
    emailDomains: p.array<string>().columnType('text[]').default([]),
    active: p.boolean().default(true),
  },
  indexes: [{ properties: ['tenantId', 'active'] }],
  checks: [{ name: 'identity_provider_kind_check', expression: oneOf('kind', ['google', 'microsoft', 'other']) }],
  ...tenantOwned,
});
export class IdentityProvider extends IdentityProviderSchema.class {}
IdentityProviderSchema.setClass(IdentityProvider);

/** A user's account there: issuer and subject name it, whatever its address becomes. */
const LinkedAccountSchema = defineEntity({
  name: 'LinkedAccount',
  tableName: 'linked_account',
  properties: {
    ...owned(),
    userId: p.uuid(),
    providerId: p.uuid(),
    issuer: p.string().length(500),
    subject: p.string().length(255),
    /** As it was when the account was linked. */
    email: p.string().length(255),
  },
  uniques: [
    { properties: ['tenantId', 'issuer', 'subject'], name: 'linked_account_subject_unique' },
    { properties: ['tenantId', 'userId', 'issuer'], name: 'linked_account_user_unique' },
  ],
  indexes: [{ properties: ['providerId'] }],
  ...tenantOwned,
});
export class LinkedAccount extends LinkedAccountSchema.class {}
LinkedAccountSchema.setClass(LinkedAccount);

/** A sign-in that has come back from its provider: it does not come back twice. Kept as long as it could. */
const SpentSignInSchema = defineEntity({
  name: 'SpentSignIn',
  tableName: 'spent_sign_in',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    stateHash: p.string().length(64),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  uniques: [{ properties: ['tenantId', 'stateHash'], name: 'spent_sign_in_state_unique' }],
  ...tenantOwned,
});
export class SpentSignIn extends SpentSignInSchema.class {}
SpentSignInSchema.setClass(SpentSignIn);
