import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../columns.ts';

/** A user's authenticator app (PLT-025): its secret as cipher text, its recovery codes as hashes. */
const SecondFactorSchema = defineEntity({
  name: 'SecondFactor',
  tableName: 'second_factor',
  properties: {
    ...owned(),
    userId: p.uuid(),
    secretCipher: p.text(),
    /** Null until the first code has proved that the app has the secret. */
    confirmedAt: p.datetime().nullable(),
    /** The time-step of the last code that was taken: no code is taken twice. */
    lastStep: p.bigint('number').defaultRaw('0'),
    recoveryHashes: p.array<string>().columnType('text[]').default([]),
  },
  uniques: [{ properties: ['tenantId', 'userId'], name: 'second_factor_user_unique' }],
  ...tenantOwned,
});
export class SecondFactor extends SecondFactorSchema.class {}
SecondFactorSchema.setClass(SecondFactor);
