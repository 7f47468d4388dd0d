import { defineEntity, p } from '@mikro-orm/core';

/** Requests counted against a limit, shared by all API processes. Of callers, not of a tenant: many have none yet. */
const RateLimitBucketSchema = defineEntity({
  name: 'RateLimitBucket',
  tableName: 'rate_limit_bucket',
  properties: {
    key: p.string().length(255).primary(),
    points: p.integer().default(0),
    /** Milliseconds since the epoch. */
    expire: p.bigint('number').nullable(),
  },
});
export class RateLimitBucket extends RateLimitBucketSchema.class {}
RateLimitBucketSchema.setClass(RateLimitBucket);
