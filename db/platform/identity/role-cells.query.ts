import type { PermissionRow } from '../../../domain/platform/permission.ts';
import type { Reader } from '../reader.ts';
import { sql } from '../sql.ts';

export type Cells = readonly Omit<PermissionRow, 'role'>[];

const known = new Map<string, { version: string; cells: Cells }>();
const knownMax = 5_000;

/**
 * What a role may do at this version. It is read once for each version, after the version was: never older than it.
 * The version is drawn by a trigger with each change of a cell, whoever makes it.
 */
export async function cellsOf(read: Reader, role: string, version: string | null): Promise<Cells> {
  const key = `${read.tenantId} ${role}`;
  const kept = known.get(key);
  if (kept && kept.version === version) return kept.cells;
  const cells = await read.rows<Cells[number]>(
    sql`select subject, action, scope from role_permission where role = ${role} and deleted_at is null`,
  );
  if (version === null) return cells;
  if (known.size >= knownMax) known.delete(known.keys().next().value!);
  known.set(key, { version, cells });
  return cells;
}
