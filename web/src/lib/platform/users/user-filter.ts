import type { Address } from '../url-state.ts';

export const pageSize = 50;
export const userFilters = ['q', 'role', 'active'] as const;

/** What the address of the page asks the API for. */
export function userQuery(url: Address) {
  const get = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const [role, active] = [get('role'), get('active')];
  return {
    q: get('q'),
    sort: get('sort'),
    page: Number(get('page') ?? 1) || 1,
    pageSize,
    filter: { ...(role ? { role } : {}), ...(active === 'true' || active === 'false' ? { active } : {}) },
  };
}
