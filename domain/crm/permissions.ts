import { grant, type PermissionGrid } from '../platform/permission.ts';

const readers = { ...grant.managers, ACCOUNTING: 'all', READ_ONLY: 'all' } as const;
/** A part of a record: changed by whoever may change that one. */
const changers = { ...grant.managers, SALESPERSON: 'team' } as const;
const ofItsParent = {
  read: { ...readers, SALESPERSON: 'team' }, create: changers, update: changers, delete: changers, restore: changers,
} as const;

/** What people do with accounts and contacts: a salesperson their own, without deleting. */
const work = (scope: 'own' | 'team') => ({
  read: { ...readers, SALESPERSON: scope },
  create: { ...grant.managers, SALESPERSON: scope },
  update: { ...grant.managers, SALESPERSON: scope },
  delete: grant.managers, restore: grant.managers,
});

/** PLT-T2 and PLT-T6. A salesperson's contacts are those of their accounts, whoever entered them. */
export const crmPermissions = {
  account: {
    read: { ...readers, SALESPERSON: 'own' },
    create: { ...grant.managers, SALESPERSON: 'own' },
    update: { ...grant.managers, SALESPERSON: 'own' },
    delete: grant.managers, restore: grant.managers, reassign: grant.managers, merge: grant.managers,
  },
  contact: {
    read: { ...readers, SALESPERSON: 'team' },
    create: { ...grant.managers, SALESPERSON: 'team' },
    update: { ...grant.managers, SALESPERSON: 'team' },
    delete: grant.managers, restore: grant.managers, merge: grant.managers,
  },
  /** Whoever may not copy takes nothing along of what pages show of customers (CRM-117). */
  'customer-data': { copy: { ...grant.managers, SALESPERSON: 'all', READ_ONLY: 'all' } },
  duplicate: { read: grant.managers, create: grant.managers, update: grant.managers },
  interaction: work('team'),
  task: work('team'),
  ticket: work('team'),
  group: work('own'),
  opportunity: {
    read: { ...readers, SALESPERSON: 'own' },
    create: { ...grant.managers, SALESPERSON: 'own' },
    update: { ...grant.managers, SALESPERSON: 'own' },
    delete: grant.managers, restore: grant.managers, reassign: grant.managers,
  },
  'opportunity-line-item': ofItsParent,
  'opportunity-participant': ofItsParent,
  'opportunity-stage': {
    read: grant.everyone,
    create: grant.admins, update: grant.admins, delete: grant.admins, restore: grant.admins,
  },
  'principal-distributor-relationship': {
    read: { ...readers, SALESPERSON: 'all' },
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
  'custom-field': {
    read: grant.everyone,
    create: grant.admins, update: grant.admins, delete: grant.admins, restore: grant.admins,
  },
  'enrichment-source': { read: grant.admins, update: grant.admins },
  'scoring-rule': {
    read: grant.managers,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
  tag: {
    read: grant.everyone,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
  'email-template': {
    read: grant.everyone,
    create: grant.managers, update: grant.managers, delete: grant.managers, restore: grant.managers,
  },
  'principal-advocacy': { read: readers },
  'account-type': {
    read: grant.everyone,
    create: grant.admins, update: grant.admins, delete: grant.admins, restore: grant.admins,
  },
} satisfies PermissionGrid;
