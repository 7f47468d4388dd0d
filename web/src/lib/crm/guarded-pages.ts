/** Pages on which no customer is named: settings, administration, what developers look at. */
const free = ['settings', '(admin)', 'dev'];
/** What changed, what is stuck, what was told outside: administration that names them all the same. */
const named = ['audit', 'operations', 'webhooks'].map(page => `(admin)/admin/${page}`);

/** Whether a page shows customers, by its route; one that is new does until it is said above that it does not. */
export function showsCustomers(routeId: string | null): boolean {
  const route = routeId?.replace(/^\/\(app\)\//, '');
  const isOf = (page: string): boolean => route === page || route?.startsWith(`${page}/`) === true;
  return !free.some(isOf) || named.some(isOf);
}
