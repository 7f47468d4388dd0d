import type { RoleCode } from '../../domain/platform/role.ts';

/** Everybody of the demo tenant; all but `ravi` are those that a newcomer is told of. All have the same password. */
export const people = [
  ['admin', 'Ines Kvam', 'ADMIN'],
  ['manager', 'Tomás Vidal', 'SALES_MANAGEMENT'],
  ['sales', 'Priya Raman', 'SALESPERSON'],
  ['sales2', 'Jonah Adeyemi', 'SALESPERSON'],
  ['accounting', 'Sofia Berg', 'ACCOUNTING'],
  ['readonly', 'Marcus Lindqvist', 'READ_ONLY'],
  ['dana', 'Dana Okafor', 'SALESPERSON'],
  ['ravi', 'Ravi Menon', 'SALESPERSON'],
] as const satisfies readonly (readonly [string, string, RoleCode])[];

export type Person = (typeof people)[number][0];
