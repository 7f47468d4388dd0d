import { z } from 'zod';
import { Day } from './clock.ts';
import { endpoint, event } from './contract.ts';
import { line } from './field.ts';
import { Id } from './id.ts';
import { Accent, LogoText } from './theme/theme.ts';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
const currencies = new Set(Intl.supportedValuesOf('currency'));

export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be the name of a time zone, as Europe/Oslo')
  .meta({ id: 'TimeZone', example: 'Europe/Oslo' });
export const Currency = z
  .string()
  .toUpperCase()
  .refine(code => currencies.has(code), 'must be a currency of ISO 4217')
  .meta({ id: 'Currency', example: 'EUR' });

/** Days that what webhooks were told is kept for, where a tenant does not say. */
export const webhookLogDaysUsual = 30;

/** What holds for the whole tenant. */
export const Settings = z
  .object({
    name: z.string().meta({ example: 'Meridian Edge' }),
    slug: z.string().meta({ description: 'Named at sign-in', example: 'demo' }),
    sandbox: z.boolean().meta({ description: 'Whether its clock can be moved' }),
    timeZone: z.string(),
    currency: z.string(),
    auditRetentionDays: z
      .int()
      .nullable()
      .meta({ description: 'Older rows of the audit log go to the archive; null keeps all in the log' }),
    dealsSunset: Day.nullable().meta({ description: 'From this day on /api/crm/deals is gone; null keeps it' }),
    fiscalYearStart: z.int().meta({ description: 'The month with which the fiscal year begins, 1 to 12', example: 4 }),
    webhookLogDays: z
      .int()
      .meta({ description: 'What webhooks were told longer ago is removed with its tries', example: 30 }),
    accent: z.string().nullable().meta({ description: 'The colour of buttons and links; null: the product’s own' }),
    logoText: z.string().nullable().meta({ description: 'Stands in the mark of the shell; null: the product’s own' }),
  })
  .meta({ id: 'Settings' });
export const PatchSettings = z
  .object({
    name: line(),
    timeZone: TimeZone,
    currency: Currency,
    auditRetentionDays: z.int().min(1).max(36_500).nullable(),
    dealsSunset: Day.nullable(),
    fiscalYearStart: z.int().min(1).max(12),
    webhookLogDays: z.int().min(1).max(3650),
    accent: Accent.nullable(),
    logoText: LogoText.nullable(),
  })
  .partial()
  .meta({ id: 'PatchSettings' });

const path = '/api/admin/settings';
export const settingsEndpoints = {
  read: endpoint({ method: 'GET', path, needs: 'setting:read', returns: Settings, summary: 'Settings of the tenant' }),
  update: endpoint({
    method: 'PATCH',
    path,
    needs: 'setting:manage',
    body: PatchSettings,
    returns: Settings,
    summary: 'Change settings of the tenant',
  }),
};

/** Sentences of processes name times: those that are open say them anew. */
export const settingsChanged = event({
  name: 'platform.settings.changed',
  payload: z.object({
    tenantId: Id,
    fields: z.array(z.string()),
    processes: z.array(z.object({ type: z.string(), entityId: Id })),
  }),
  hides: ['processes'],
  entity: p => p.tenantId,
  tells: p => p.processes,
  says: p => `changed ${p.fields.join(', ')} of the tenant`,
});
