import Handshake from '@lucide/svelte/icons/handshake';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import { principalDistributorRelationships } from '#domain/crm/principal-distributor-relationship.ts';
import { relationshipCatalog } from '#domain/crm/relationship-catalog.ts';
import type { ListModule } from '../crm-module.ts';

export const partnerModule: ListModule = {
  pageType: 'partners', jobs: crmJobKinds.partner,
  record: principalDistributorRelationships, catalog: relationshipCatalog, noun: 'relation', plural: 'relations',
  heading: 'Partners', href: '/partners', icon: Handshake, title: 'pairName',
  follows: ['crm.principal-distributor-relationship.', 'crm.account.'],
  about: 'A relation says which distributor sells what a principal makes, and at which commission.',
};
