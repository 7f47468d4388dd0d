import { advanceClock, finishAdvance, stepClock } from './clock/advance-clock.ts';
import { createApiKey } from './identity/create-api-key.ts';
import { createRole } from './identity/create-role.ts';
import { createUser } from './identity/create-user.ts';
import { deleteRole } from './identity/delete-role.ts';
import { openSession } from './identity/open-session.ts';
import { endOwnSessions, endUserSessions } from './identity/end-sessions.ts';
import { renewSession } from './identity/renew-session.ts';
import { revokeApiKey } from './identity/revoke-api-key.ts';
import { confirmSecondFactor } from './identity/second-factor/confirm-second-factor.ts';
import { enrolSecondFactor } from './identity/second-factor/enrol-second-factor.ts';
import { removeSecondFactor, resetSecondFactor } from './identity/second-factor/remove-second-factor.ts';
import { keepIdentityHook, renewHookSecret } from './identity/hook/keep-hook.ts';
import { takeUserEvent } from './identity/hook/take-user-event.ts';
import {
  createIdentityProvider,
  removeIdentityProvider,
  updateIdentityProvider,
} from './identity/provider/keep-provider.ts';
import { noteRefusedSignIn } from './identity/provider/note-refused-sign-in.ts';
import { recogniseUser } from './identity/provider/recognise-user.ts';
import { spendSignIn } from './identity/provider/spend-sign-in.ts';
import { unlinkAccount } from './identity/provider/unlink-account.ts';
import { signOut } from './identity/sign-out.ts';
import { syncPermissions } from './identity/sync-permissions.ts';
import { touchApiKey } from './identity/touch-api-key.ts';
import { touchSession } from './identity/touch-session.ts';
import { updateRole } from './identity/update-role.ts';
import { updateUser } from './identity/update-user.ts';
import { announceAttachment, completeAttachment, removeAttachment } from './attachment/attachment-verbs.ts';
import { extractImages } from './job/task/extract-images.ts';
import { writePdf } from './job/task/write-pdf.ts';
import { writeReport } from './job/task/write-report.ts';
import { askJob } from './job/ask-job.ts';
import { bulkRows } from './job/bulk-rows.ts';
import { createBulk } from './job/create-bulk.ts';
import { createJob } from './job/create-job.ts';
import { correctImport } from './job/correct-import.ts';
import { createImport, mapImport } from './job/create-import.ts';
import { createExport, exportRows } from './job/export-rows.ts';
import { importRows, stageImport } from './job/import-rows.ts';
import { lookAtJob } from './job/look-at-job.ts';
import { settleJob } from './job/settle-job.ts';
import { createFile, putFilePart } from './job/stored-file.ts';
import { failAttempt, processJobs, takeUpJob } from './job/try-job.ts';
import { moveClock } from './clock/move-clock.ts';
import { keepChannelPreferences } from './notification/keep-channel-preferences.ts';
import { keepDigest, watchDigest } from './notification/keep-digest.ts';
import { lookAtDigest, sendDigest } from './notification/send-digest.ts';
import { keepMailPreferences } from './notification/keep-mail-preferences.ts';
import { announce } from './notification/announce.ts';
import { markAllNotificationsRead } from './notification/mark-all-notifications-read.ts';
import { markNotificationRead } from './notification/mark-notification-read.ts';
import { archiveAudit } from './retention/archive-audit.ts';
import { expireAwaitedFiles, forgetAwaitedFiles } from './retention/clear-awaited-files.ts';
import { clearWebhookLog } from './retention/clear-webhook-log.ts';
import { beginMail, noteMail, resendMail } from './mail/note-mail.ts';
import { noteReport } from './mail/note-report.ts';
import { createWebhook, patchWebhook, removeWebhook } from './webhook/keep-webhook.ts';
import { beginTry, giveUpMessage, noteHeard, noteTry } from './webhook/note-try.ts';
import { redeliverWebhook, testWebhook } from './webhook/send-message.ts';
import { changePassword, requestPasswordReset, resetPassword } from './identity/change-password.ts';
import { resendEvent } from './outbox/resend-event.ts';
import { askProcess } from './process/ask-process.ts';
import { holdProcess, resumeProcess } from './process/hold-process.ts';
import { beginCheck } from './process/begin-check.ts';
import { noteEndedRun } from './process/note-ended-run.ts';
import { noteFailed } from './process/note-failed.ts';
import { noteRetried } from './process/note-retried.ts';
import { noteTerminated } from './process/note-terminated.ts';
import { updateSettings } from './settings/update-settings.ts';
import { keepTablePreference } from './table/keep-table-preference.ts';
import { createSavedView, deleteSavedView, updateSavedView } from './table/saved-view-verbs.ts';
import { noteStuck } from './process/note-stuck.ts';
import { notify } from './notify.ts';
import { parkInput } from './process/park-input.ts';

/** Register: the verbs of the platform. */
export const platformVerbs = {
  announceAttachment,
  keepMailPreferences, keepChannelPreferences, keepDigest, watchDigest, lookAtDigest, sendDigest,
  createWebhook, patchWebhook, removeWebhook, testWebhook, redeliverWebhook, beginTry, noteTry, noteHeard,
  giveUpMessage,
  completeAttachment,
  removeAttachment,
  createFile, putFilePart, createImport, mapImport, createExport, createBulk, createJob, askJob, settleJob, lookAtJob,
  correctImport, takeUpJob, failAttempt, processJobs, extractImages, writePdf, writeReport,
  stageImport, importRows, exportRows, bulkRows,
  askProcess, holdProcess, resumeProcess,
  parkInput, noteStuck, noteFailed, noteRetried, noteTerminated, noteEndedRun, resendEvent, beginCheck,
  notify, announce, markNotificationRead, markAllNotificationsRead,
  keepTablePreference, createSavedView, updateSavedView, deleteSavedView,
  archiveAudit, clearWebhookLog, expireAwaitedFiles, forgetAwaitedFiles,
  beginMail, noteMail, noteReport, resendMail, changePassword, requestPasswordReset, resetPassword,
  advanceClock, stepClock, finishAdvance, moveClock,
  openSession, renewSession, signOut, endOwnSessions, endUserSessions, touchSession,
  enrolSecondFactor, confirmSecondFactor, removeSecondFactor, resetSecondFactor,
  createIdentityProvider, updateIdentityProvider, removeIdentityProvider,
  spendSignIn, recogniseUser, noteRefusedSignIn, unlinkAccount,
  keepIdentityHook, renewHookSecret, takeUserEvent,
  createApiKey, revokeApiKey, touchApiKey,
  createUser, updateUser, createRole, updateRole, deleteRole, syncPermissions, updateSettings,
};
