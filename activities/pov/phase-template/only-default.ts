import { PhaseTemplate } from '../../../db/pov/phase-template.entity.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Takes the default away from the others, so that at most one template of the tenant is it (POV-066). */
export async function onlyDefault({ em }: VerbContext, templateId: string): Promise<void> {
  const others = await em.find(PhaseTemplate, { isDefault: true, deletedAt: null, id: { $ne: templateId } });
  for (const other of others) other.isDefault = false;
  // Before the new one is written: the index allows one default at any moment.
  await em.flush();
}
