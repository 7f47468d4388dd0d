import { channelPreferenceEndpoints, channelPreferencesKept } from './notification/channel.ts';
import { digestEndpoints, digestKept, notificationDigest } from './notification/digest.contract.ts';
import { webhookDelivery, webhookEndpoints, webhookEvents } from './webhook/webhook.contract.ts';
import { deliveryReportEndpoints } from './mail/delivery-report.ts';
import type { AreaContracts } from '../index.ts';
import { apiKeyEndpoints } from './identity/api-key.contract.ts';
import { attachmentAdded, attachmentEndpoints, attachmentRemoved } from './attachment/attachment.contract.ts';
import { auditEndpoints } from './audit.contract.ts';
import { codecEndpoints } from './operations/codec.contract.ts';
import { deletedRecordEndpoints } from './deleted/deleted-record.contract.ts';
import { eventEndpoints } from './event.contract.ts';
import { healthEndpoints } from './operations/health.contract.ts';
import { identityHookEndpoints } from './identity/identity-hook.contract.ts';
import { identityProviderEndpoints } from './identity/identity-provider.contract.ts';
import { providerSignInEndpoints } from './identity/provider-sign-in.contract.ts';
import {
  exportEndpoints, fileEndpoints, importEndpoints, jobCommanded, jobEndpoints, jobProcess, jobProgressed, jobRequested,
  jobCorrected,
  jobSettled,
} from './job/job.contract.ts';
import { mailQueued, mailSettled, mailTold, sendMail } from './mail.contract.ts';
import { mailPreferenceEndpoints, mailPreferencesKept } from './notification/mail-preference.contract.ts';
import { notificationCreated, notificationEndpoints, notificationRead } from './notification.contract.ts';
import { operationsEndpoints } from './operations/operations.contract.ts';
import { passwordEndpoints } from './identity/password.contract.ts';
import { platformPermissions } from './permissions.ts';
import { processEndpoints } from './process.contract.ts';
import { processHeld, processResumed } from './operations/process-hold.ts';
import { roleEndpoints } from './identity/role.contract.ts';
import { clockAdvance, clockAdvanceRequested, clockMoved, sandboxEndpoints } from './sandbox.contract.ts';
import { searchEndpoints } from './search/search.contract.ts';
import { secondFactorEndpoints } from './identity/second-factor.contract.ts';
import { sessionsEnded, signInEntryEndpoints } from './identity/sign-in-entry.contract.ts';
import { sessionEndpoints } from './identity/session.contract.ts';
import { settingsChanged, settingsEndpoints } from './settings.contract.ts';
import {
  savedViewEndpoints, savedViewEvents, tablePreferenceEndpoints, tablePreferenceKept,
} from './table/table.contract.ts';
import { userEndpoints } from './identity/user.contract.ts';

/** Register of the platform. */
export const platform: AreaContracts = {
  endpoints: {
    session: sessionEndpoints, signInEntry: signInEntryEndpoints,
    identityHook: identityHookEndpoints,
    identityProvider: identityProviderEndpoints, providerSignIn: providerSignInEndpoints,
    secondFactor: secondFactorEndpoints, user: userEndpoints, role: roleEndpoints,
    apiKey: apiKeyEndpoints, attachment: attachmentEndpoints,
    audit: auditEndpoints, codec: codecEndpoints, event: eventEndpoints,
    deletedRecord: deletedRecordEndpoints,
    health: healthEndpoints,
    notification: notificationEndpoints, mailPreference: mailPreferenceEndpoints,
    deliveryReport: deliveryReportEndpoints, channelPreference: channelPreferenceEndpoints, digest: digestEndpoints,
    password: passwordEndpoints,
    operations: operationsEndpoints, process: processEndpoints,
    file: fileEndpoints, import: importEndpoints, export: exportEndpoints, job: jobEndpoints,
    webhook: webhookEndpoints,
    sandbox: sandboxEndpoints, search: searchEndpoints,
    setting: settingsEndpoints,
    tablePreference: tablePreferenceEndpoints, savedView: savedViewEndpoints,
  },
  events: [
    clockMoved, clockAdvanceRequested, settingsChanged, notificationCreated, notificationRead,
    mailQueued, mailSettled, mailTold, sessionsEnded, processHeld, processResumed,
    tablePreferenceKept, ...Object.values(savedViewEvents),
    attachmentAdded, attachmentRemoved, mailPreferencesKept, channelPreferencesKept, digestKept,
    ...webhookEvents,
    jobRequested, jobCommanded, jobProgressed, jobCorrected, jobSettled,
  ],
  processes: [clockAdvance, sendMail, webhookDelivery, jobProcess, notificationDigest],
  permissions: platformPermissions,
};
