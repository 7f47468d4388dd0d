import { approvals } from './approvals/index.ts';
import { crm } from './crm/index.ts';
import { inventory } from './inventory/index.ts';
import { platform } from './platform/index.ts';
import { pov } from './pov/index.ts';
import type { AnyEvent, Endpoints } from './platform/contract.ts';
import type { PermissionGrid } from './platform/permission.ts';
import type { ProcessContract } from './platform/process.ts';
import { plural, type AnyRecord } from './platform/record.ts';

/** What an area adds to the registers. */
export interface AreaContracts {
  endpoints: Record<string, Endpoints>;
  events: AnyEvent[];
  /** Declared records; their endpoints and events come by themselves. */
  records?: AnyRecord[];
  processes: ProcessContract[];
  permissions: PermissionGrid;
}

/** Register: one line per area, in the order of `areas.ts`. */
const all: AreaContracts[] = [platform, approvals, crm, inventory, pov];

export const records: AnyRecord[] = all.flatMap(a => a.records ?? []);
/** `productCategories` of `product-category`. */
const pluralOf = ({ name }: AnyRecord): string => plural(name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase()));
const groups: [name: string, of: Endpoints][] = [
  ...all.flatMap(a => Object.entries(a.endpoints)),
  ...records.map((r): [string, Endpoints] => [pluralOf(r), r.endpoints]),
];
export const endpoints: Endpoints = Object.fromEntries(
  groups.flatMap(([group, es]) => Object.entries(es).map(([name, e]) => [`${group}.${name}`, e])),
);
export const events: AnyEvent[] = [...all.flatMap(a => a.events), ...records.flatMap(r => Object.values(r.events))];
export const processes: ProcessContract[] = all.flatMap(a => a.processes);
export const permissions: PermissionGrid = Object.assign({}, ...all.map(a => a.permissions)) as PermissionGrid;
