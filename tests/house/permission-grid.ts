import { readFile, writeFile } from 'node:fs/promises';
import { permissions } from '../../domain/index.ts';
import type { PermissionGrid } from '../../domain/platform/permission.ts';
import { roleCodes, type RoleCode } from '../../domain/platform/role.ts';

const file = new URL('./permissions.golden.txt', import.meta.url);

/** The full matrix as a text: one line for each permission, one column for each role. */
export function drawGrid(grid: PermissionGrid = permissions): string {
  const cells = Object.entries(grid)
    .flatMap(([subject, actions]) =>
      Object.entries(actions).map(([action, scopes]) => [
        `${subject}:${action}`,
        ...roleCodes.map(role => scopes[role] ?? '-'),
      ]),
    )
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  const rows = [['permission', ...roleCodes], ...cells];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(r => r[i]!.length)));
  return (
    rows
      .map(r =>
        r
          .map((text, i) => text.padEnd(widths[i]!))
          .join('  ')
          .trimEnd(),
      )
      .join('\n') + '\n'
  );
}

/** The matrix as it was last agreed to; `UPDATE_GOLDEN=1 npm test tests/house` writes the present one. */
export async function goldenGrid(): Promise<string> {
  if (process.env['UPDATE_GOLDEN']) await writeFile(file, drawGrid());
  return readFile(file, 'utf8');
}

/** Does the role have the permission, by the golden text? */
export function allowedBy(golden: string): (needs: string, role: RoleCode) => boolean {
  const [head, ...lines] = golden
    .trim()
    .split('\n')
    .map(line => line.split(/\s+/)) as [string[], ...string[][]];
  const rows = new Map(lines.map(line => [line[0]!, line]));
  return (needs, role) => {
    const row = rows.get(needs);
    if (!row) throw new Error(`The golden grid has no ${needs}`);
    return row[head.indexOf(role)] !== '-';
  };
}
