import UsersRound from '@lucide/svelte/icons/users-round';
import { groupCatalog } from '#domain/crm/group/group-catalog.ts';
import { groups } from '#domain/crm/group/group.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import type { ListModule } from '../crm-module.ts';

export const groupModule: ListModule = {
  pageType: 'groups', jobs: crmJobKinds.group,
  record: groups, catalog: groupCatalog, noun: 'group', plural: 'groups', heading: 'Groups', href: '/groups',
  icon: UsersRound, title: 'groupName', follows: ['crm.group.'],
  about: 'A group holds accounts and contacts that belong together: a mailing, a region, a trade fair.',
};
