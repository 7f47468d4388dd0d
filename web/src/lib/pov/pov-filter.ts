import { povStatuses, povStatusLabel } from '#domain/pov/pov-status.ts';
import type { NewExport } from '#domain/platform/job/job.contract.ts';
import type { PovListQuery } from '#domain/pov/pov.contract.ts';
import { paramList, type Address } from '#lib/platform/url-state.ts';

/** What the address of the list may say. */
export const pageSize = 25;
const day = /^\d{4}-\d{2}-\d{2}$/;

type Asked = Partial<Pick<PovListQuery, 'q' | 'status' | 'ownerId' | 'member' | 'tag' | 'from' | 'to' | 'sort'>>
  & { where?: string | undefined };

/** The conditions that an address holds; whatever it cannot mean is left out. */
export function filterOf(url: Address): Asked {
  const text = (name: string): string | undefined => url.searchParams.get(name)?.trim() || undefined;
  const date = (name: string): string | undefined => (day.test(text(name) ?? '') ? text(name) : undefined);
  const status = paramList(url, 'status').filter(s => (povStatuses as readonly string[]).includes(s));
  return {
    q: text('q'),
    status: status.length ? status.join(',') : undefined,
    ownerId: text('owner'),
    member: text('member'),
    tag: text('tag'),
    from: date('from'),
    to: date('to'),
    where: text('where'),
  };
}

export const listQueryOf = (url: Address): Asked & { page: number; pageSize: number } => ({
  ...filterOf(url),
  sort: url.searchParams.get('sort') ?? undefined,
  page: Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1),
  pageSize,
});

/** The same as an export is asked for it. */
export const exportQueryOf = (url: Address): NewExport['query'] => ({
  ...matchingOf(url), sort: url.searchParams.get('sort') ?? undefined,
});

/** Which POVs fit, as jobs are asked for them. */
export function matchingOf(url: Address): Pick<NewExport['query'], 'q' | 'filter' | 'where'> {
  const { q, status, ownerId, member, tag, from, to, where } = filterOf(url);
  return {
    q,
    filter: {
      ...(status && { status: { in: status.split(',') } }),
      ...(ownerId && { ownerId }), ...(member && { member }), ...(tag && { tag }),
      ...(from && { endDate: { gte: from } }), ...(to && { startDate: { lte: to } }),
    },
    ...(where && { where }),
  };
}

export const isFiltered = (url: Address): boolean => Object.values(filterOf(url)).some(v => v !== undefined);
export const statusOptions = povStatuses.map(value => ({ value, label: povStatusLabel[value] }));
/** Events that may change a list of POVs. */
export const povListFollows = ['pov.', 'workflow.'];
