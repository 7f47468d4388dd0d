import { LockMode } from '@mikro-orm/core';
import type { z } from 'zod';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import {
  PatchSettings, Settings, settingsChanged, webhookLogDaysUsual,
} from '../../../domain/platform/settings.contract.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { monthAfter } from '../../../domain/platform/clock.ts';
import { openProcesses } from '../process/open-processes.ts';
import { verb } from '../verb.ts';

/** Changes what holds for the whole tenant (PLT-031). */
export const updateSettings = verb(
  { name: 'update-settings', needs: 'setting:manage', input: PatchSettings, output: Settings },
  async ({ em, tenantId, emit, now }, wanted) => {
    const tenant = await em.findOneOrFail(Tenant, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const fields = (['name', 'timeZone', 'currency'] as const).filter(
      field => wanted[field] !== undefined && wanted[field] !== tenant[field],
    );
    for (const field of fields) tenant[field] = wanted[field]!;
    const kept = keptOf(tenant.settings as Partial<Kept>);
    const next: Kept = { ...kept, ...pick(wanted) };
    const { dealsSunset } = next;
    // Whoever uses the old name has a month to go over (MIG-055).
    if (dealsSunset !== null && dealsSunset !== kept.dealsSunset && dealsSunset < monthAfter(now))
      throw invalidField('dealsSunset', `must be at least a month ahead: ${monthAfter(now)} or later`);
    const others = (Object.keys(kept) as (keyof Kept)[]).filter(field => next[field] !== kept[field]);
    if (others.length) tenant.settings = { ...tenant.settings, ...next };
    const changed = [...fields, ...others];
    const told = fields.includes('timeZone') ? await openProcesses(em) : [];
    if (changed.length) emit(settingsChanged, { tenantId, fields: changed, processes: told });
    const { name, slug, sandbox, timeZone, currency } = tenant;
    return { name, slug, sandbox, timeZone, currency, ...next };
  },
);

/** What has no column of its own, and what it is until somebody sets it. */
const unset = {
  auditRetentionDays: null, dealsSunset: null, fiscalYearStart: 1, webhookLogDays: webhookLogDaysUsual, accent: null,
  logoText: null,
} satisfies Partial<z.output<typeof Settings>>;
const names = Object.keys(unset) as (keyof typeof unset)[];
type Kept = Pick<z.output<typeof Settings>, keyof typeof unset>;

const keptOf = (settings: Partial<Kept>): Kept => ({ ...unset, ...pick(settings) });
const pick = (given: Partial<Kept>): Partial<Kept> =>
  Object.fromEntries(names.filter(name => given[name] !== undefined).map(name => [name, given[name]]));
