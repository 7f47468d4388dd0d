import type { z } from 'zod';
import { webhookLogDaysUsual, type Settings } from '../../domain/platform/settings.contract.ts';
import { readerOf, type Reader } from './reader.ts';
import { sql } from './sql.ts';

export interface TenantRow {
  id: string;
  name: string;
  slug: string;
  sandbox: boolean;
  timeZone: string;
  currency: string;
}

/** Before anybody is known: the table of tenants is the only one without row-level security. */
export const tenantBySlug = (slug: string): Promise<TenantRow | undefined> =>
  readerOf('').row<TenantRow>(
    sql`select id, name, slug, sandbox, time_zone as "timeZone", currency from tenant where slug = ${slug}`,
  );

export const tenantIds = async (): Promise<string[]> =>
  (await readerOf('').rows<{ id: string }>(sql`select id from tenant order by id`)).map(({ id }) => id);

/** The tenant that the reader reads for. */
export const tenantSettings = async (read: Reader): Promise<z.output<typeof Settings>> =>
  (await read.row<z.output<typeof Settings>>(
    sql`select name, slug, sandbox, time_zone as "timeZone", currency,
    (settings->>'auditRetentionDays')::int as "auditRetentionDays", settings->>'dealsSunset' as "dealsSunset",
    coalesce((settings->>'fiscalYearStart')::int, 1) as "fiscalYearStart",
    coalesce((settings->>'webhookLogDays')::int, ${webhookLogDaysUsual}) as "webhookLogDays",
    settings->>'accent' as accent, settings->>'logoText' as "logoText"
    from tenant where id = ${read.tenantId}::uuid`,
  ))!;
