// Generated from the entities.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261121000001_initial extends Migration {

  override up(): void | Promise<void> {
    this.addSql(`create table "api_key" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "user_id" uuid not null, "name" varchar(100) not null, "role" varchar(50) not null, "prefix" varchar(12) not null, "secret_hash" varchar(64) not null, "expires_at" timestamptz null, "last_used_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "api_key" add constraint "api_key_secret_hash_unique" unique ("secret_hash");`);
    this.addSql(`create index "api_key_tenant_id_user_id_index" on "api_key" ("tenant_id", "user_id");`);

    this.addSql(`create table "audit_log" ("id" uuid not null, "tenant_id" uuid not null, "user_id" uuid null, "actor" varchar(200) not null, "actor_name" varchar(255) not null, "action" varchar(50) not null, "table_name" varchar(100) not null, "record_id" varchar(120) null, "verb" varchar(100) not null, "old_values" jsonb null, "new_values" jsonb null, "ip_address" varchar(45) null, "user_agent" varchar(500) null, "request_id" varchar(100) null, "created_at" timestamptz not null, "recorded_at" timestamptz not null default clock_timestamp(), primary key ("id"));`);
    this.addSql(`create index "audit_log_tenant_id_created_at_id_index" on "audit_log" ("tenant_id", "created_at", "id");`);
    this.addSql(`create index "audit_log_tenant_id_table_name_index" on "audit_log" ("tenant_id", "table_name");`);
    this.addSql(`create index "audit_log_tenant_id_record_id_index" on "audit_log" ("tenant_id", "record_id");`);
    this.addSql(`create index "audit_log_tenant_id_user_id_index" on "audit_log" ("tenant_id", "user_id");`);

    this.addSql(`create table "decision" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "workflow_id" uuid not null, "workflow_step_id" uuid not null, "decision" varchar(20) not null, "decided_by" uuid null, "decided_at" timestamptz not null, "comment" text null, "step_version" int not null, "subject_version" varchar(100) null, "ip" varchar(45) null, primary key ("id"));`);
    this.addSql(`create index "decision_tenant_id_workflow_id_decided_at_index" on "decision" ("tenant_id", "workflow_id", "decided_at");`);
    this.addSql(`create index "decision_tenant_id_decided_by_index" on "decision" ("tenant_id", "decided_by");`);
    this.addSql(`alter table "decision" add constraint "decision_once" unique ("tenant_id", "workflow_step_id");`);
    this.addSql(`alter table "decision" add constraint "decision_decision_check" check (decision in ('approved', 'rejected', 'skipped', 'expired'));`);

    this.addSql(`create table "idempotency" ("tenant_id" uuid not null, "actor" varchar(200) not null, "key" varchar(300) not null, "hash" varchar(64) not null, "answer" jsonb null, "recorded_at" timestamptz not null default now(), primary key ("tenant_id", "actor", "key"));`);

    this.addSql(`create table "milestone" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "pov_id" uuid not null, "phase_id" uuid not null, "name" varchar(200) not null, "description" text null, "due_date" timestamptz not null, "status" varchar(20) not null default 'PENDING', "completed_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "milestone_tenant_id_phase_id_index" on "milestone" ("tenant_id", "phase_id");`);
    this.addSql(`create index "milestone_tenant_id_pov_id_index" on "milestone" ("tenant_id", "pov_id");`);
    this.addSql(`create index "milestone_tenant_id_status_due_date_index" on "milestone" ("tenant_id", "status", "due_date");`);
    this.addSql(`alter table "milestone" add constraint "milestone_status_check" check (status in ('PENDING', 'COMPLETED', 'OVERDUE'));`);

    this.addSql(`create table "notification" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "user_id" uuid not null, "type" varchar(10) not null default 'in_app', "channel" varchar(255) null, "subject" varchar(300) not null, "body" text not null, "template_id" varchar(100) null, "trigger_event" varchar(100) null, "reference_type" varchar(50) null, "reference_id" uuid null, "status" varchar(10) not null default 'pending', "sent_at" timestamptz null, "delivered_at" timestamptz null, "failure_reason" text null, "retry_count" int not null default 0, "read_at" timestamptz null, "metadata" jsonb not null, primary key ("id"));`);
    this.addSql(`create index "notification_tenant_id_status_index" on "notification" ("tenant_id", "status");`);
    this.addSql(`create index "notification_tenant_id_type_index" on "notification" ("tenant_id", "type");`);
    this.addSql(`create index "notification_tenant_id_sent_at_index" on "notification" ("tenant_id", "sent_at");`);
    this.addSql(`create index "notification_tenant_id_user_id_read_at_index" on "notification" ("tenant_id", "user_id", "read_at");`);
    this.addSql(`create index "notification_tenant_id_reference_id_index" on "notification" ("tenant_id", "reference_id");`);
    this.addSql(`alter table "notification" add constraint "notification_type_check" check (type in ('email', 'in_app', 'sms', 'webhook'));`);
    this.addSql(`alter table "notification" add constraint "notification_status_check" check (status in ('pending', 'sent', 'failed', 'delivered', 'bounced'));`);

    this.addSql(`create table "operation" ("id" uuid not null, "tenant_id" uuid not null, "type" varchar(60) not null, "status" varchar(20) not null default 'running', "input" jsonb not null, "result" jsonb null, "created_by" uuid null, "created_at" timestamptz not null, "done_at" timestamptz null, "updated_at" timestamptz not null default now(), primary key ("id"));`);
    this.addSql(`create index "operation_tenant_id_created_at_index" on "operation" ("tenant_id", "created_at");`);
    this.addSql(`alter table "operation" add constraint "operation_status_check" check (status in ('running', 'done', 'failed'));`);

    this.addSql(`create table "outbox_event" ("id" bigserial primary key, "tenant_id" uuid not null, "name" varchar(100) not null, "entity_id" uuid not null, "story_id" uuid not null, "seq" bigint not null, "payload" jsonb not null, "tells" jsonb not null, "summary" text not null, "concerns" uuid[] not null default '{}', "actor" varchar(200) not null, "actor_name" varchar(255) not null, "at" timestamptz not null, "recorded_at" timestamptz not null default clock_timestamp(), "position" bigint null, "delivered_at" timestamptz null, "attempts" int not null default 0, "problem" text null);`);
    this.addSql(`alter table "outbox_event" add constraint "outbox_event_position_unique" unique ("position");`);
    this.addSql(`create index "outbox_event_tenant_id_story_id_id_index" on "outbox_event" ("tenant_id", "story_id", "id");`);
    this.addSql(`create index "outbox_event_tenant_id_entity_id_id_index" on "outbox_event" ("tenant_id", "entity_id", "id");`);
    this.addSql(`create index "outbox_event_tenant_id_position_index" on "outbox_event" ("tenant_id", "position");`);

    this.addSql(`create table "phase" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "pov_id" uuid not null, "name" varchar(200) not null, "description" text null, "type" varchar(20) not null, "position" int not null, "start_date" timestamptz not null, "end_date" timestamptz not null, "status" varchar(20) not null default 'NOT_STARTED', "details" jsonb null, "template_id" uuid null, "started_at" timestamptz null, "completed_at" timestamptz null, "approval_instance_id" uuid null, "submitted_at" timestamptz null, "returned_at" timestamptz null, "return_comment" text null, primary key ("id"));`);
    this.addSql(`create index "phase_tenant_id_pov_id_position_index" on "phase" ("tenant_id", "pov_id", "position");`);
    this.addSql(`create index "phase_tenant_id_template_id_index" on "phase" ("tenant_id", "template_id");`);
    this.addSql(`create index "phase_tenant_id_approval_instance_id_index" on "phase" ("tenant_id", "approval_instance_id");`);
    this.addSql(`alter table "phase" add constraint "phase_status_check" check (status in ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'BLOCKED'));`);
    this.addSql(`alter table "phase" add constraint "phase_type_check" check (type in ('PLANNING', 'EXECUTION', 'REVIEW'));`);
    this.addSql(`alter table "phase" add constraint "phase_dates_check" check (end_date >= start_date);`);

    this.addSql(`create table "phase_template" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "name" varchar(200) not null, "description" text null, "type" varchar(20) null, "is_default" boolean not null default false, "workflow" jsonb not null, primary key ("id"));`);
    this.addSql(`create index "phase_template_tenant_id_name_index" on "phase_template" ("tenant_id", "name");`);
    this.addSql(`create unique index "phase_template_one_default" on "phase_template" ("tenant_id") where is_default and deleted_at is null;`);
    this.addSql(`alter table "phase_template" add constraint "phase_template_type_check" check (type in ('PLANNING', 'EXECUTION', 'REVIEW'));`);

    this.addSql(`create table "pov" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "title" varchar(200) not null, "status" varchar(20) not null default 'PROJECTED', "status_since" timestamptz not null, "status_reason" text null, "start_date" timestamptz not null, "end_date" timestamptz not null, "objective" text null, "team_id" uuid null, "owner_id" uuid not null, "opportunity_id" varchar(100) null, "opportunity_name" varchar(200) null, "revenue" numeric null, "forecast_date" timestamptz null, "customer_name" varchar(200) null, "customer_contact" varchar(200) null, "partner_name" varchar(200) null, "partner_contact" varchar(200) null, "competitors" text[] not null default '{}', "solution" text null, "last_crm_sync" timestamptz null, "crm_sync_status" varchar(20) null, "documents" jsonb null, "feature_requests" jsonb null, "support_tickets" jsonb null, "blockers" jsonb null, "tags" text[] not null default '{}', "estimated_budget" numeric null, "budget_document" varchar(500) null, "resources" jsonb null, "metadata" jsonb null, "deal_close_date" date null, "quarter_end" date null, "quarter_type" varchar(10) null, primary key ("id"));`);
    this.addSql(`create index "pov_status_deal_close_date_index" on "pov" ("tenant_id", "status", "deal_close_date");`);
    this.addSql(`create index "pov_quarter_index" on "pov" ("tenant_id", "quarter_end", "quarter_type");`);
    this.addSql(`create index "pov_tenant_id_owner_id_index" on "pov" ("tenant_id", "owner_id");`);
    this.addSql(`create index "pov_tenant_id_team_id_index" on "pov" ("tenant_id", "team_id");`);
    this.addSql(`create index "pov_tenant_id_created_at_id_index" on "pov" ("tenant_id", "created_at", "id");`);
    this.addSql(`alter table "pov" add constraint "pov_status_check" check (status in ('PROJECTED', 'IN_PROGRESS', 'STALLED', 'VALIDATION', 'WON', 'LOST'));`);
    this.addSql(`alter table "pov" add constraint "pov_quarter_type_check" check (quarter_type in ('CALENDAR', 'FISCAL'));`);
    this.addSql(`alter table "pov" add constraint "pov_dates_check" check (end_date >= start_date);`);

    this.addSql(`create table "pov_activity" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "pov_id" uuid not null, "user_id" uuid null, "action" varchar(40) not null, "details" jsonb not null, primary key ("id"));`);
    this.addSql(`create index "pov_activity_tenant_id_pov_id_created_at_index" on "pov_activity" ("tenant_id", "pov_id", "created_at");`);
    this.addSql(`create index "pov_activity_tenant_id_user_id_index" on "pov_activity" ("tenant_id", "user_id");`);

    this.addSql(`create table "pov_kpi" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "pov_id" uuid not null, "template_id" uuid null, "name" varchar(200) not null, "target" jsonb null, "current" jsonb null, "weight" real null, "history" jsonb not null default '[]', primary key ("id"));`);
    this.addSql(`create index "pov_kpi_tenant_id_pov_id_index" on "pov_kpi" ("tenant_id", "pov_id");`);
    this.addSql(`create index "pov_kpi_tenant_id_template_id_index" on "pov_kpi" ("tenant_id", "template_id");`);

    this.addSql(`create table "pov_launch" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "pov_id" uuid not null, "confirmed" boolean not null default false, "checklist" jsonb not null, "checked_at" timestamptz not null, "launched_at" timestamptz null, "launched_by" uuid null, "reminded_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "pov_launch_tenant_id_pov_id_index" on "pov_launch" ("tenant_id", "pov_id");`);
    this.addSql(`create index "pov_launch_tenant_id_launched_by_index" on "pov_launch" ("tenant_id", "launched_by");`);
    this.addSql(`create unique index "pov_launch_once" on "pov_launch" ("tenant_id", "pov_id") where deleted_at is null;`);

    this.addSql(`create table "process" ("workflow_id" varchar(120) not null, "tenant_id" uuid not null, "type" varchar(60) not null, "entity_type" varchar(60) not null, "entity_id" uuid not null, "title" varchar(300) not null, "owner_id" uuid null, "started_by" uuid null, "status" varchar(20) not null default 'starting', "stage" varchar(60) null, "waiting_for" jsonb null, "future" jsonb not null default '[]', "result" varchar(60) null, "next_wake_at" timestamptz null, "seen_seq" bigint not null default '0', "run_id" varchar(60) null, "stuck_reason" text null, "started_at" timestamptz not null, "closed_at" timestamptz null, "updated_at" timestamptz not null default now(), primary key ("workflow_id"));`);
    this.addSql(`create index "process_tenant_id_status_next_wake_at_index" on "process" ("tenant_id", "status", "next_wake_at");`);
    this.addSql(`create index "process_tenant_id_entity_id_index" on "process" ("tenant_id", "entity_id");`);
    this.addSql(`create index "process_tenant_id_type_started_at_index" on "process" ("tenant_id", "type", "started_at");`);
    this.addSql(`alter table "process" add constraint "process_status_check" check (status in ('starting', 'waiting', 'running', 'closed', 'failed'));`);

    this.addSql(`create table "rate_limit_bucket" ("key" varchar(255) not null, "points" int not null default 0, "expire" bigint null, primary key ("key"));`);

    this.addSql(`create table "rejected_input" ("id" bigserial primary key, "tenant_id" uuid not null, "workflow_id" varchar(120) not null, "name" varchar(200) not null, "recorded_at" timestamptz not null default now());`);
    this.addSql(`create index "rejected_input_tenant_id_workflow_id_index" on "rejected_input" ("tenant_id", "workflow_id");`);

    this.addSql(`create table "role" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "code" varchar(50) not null, "name" varchar(100) not null, "built_in" boolean not null default false, primary key ("id"));`);
    this.addSql(`alter table "role" add constraint "role_code_unique" unique ("tenant_id", "code");`);

    this.addSql(`create table "role_permission" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "role" varchar(50) not null, "subject" varchar(50) not null, "action" varchar(50) not null, "scope" varchar(4) not null, primary key ("id"));`);
    this.addSql(`alter table "role_permission" add constraint "role_permission_cell_unique" unique ("tenant_id", "role", "subject", "action");`);
    this.addSql(`alter table "role_permission" add constraint "role_permission_scope_check" check (scope in ('all', 'own', 'team'));`);

    this.addSql(`create table "session" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "user_id" uuid not null, "cookie_hash" varchar(64) null, "refresh_hash" varchar(64) not null, "previous_refresh_hash" varchar(64) null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, "ip" varchar(45) null, "user_agent" varchar(500) null, primary key ("id"));`);
    this.addSql(`create index "session_tenant_id_user_id_index" on "session" ("tenant_id", "user_id");`);
    this.addSql(`create index "session_refresh_hash_index" on "session" ("refresh_hash");`);
    this.addSql(`create index "session_previous_refresh_hash_index" on "session" ("previous_refresh_hash");`);
    this.addSql(`create index "session_cookie_hash_index" on "session" ("cookie_hash");`);

    this.addSql(`create table "stream" ("entity_id" uuid not null, "tenant_id" uuid not null, "seq" bigint not null, primary key ("entity_id"));`);
    this.addSql(`create index "stream_tenant_id_index" on "stream" ("tenant_id");`);

    this.addSql(`create table "team" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "name" varchar(220) not null, primary key ("id"));`);
    this.addSql(`create index "team_tenant_id_created_at_index" on "team" ("tenant_id", "created_at");`);

    this.addSql(`create table "team_member" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "team_id" uuid not null, "pov_id" uuid not null, "user_id" uuid not null, "role" varchar(20) not null, primary key ("id"));`);
    this.addSql(`create index "team_member_tenant_id_pov_id_index" on "team_member" ("tenant_id", "pov_id");`);
    this.addSql(`create index "team_member_tenant_id_user_id_pov_id_index" on "team_member" ("tenant_id", "user_id", "pov_id");`);
    this.addSql(`create index "team_member_tenant_id_team_id_index" on "team_member" ("tenant_id", "team_id");`);
    this.addSql(`create unique index "team_member_user_unique" on "team_member" ("tenant_id", "team_id", "user_id") where deleted_at is null;`);
    this.addSql(`alter table "team_member" add constraint "team_member_role_check" check (role in ('OWNER', 'PROJECT_MANAGER', 'SALES_ENGINEER', 'TECHNICAL_TEAM'));`);

    this.addSql(`create table "tenant" ("id" uuid not null, "name" varchar(200) not null, "slug" varchar(63) not null, "sandbox" boolean not null default false, "time_zone" varchar(64) not null default 'UTC', "currency" varchar(3) not null default 'EUR', "settings" jsonb not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "tenant" add constraint "tenant_slug_unique" unique ("slug");`);

    this.addSql(`create table "tenant_clock" ("tenant_id" uuid not null, "offset_ms" bigint not null default '0', "frozen_at" timestamptz null, "version" int not null default 1, primary key ("tenant_id"));`);

    this.addSql(`create table "app_user" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "username" varchar(100) not null, "full_name" varchar(255) not null, "email" varchar(255) not null, "password_hash" varchar(255) null, "role" varchar(50) not null default 'SALESPERSON', "active" boolean not null default true, "last_login" timestamptz null, "failed_sign_ins" int not null default 0, "locked_until" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "app_user_tenant_id_role_index" on "app_user" ("tenant_id", "role");`);
    this.addSql(`alter table "app_user" add constraint "app_user_username_unique" unique ("tenant_id", "username");`);
    this.addSql(`alter table "app_user" add constraint "app_user_email_unique" unique ("tenant_id", "email");`);

    this.addSql(`create table "workflow_instance" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "template_id" uuid null, "type" varchar(20) not null default 'approval', "title" varchar(200) not null, "reference_type" varchar(50) not null, "reference_id" uuid not null, "story_id" uuid not null, "parent" jsonb null, "status" varchar(20) not null default 'pending', "mode" varchar(20) not null default 'sequence', "requester_id" uuid null, "exclude_requester" boolean not null default true, "member_ids" uuid[] not null default '{}', "sla_deadline" timestamptz null, "when_due" varchar(10) not null default 'overdue', "is_overdue" boolean not null default false, "subject_version" varchar(100) null, "completed_at" timestamptz null, "cancelled_at" timestamptz null, "cancel_reason" text null, "closed_at" timestamptz null, "metadata" jsonb not null, primary key ("id"));`);
    this.addSql(`create index "workflow_instance_tenant_id_status_index" on "workflow_instance" ("tenant_id", "status");`);
    this.addSql(`create index "workflow_instance_tenant_id_template_id_index" on "workflow_instance" ("tenant_id", "template_id");`);
    this.addSql(`create index "workflow_instance_tenant_id_reference_type_reference_id_index" on "workflow_instance" ("tenant_id", "reference_type", "reference_id");`);
    this.addSql(`create index "workflow_instance_tenant_id_sla_deadline_is_overdue_index" on "workflow_instance" ("tenant_id", "sla_deadline", "is_overdue");`);
    this.addSql(`create index "workflow_instance_tenant_id_created_at_index" on "workflow_instance" ("tenant_id", "created_at");`);
    this.addSql(`create index "workflow_instance_tenant_id_requester_id_index" on "workflow_instance" ("tenant_id", "requester_id");`);
    this.addSql(`create index "workflow_instance_tenant_id_story_id_index" on "workflow_instance" ("tenant_id", "story_id");`);
    this.addSql(`alter table "workflow_instance" add constraint "workflow_instance_type_check" check (type in ('PHASE_APPROVAL', 'approval', 'notification', 'automation'));`);
    this.addSql(`alter table "workflow_instance" add constraint "workflow_instance_status_check" check (status in ('pending', 'in_progress', 'completed', 'rejected', 'cancelled'));`);
    this.addSql(`alter table "workflow_instance" add constraint "workflow_instance_mode_check" check (mode in ('sequence', 'parallel-all', 'parallel-any'));`);
    this.addSql(`alter table "workflow_instance" add constraint "workflow_instance_when_due_check" check (when_due in ('overdue', 'expired'));`);

    this.addSql(`create table "workflow_step" ("id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null, "workflow_id" uuid not null, "step_id" varchar(60) not null, "name" varchar(200) not null, "step_order" int not null, "role" varchar(50) null, "assignee_ids" uuid[] not null default '{}', "open_to" text[] not null default '{}', "status" varchar(20) not null default 'pending', "comment" text null, "metadata" jsonb not null, "opened_at" timestamptz null, "reminded_at" timestamptz null, "reminders" int not null default 0, "decided_by" uuid null, "decided_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "workflow_step_tenant_id_workflow_id_step_order_index" on "workflow_step" ("tenant_id", "workflow_id", "step_order");`);
    this.addSql(`create index "workflow_step_tenant_id_status_index" on "workflow_step" ("tenant_id", "status");`);
    this.addSql(`create index "workflow_step_tenant_id_decided_by_index" on "workflow_step" ("tenant_id", "decided_by");`);
    this.addSql(`alter table "workflow_step" add constraint "workflow_step_name_unique" unique ("tenant_id", "workflow_id", "step_id");`);
    this.addSql(`alter table "workflow_step" add constraint "workflow_step_status_check" check (status in ('pending', 'in_progress', 'approved', 'rejected', 'skipped', 'delegated', 'expired'));`);

    this.addSql(`alter table "api_key" enable row level security;`);
    this.addSql(`alter table "api_key" force row level security;`);
    this.addSql(`create policy "tenant" on "api_key" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "audit_log" enable row level security;`);
    this.addSql(`alter table "audit_log" force row level security;`);
    this.addSql(`create policy "tenant" on "audit_log" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "decision" enable row level security;`);
    this.addSql(`alter table "decision" force row level security;`);
    this.addSql(`create policy "tenant" on "decision" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "idempotency" enable row level security;`);
    this.addSql(`alter table "idempotency" force row level security;`);
    this.addSql(`create policy "tenant" on "idempotency" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "milestone" enable row level security;`);
    this.addSql(`alter table "milestone" force row level security;`);
    this.addSql(`create policy "tenant" on "milestone" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "notification" enable row level security;`);
    this.addSql(`alter table "notification" force row level security;`);
    this.addSql(`create policy "tenant" on "notification" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "operation" enable row level security;`);
    this.addSql(`alter table "operation" force row level security;`);
    this.addSql(`create policy "tenant" on "operation" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "outbox_event" enable row level security;`);
    this.addSql(`alter table "outbox_event" force row level security;`);
    this.addSql(`create policy "tenant" on "outbox_event" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "phase" enable row level security;`);
    this.addSql(`alter table "phase" force row level security;`);
    this.addSql(`create policy "tenant" on "phase" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "phase_template" enable row level security;`);
    this.addSql(`alter table "phase_template" force row level security;`);
    this.addSql(`create policy "tenant" on "phase_template" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "pov" enable row level security;`);
    this.addSql(`alter table "pov" force row level security;`);
    this.addSql(`create policy "tenant" on "pov" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "pov_activity" enable row level security;`);
    this.addSql(`alter table "pov_activity" force row level security;`);
    this.addSql(`create policy "tenant" on "pov_activity" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "pov_kpi" enable row level security;`);
    this.addSql(`alter table "pov_kpi" force row level security;`);
    this.addSql(`create policy "tenant" on "pov_kpi" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "pov_launch" enable row level security;`);
    this.addSql(`alter table "pov_launch" force row level security;`);
    this.addSql(`create policy "tenant" on "pov_launch" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "process" enable row level security;`);
    this.addSql(`alter table "process" force row level security;`);
    this.addSql(`create policy "tenant" on "process" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "rejected_input" enable row level security;`);
    this.addSql(`alter table "rejected_input" force row level security;`);
    this.addSql(`create policy "tenant" on "rejected_input" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "role" enable row level security;`);
    this.addSql(`alter table "role" force row level security;`);
    this.addSql(`create policy "tenant" on "role" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "role_permission" enable row level security;`);
    this.addSql(`alter table "role_permission" force row level security;`);
    this.addSql(`create policy "tenant" on "role_permission" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "session" enable row level security;`);
    this.addSql(`alter table "session" force row level security;`);
    this.addSql(`create policy "tenant" on "session" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "stream" enable row level security;`);
    this.addSql(`alter table "stream" force row level security;`);
    this.addSql(`create policy "tenant" on "stream" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "team" enable row level security;`);
    this.addSql(`alter table "team" force row level security;`);
    this.addSql(`create policy "tenant" on "team" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "team_member" enable row level security;`);
    this.addSql(`alter table "team_member" force row level security;`);
    this.addSql(`create policy "tenant" on "team_member" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "tenant_clock" enable row level security;`);
    this.addSql(`alter table "tenant_clock" force row level security;`);
    this.addSql(`create policy "tenant" on "tenant_clock" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "app_user" enable row level security;`);
    this.addSql(`alter table "app_user" force row level security;`);
    this.addSql(`create policy "tenant" on "app_user" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "workflow_instance" enable row level security;`);
    this.addSql(`alter table "workflow_instance" force row level security;`);
    this.addSql(`create policy "tenant" on "workflow_instance" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
    this.addSql(`alter table "workflow_step" enable row level security;`);
    this.addSql(`alter table "workflow_step" force row level security;`);
    this.addSql(`create policy "tenant" on "workflow_step" using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid) with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);`);
  }

  override down(): void {
    for (const table of tables) this.addSql(`drop table "${table}" cascade;`);
  }

}

const tables = [
  'api_key', 'audit_log', 'decision', 'idempotency', 'milestone', 'notification', 'operation', 'outbox_event',
  'phase', 'phase_template', 'pov', 'pov_activity', 'pov_kpi', 'pov_launch', 'process', 'rate_limit_bucket',
  'rejected_input', 'role', 'role_permission', 'session', 'stream', 'team', 'team_member', 'tenant', 'tenant_clock',
  'app_user', 'workflow_instance', 'workflow_step',
];
