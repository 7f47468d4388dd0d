import { activityStatuses, activityTypes } from '#domain/crm/activity/activity.contract.ts';
import type { ListQuery } from '#domain/platform/list.ts';
import { paramList, type Address } from '#lib/platform/url-state.ts';

/** What the address of the list of activities may say. */
export const pageSize = 50;
export const activityFilters = ['activityType', 'status', 'assignedToId', 'where'] as const;
/** Events that change the list. */
export const activityFollows = ['crm.interaction.', 'crm.task.'];

const known: Record<'activityType' | 'status', readonly string[]> = {
  activityType: activityTypes, status: activityStatuses,
};

type Asked = Pick<ListQuery, 'q' | 'sort' | 'filter'> & { page: number; pageSize: number; where?: string };
/** What the list is asked for; whatever an address cannot mean is left out. */
export function activityQuery(url: Address): Asked {
  const among = (name: 'activityType' | 'status'): string[] =>
    paramList(url, name).filter(value => known[name].includes(value));
  const [types, statuses] = [among('activityType'), among('status')];
  const assignee = url.searchParams.get('assignedToId');
  const where = url.searchParams.get('where');
  return {
    q: url.searchParams.get('q')?.trim() || undefined,
    sort: url.searchParams.get('sort') ?? undefined,
    page: Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1),
    pageSize,
    filter: {
      ...(types.length && { activityType: { in: types.join(',') } }),
      ...(statuses.length && { status: { in: statuses.join(',') } }),
      ...(assignee && { assignedToId: assignee }),
    },
    ...(where && { where }),
  };
}

export const isFiltered = (url: Address): boolean =>
  ['q', ...activityFilters].some(name => Boolean(url.searchParams.get(name)));
