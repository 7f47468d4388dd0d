import { keepMailPreferences } from '../../../activities/platform/notification/keep-mail-preferences.ts';
import { mailedTo } from '../../../db/platform/notifications.query.ts';
import { mailPreferenceEndpoints } from '../../../domain/platform/notification/mail-preference.contract.ts';
import { serve } from '../serve.ts';

export const mailPreferenceRoutes = serve(mailPreferenceEndpoints, {
  read: async ({ read, actor }) => ({ events: await mailedTo(read, actor.userId) }),
  keep: ({ run, body }) => run(keepMailPreferences, body),
});
