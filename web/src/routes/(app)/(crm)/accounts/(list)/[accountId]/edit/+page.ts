import { accountModule } from '#lib/crm/accounts.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(accountModule, params.accountId, parent, fetch);
