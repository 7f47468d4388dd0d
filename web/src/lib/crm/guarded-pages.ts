/** Pages on which no customer is named: settings, administration, what developers look at. */
const free = ['settings', '(admin)', 'dev'];
/** Administration that names them: what changed, is stuck, was told outside, or what a rule or template is used for. */
const named = ['audit', 'operations', 'webhooks', 'phases', 'scoring'].map(page => `(admin)/admin/${page}`);

/** Whether a page shows customers, by its route; one that is new does until it is said above that it does not. */
export function showsCustomers(routeId: string | null): boolean {
  const route = routeId?.replace(/^\/\(app\)\//, '');
  const isOf = (page: string): boolean => route === page || route?.startsWith(`${page}/`) === true;
  return !free.some(isOf) || named.some(isOf);
}
