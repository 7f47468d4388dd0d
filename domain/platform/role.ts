import { z } from 'zod';

export const roleCodes = [
  'SUPER_ADMIN',
  'ADMIN',
  'SALES_MANAGEMENT',
  'SALESPERSON',
  'ACCOUNTING',
  'READ_ONLY',
] as const;
export type RoleCode = (typeof roleCodes)[number];

/** Names that older systems use for the six roles (PLT-029), compared without case and punctuation. */
const aliases: Record<string, RoleCode> = {
  superadmin: 'SUPER_ADMIN',
  admin: 'ADMIN',
  salesmanagement: 'SALES_MANAGEMENT',
  salesmanager: 'SALES_MANAGEMENT',
  manager: 'SALES_MANAGEMENT',
  salesperson: 'SALESPERSON',
  salesrep: 'SALESPERSON',
  user: 'SALESPERSON',
  accounting: 'ACCOUNTING',
  financeuser: 'ACCOUNTING',
  readonly: 'READ_ONLY',
};

/** The code of a role by any of its names; unknown names are kept: they may be custom roles. */
export const roleCode = (name: string): string => {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return (Object.hasOwn(aliases, plain) && aliases[plain]) || name;
};

export const Role = z.string().trim().min(1).max(50).transform(roleCode).meta({ id: 'Role', example: 'SALESPERSON' });

const labels: Record<RoleCode, string> = {
  SUPER_ADMIN: 'Super admin',
  ADMIN: 'Admin',
  SALES_MANAGEMENT: 'Sales management',
  SALESPERSON: 'Salesperson',
  ACCOUNTING: 'Accounting',
  READ_ONLY: 'Read only',
};
export const roleLabel = (code: string): string =>
  (Object.hasOwn(labels, code) ? labels[code as RoleCode] : undefined) ??
  code
    .toLowerCase()
    .replace(/_/g, ' ')
    .replace(/^./, c => c.toUpperCase());
