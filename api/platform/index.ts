import { apiKeyRoutes } from './identity/api-keys.routes.ts';
import { auditRoutes } from './audit.routes.ts';
import { codecRoutes } from './codec.routes.ts';
import { authRoutes } from './identity/auth.routes.ts';
import { deletedRecordRoutes } from './deleted/deleted-records.routes.ts';
import { eventRoutes } from './live/events.routes.ts';
import { fileRoutes } from './job/files.routes.ts';
import { exportRoutes, importRoutes, jobRoutes } from './job/jobs.routes.ts';
import { notifications } from './notifications.routes.ts';
import { operationsRoutes } from './operations.routes.ts';
import { processRoutes } from './processes.routes.ts';
import { roleRoutes } from './identity/roles.routes.ts';
import { sandboxRoutes } from './sandbox.routes.ts';
import { passwordRoutes } from './identity/password.routes.ts';
import { attachmentRoutes } from './attachment/attachments.routes.ts';
import { deliveryReportRoutes } from './mail/delivery-reports.routes.ts';
import { channelPreferenceRoutes } from './notification/channel-preferences.routes.ts';
import { digestRoutes } from './notification/digest.routes.ts';
import { webhookRoutes } from './webhook/webhooks.routes.ts';
import { mailPreferenceRoutes } from './notification/mail-preferences.routes.ts';
import { searchRoutes } from './search/search.routes.ts';
import { secondFactorRoutes } from './identity/second-factor.routes.ts';
import { signInEntryRoutes } from './identity/sign-in-entries.routes.ts';
import { identityHookRoutes } from './identity/identity-hook.routes.ts';
import { identityProviderRoutes } from './identity/identity-providers.routes.ts';
import { providerSignInRoutes } from './identity/provider-sign-in.routes.ts';
import type { Served } from './serve.ts';
import { settingsRoutes } from './settings.routes.ts';
import { savedViewRoutes, tablePreferenceRoutes } from './tables.routes.ts';
import { userRoutes } from './identity/users.routes.ts';

/** Register: the routes of the platform. */
export const platformRoutes: Served[] = [
  authRoutes,
  signInEntryRoutes,
  identityProviderRoutes,
  identityHookRoutes,
  providerSignInRoutes,
  secondFactorRoutes,
  passwordRoutes,
  userRoutes,
  roleRoutes,
  apiKeyRoutes,
  attachmentRoutes,
  auditRoutes,
  codecRoutes,
  deletedRecordRoutes,
  eventRoutes,
  notifications,
  mailPreferenceRoutes,
  channelPreferenceRoutes,
  digestRoutes,
  deliveryReportRoutes,
  webhookRoutes,
  fileRoutes,
  jobRoutes,
  importRoutes,
  exportRoutes,
  operationsRoutes,
  processRoutes,
  sandboxRoutes,
  searchRoutes,
  settingsRoutes,
  tablePreferenceRoutes,
  savedViewRoutes,
];
