import { keepDigest } from '../../../activities/platform/notification/keep-digest.ts';
import { digestOf } from '../../../db/platform/notifications.query.ts';
import { digestEndpoints } from '../../../domain/platform/notification/digest.contract.ts';
import { serve } from '../serve.ts';

export const digestRoutes = serve(digestEndpoints, {
  read: async ({ read, actor }) => ({ every: await digestOf(read, actor.userId) }),
  keep: ({ run, body }) => run(keepDigest, body),
});
