import { Notification } from './notification.entity.ts';
import {
  AuditLog, Idempotency, Operation, OutboxEvent, Process, ProcessCommand, RejectedInput, Stream, TenantClock,
} from './plumbing.entity.ts';
import { RateLimitBucket } from './rate-limit-bucket.entity.ts';
import { AuditArchive } from './audit-archive.entity.ts';
import { Job, JobRow, StoredFile, StoredFilePart } from './job/job.entity.ts';
import { CustomField } from './custom-field/custom-field.entity.ts';
import { Attachment } from './attachment/attachment.entity.ts';
import { SearchEntry } from './search/search-entry.entity.ts';
import { Mail } from './mail.entity.ts';
import { EmailTemplate } from './mail/email-template.entity.ts';
import { Webhook, WebhookDelivery, WebhookMessage } from './webhook/webhook.entity.ts';
import { PasswordReset } from './identity/password-reset.entity.ts';
import { IdentityHook } from './identity/identity-hook.entity.ts';
import { IdentityProvider, LinkedAccount, SpentSignIn } from './identity/identity-provider.entity.ts';
import { Role, RolePermission } from './identity/role-permission.entity.ts';
import { SecondFactor } from './identity/second-factor.entity.ts';
import { ApiKey, Session } from './identity/session.entity.ts';
import { SavedView } from './table/saved-view.entity.ts';
import { TablePreference } from './table/table-preference.entity.ts';
import { Tenant } from './tenant.entity.ts';
import { User } from './identity/user.entity.ts';

export const platformEntities = [
  Tenant, User, Role, RolePermission, Session, ApiKey, SecondFactor, PasswordReset,
  IdentityProvider, LinkedAccount, SpentSignIn, IdentityHook,
  CustomField, Mail, EmailTemplate, Webhook, WebhookMessage, WebhookDelivery,
  Notification, SavedView, TablePreference, Job, JobRow, StoredFile, StoredFilePart,
  TenantClock, Stream, Process, ProcessCommand, RejectedInput, Idempotency, OutboxEvent, AuditLog, AuditArchive,
  Operation, RateLimitBucket, SearchEntry, Attachment,
];
