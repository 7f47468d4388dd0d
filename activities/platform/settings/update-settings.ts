import { LockMode } from '@mikro-orm/core';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { PatchSettings, Settings, settingsChanged } from '../../../domain/platform/settings.contract.ts';
import { openProcesses } from '../process/open-processes.ts';
import { verb } from '../verb.ts';

/** Changes what holds for the whole tenant (PLT-031). */
export const updateSettings = verb(
  { name: 'update-settings', needs: 'setting:manage', input: PatchSettings, output: Settings },
  async ({ em, tenantId, emit }, wanted) => {
    const tenant = await em.findOneOrFail(Tenant, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const fields = (['name', 'timeZone', 'currency'] as const).filter(
      field => wanted[field] !== undefined && wanted[field] !== tenant[field],
    );
    for (const field of fields) tenant[field] = wanted[field]!;
    const kept = (tenant.settings['auditRetentionDays'] as number | undefined) ?? null;
    const { auditRetentionDays = kept } = wanted;
    if (auditRetentionDays !== kept) tenant.settings = { ...tenant.settings, auditRetentionDays };
    const changed = [...fields, ...(auditRetentionDays === kept ? [] : ['auditRetentionDays'])];
    const told = fields.includes('timeZone') ? await openProcesses(em) : [];
    if (changed.length) emit(settingsChanged, { tenantId, fields: changed, processes: told });
    const { name, slug, sandbox, timeZone, currency } = tenant;
    return { name, slug, sandbox, timeZone, currency, auditRetentionDays };
  },
);
