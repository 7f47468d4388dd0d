import Building from '@lucide/svelte/icons/building-2';
import { accountCatalog } from '#domain/crm/account-catalog.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import { accounts } from '#domain/crm/account.ts';
import type { ListModule } from './crm-module.ts';

export const accountModule: ListModule = {
  record: accounts, catalog: accountCatalog, noun: 'account', plural: 'accounts', heading: 'Accounts',
  href: '/accounts', icon: Building, title: 'accountName', needs: { accountOwner: 'account:reassign' },
  about: 'An account is a company that you sell to, buy from or sell with. Its contacts hang on it.',
  pageType: 'accounts', jobs: crmJobKinds.account,
  chips: ['industry'],
  views: [
    { label: 'My accounts', params: { accountOwner: 'me' } },
    { label: 'Changed last', params: { sort: '-updatedAt' } },
  ],
  follows: ['crm.'],
};
