import { paramList, type Address } from '../url-state.ts';

export const pageSize = 50;
/** What is shown unless the address says otherwise. */
const open = ['waiting', 'running', 'starting', 'failed'];

/** What the address of the list asks the API for. */
export function processQuery(url: Address) {
  const get = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const types = paramList(url, 'type');
  const chosen = paramList(url, 'status');
  const statuses = chosen.length || get('show') === 'all' || get('entityId') ? chosen : open;
  return {
    q: get('q'),
    sort: get('sort'),
    page: Number(get('page') ?? 1) || 1,
    pageSize,
    filter: {
      ...(types.length ? { type: { in: types.join(',') } } : {}),
      ...(statuses.length ? { status: { in: statuses.join(',') } } : {}),
      ...(get('waits') === 'person' ? { waitsForPerson: 'true' } : {}),
      ...(get('entityId') ? { entityId: get('entityId')! } : {}),
    },
  };
}
/** Events that change what processes wait for. */
export const follows = ['pov.', 'workflow.', 'platform.clock', 'platform.process'];
/** Open processes by what comes first: the source of "the next seven days". */
export const comingQuery = {
  pageSize: 100,
  sort: 'nextWakeAt',
  filter: { status: { in: 'waiting,running,starting' } },
};
