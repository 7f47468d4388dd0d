import type { Client } from '@temporalio/client';
import type { Config } from '../../db/platform/config.ts';
import { authenticate } from './identity/authenticate.ts';
import { rateLimit } from './rate-limit.ts';
import { recordDenied } from '../../activities/platform/identity/record-denied.ts';
import { storageOf } from '../../activities/platform/storage/storage.ts';
import { setSecretBox } from '../../activities/platform/secret-box.ts';
import type { ApiServices } from './services.ts';

/** The services of a real API process. */
export async function apiServices(config: Config & { SESSION_SECRET: string }, temporal: Client): Promise<ApiServices> {
  if (config.SECRET_KEYS) setSecretBox(config.SECRET_KEYS);
  return {
    config, temporal,
    storage: storageOf(config),
    authenticate: req => authenticate(req, config),
    limit: await rateLimit(config),
    onDenied: recordDenied,
  };
}
