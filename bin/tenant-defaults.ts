import { syncTenants } from '../activities/platform/identity/sync-tenants.ts';
import { systemActor } from '../activities/platform/system-actor.ts';
import { run } from '../activities/platform/verb.ts';
import { seedAccountTypes } from '../activities/crm/seed-account-types.ts';
import { seedOpportunityStages } from '../activities/crm/seed-opportunity-stages.ts';
import { seedScoringRules } from '../activities/crm/scoring/scoring-verbs.ts';
import { seedPhaseTemplates } from '../activities/pov/phase-template/seed-phase-templates.ts';
import { readerOf } from '../db/platform/reader.ts';
import { sql } from '../db/platform/sql.ts';

/**
 * What every tenant has from its first moment beside its roles (PLT-125), one verb for each area; running it again
 * doubles nothing.
 */
const defaults = [seedAccountTypes, seedOpportunityStages, seedPhaseTemplates, seedScoringRules];

export async function seedDefaults(tenantId: string): Promise<void> {
  for (const seed of defaults) await run(seed, {}, { actor: systemActor(tenantId) });
}

/** After an upgrade: gives each tenant the rights and defaults that the new version brings. */
export async function backfillTenants(): Promise<void> {
  await syncTenants();
  const tenants = await readerOf('').rows<{ id: string }>(
    sql`select id from tenant where not settings ? 'seeding' order by id`,
  );
  for (const { id } of tenants) await seedDefaults(id);
}
