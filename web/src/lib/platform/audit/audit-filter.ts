import { parseDate } from '@internationalized/date';
import type { Address } from '../url-state.ts';

export const pageSize = 50;
export const actions = ['CREATE', 'UPDATE', 'DELETE', 'LOGIN', 'LOGOUT', 'EXPORT', 'IMPORT', 'ACCESS_DENIED'];
export const filters = ['q', 'userId', 'tableName', 'recordId', 'action', 'from', 'to'] as const;

/** What the address of the page asks the API for; `from` and `to` are days in the tenant's time zone, both included. */
export function auditQuery(url: Address, timeZone: string) {
  const get = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const [from, to] = [dayOf(get('from')), dayOf(get('to'))];
  return {
    page: Number(get('page') ?? 1) || 1,
    pageSize,
    q: get('q'),
    sort: get('sort'),
    userId: get('userId'),
    tableName: get('tableName'),
    recordId: get('recordId'),
    action: get('action'),
    from: from?.toDate(timeZone).toISOString(),
    to: to && new Date(to.add({ days: 1 }).toDate(timeZone).getTime() - 1).toISOString(),
  };
}

const dayOf = (text: string | undefined) => (text && /^\d{4}-\d\d-\d\d$/.test(text) ? parseDate(text) : undefined);
