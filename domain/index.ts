import { approvals } from './approvals/index.ts';
import { platform } from './platform/index.ts';
import { pov } from './pov/index.ts';
import type { AnyEvent, Endpoints } from './platform/contract.ts';
import type { PermissionGrid } from './platform/permission.ts';
import type { ProcessContract } from './platform/process.ts';

/** What an area adds to the registers. */
export interface AreaContracts {
  endpoints: Record<string, Endpoints>;
  events: AnyEvent[];
  processes: ProcessContract[];
  permissions: PermissionGrid;
}

/** Register: one line per area, in the order of `areas.ts`. */
const all: AreaContracts[] = [platform, approvals, pov];

export const endpoints: Endpoints = Object.fromEntries(
  all.flatMap(a =>
    Object.entries(a.endpoints).flatMap(([group, es]) =>
      Object.entries(es).map(([name, e]) => [`${group}.${name}`, e]),
    ),
  ),
);
export const events: AnyEvent[] = all.flatMap(a => a.events);
export const processes: ProcessContract[] = all.flatMap(a => a.processes);
export const permissions: PermissionGrid = Object.assign({}, ...all.map(a => a.permissions)) as PermissionGrid;
