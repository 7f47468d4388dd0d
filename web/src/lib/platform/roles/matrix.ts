import type { RoleView } from '#domain/platform/identity/role.contract.ts';
import { within, type Permission } from '#domain/platform/identity/api-key.ts';
import type { Scope } from '#domain/platform/permission.ts';
import { kindWord } from '../kind-word.ts';

export const levels = ['none', 'own', 'team', 'all'] as const;
export type Level = (typeof levels)[number];
/** The chosen level of each `subject:action`. */
export type Choice = Record<string, Level>;

export interface Subject {
  subject: string;
  label: string;
  actions: { action: string; key: string; label: string; levels: Level[] }[];
}

/**
 * Everything that can be given: the administrators' roles hold all of it. A narrower level is offered where some role
 * of that subject has it, that is where records have an owner or a team.
 */
export function subjectsOf(roles: readonly RoleView[]): Subject[] {
  const scopes = new Map<string, Set<Scope>>();
  const actions = new Map<string, Set<string>>();
  for (const { subject, action, scope } of roles.flatMap(r => r.permissions)) {
    scopes.set(subject, (scopes.get(subject) ?? new Set<Scope>()).add(scope));
    actions.set(subject, (actions.get(subject) ?? new Set<string>()).add(action));
  }
  return [...actions].sort(byName).map(([subject, of]) => ({
    subject,
    label: kindWord(subject),
    actions: [...of].sort(inOrder).map(action => ({
      action,
      key: `${subject}:${action}`,
      label: kindWord(action),
      levels: levels.filter(l => l === 'none' || l === 'all' || scopes.get(subject)?.has(l)),
    })),
  }));
}

const usual = ['read', 'create', 'update', 'delete', 'restore'];
const place = (action: string): number => (usual.includes(action) ? usual.indexOf(action) : usual.length);
const inOrder = (a: string, b: string): number => place(a) - place(b) || a.localeCompare(b);
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => a.localeCompare(b);

export const choiceOf = (permissions: readonly Permission[]): Choice =>
  Object.fromEntries(permissions.map(p => [`${p.subject}:${p.action}`, p.scope]));

export const permissionsOf = (choice: Choice): Permission[] =>
  Object.entries(choice).flatMap(([key, level]) => {
    const [subject = '', action = ''] = key.split(':');
    return level === 'none' ? [] : [{ subject, action, scope: level }];
  });

/** Why the reader may not give this, or null: nobody gives more than they have; what a role has may stay. */
export function whyNotLevel(
  key: string,
  level: Level,
  had: readonly Permission[],
  mine: readonly Permission[],
): string | null {
  const wanted = permissionsOf({ [key]: level });
  return within(wanted, had) || within(wanted, mine) ? null : 'more than you may';
}

/** What of these permissions the reader may give. */
export const givable = (permissions: readonly Permission[], mine: readonly Permission[]): Permission[] =>
  permissions.filter(p => within([p], mine));
