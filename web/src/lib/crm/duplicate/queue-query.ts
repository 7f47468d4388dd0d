import type { Address } from '#lib/platform/url-state.ts';

/** What the queue asks for by its address. */
export function queueQuery({ searchParams }: Address) {
  const [status, subject, page] = ['status', 'subject', 'page'].map(name => searchParams.get(name));
  return {
    pageSize: 25,
    ...(page ? { page: Number(page) || 1 } : {}),
    filter: { status: status ?? 'open', ...(subject ? { subject } : {}) },
  };
}
