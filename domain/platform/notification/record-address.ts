/** Where a record is shown, by the word that notifications, processes and the audit log call its kind by. */
const pages: Record<string, (id: string) => string> = {
  pov: id => `/povs/${id}`,
  'workflow-instance': id => `/inbox/${id}`,
  account: id => `/accounts/${id}`,
  contact: id => `/contacts/${id}`,
  opportunity: id => `/opportunities/${id}`,
  product: id => `/products/${id}`,
  'principal-distributor-relationship': id => `/partners/${id}`,
  task: id => `/tasks?task=${id}`,
  interaction: id => `/interactions/${id}`,
  group: id => `/groups/${id}`,
  ticket: id => `/tickets/${id}`,
  job: id => `/jobs/${id}`,
  warehouse: id => `/warehouses/${id}`,
  'email-template': id => `/email-templates/${id}`,
  process: id => `/processes/${id}`,
};

/** The page of a record, or null where there is none. */
export const recordAddress = (kind: string | null, id: string | null): string | null =>
  kind && id ? (pages[kind.replaceAll('_', '-')]?.(encodeURIComponent(id)) ?? null) : null;
