import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { systemActor } from '../system-actor.ts';
import { run } from '../verb.ts';
import { gridsFingerprint, syncPermissions } from './sync-permissions.ts';

/** After an upgrade: gives each tenant the cells that new areas bring. Answers how many tenants lacked them. */
export async function syncTenants(): Promise<number> {
  const behind = await readerOf('').rows<{ id: string }>(
    sql`select id from tenant where settings->>'permissionGrids' is distinct from ${gridsFingerprint()} order by id`,
  );
  for (const { id } of behind) await run(syncPermissions, {}, { actor: systemActor(id) });
  return behind.length;
}
