import { createMongoAbility, subject as asSubject, type MongoAbility, type RawRuleOf } from '@casl/ability';
import type { Needs } from './contract.ts';
import type { RoleCode } from './role.ts';

/** `own`: records the user owns; `team`: those, and the ones whose team the user is in. */
export type Scope = 'all' | 'own' | 'team';
export interface PermissionRow { role: string; subject: string; action: string; scope: Scope }

/** subject → action → role → scope: one area's part of the matrix (PLT-T2). */
export type PermissionGrid = Record<string, Record<string, Partial<Record<RoleCode, Scope>>>>;

const admins = { SUPER_ADMIN: 'all', ADMIN: 'all' } as const;
/** Shorthands for the rows of a grid. */
export const grant = {
  admins,
  managers: { ...admins, SALES_MANAGEMENT: 'all' },
  everyone: { ...admins, SALES_MANAGEMENT: 'all', SALESPERSON: 'all', ACCOUNTING: 'all', READ_ONLY: 'all' },
} as const satisfies Record<string, Partial<Record<RoleCode, Scope>>>;

export const permissionRows = (grid: PermissionGrid): PermissionRow[] =>
  Object.entries(grid).flatMap(([subject, actions]) => Object.entries(actions).flatMap(([action, roles]) =>
    Object.entries(roles).map(([role, scope]) => ({ role, subject, action, scope }))));

export type Ability = MongoAbility;

/** What a record shows of itself for `own` and `team`: the fields that the scopes compare with the user. */
export interface Scoped { ownerId?: string | null; memberIds?: readonly string[] }

/** The rules of one user, from the rows of the user's role; used by API and web alike. */
export function abilityFor(rows: readonly Omit<PermissionRow, 'role'>[], userId: string): Ability {
  return createMongoAbility(rows.flatMap((r): RawRuleOf<MongoAbility>[] => {
    const rule = { action: r.action, subject: r.subject };
    if (r.scope === 'all') return [rule];
    const own = { ...rule, conditions: { ownerId: userId } };
    return r.scope === 'own' ? [own] : [own, { ...rule, conditions: { memberIds: userId } }];
  }));
}

const split = (needs: Needs): [string, string] => needs.split(':') as [string, string];

/** Does the role allow it for at least some records? (The 403 before any record is read.) */
export function allows(ability: Ability, needs: Needs): boolean {
  if (needs === 'anonymous' || needs === 'signed-in') return true;
  if (needs === 'process') return false;
  const [subject, action] = split(needs);
  return ability.can(action, subject);
}

/** Does it allow it for this record? */
export function allowsOn(ability: Ability, needs: Needs, record: Scoped): boolean {
  if (!needs.includes(':')) return allows(ability, needs);
  const [subject, action] = split(needs);
  return ability.can(action, asSubject(subject, { ...record }));
}

/** The widest scope that the rows give for `subject:action`, for lists: null is none at all. */
export function scopeOf(rows: readonly Omit<PermissionRow, 'role'>[], needs: Needs): Scope | null {
  const [subject, action] = split(needs);
  const found = rows.filter(r => r.subject === subject && r.action === action).map(r => r.scope);
  return found.includes('all') ? 'all' : found.includes('team') ? 'team' : found.includes('own') ? 'own' : null;
}
