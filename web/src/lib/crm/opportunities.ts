import Handshake from '@lucide/svelte/icons/handshake';
import Package from '@lucide/svelte/icons/package';
import Target from '@lucide/svelte/icons/target';
import { fieldCatalog } from '#domain/crm/field-catalog.ts';
import { opportunityCatalog, opportunityWords } from '#domain/crm/opportunity-catalog.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import { opportunityLineItems } from '#domain/crm/opportunity-line-item.ts';
import { opportunityParticipants, participantRoles } from '#domain/crm/opportunity-participant.ts';
import { opportunities } from '#domain/crm/opportunity.ts';
import type { CrmModule, ListModule } from './crm-module.ts';

export const opportunityModule: ListModule = {
  record: opportunities, catalog: opportunityCatalog, noun: 'opportunity', plural: 'opportunities',
  heading: 'Opportunities', href: '/opportunities', icon: Target, title: 'opportunityName',
  needs: { ownerId: 'opportunity:reassign' },
  asks: { missing: 'lostReason', label: 'Why was it lost?', confirm: 'Mark as lost' },
  about: 'An opportunity is a possible sale, on its way from the first word to won or lost.',
  pageType: 'opportunities', jobs: crmJobKinds.opportunity, chips: ['source'],
  views: [
    { label: 'My opportunities', params: { ownerId: 'me' } },
    { label: 'Changed last', params: { sort: '-updatedAt' } },
  ],
  follows: ['crm.'],
};

const lineFields = ['productId', 'description', 'quantity', 'unitPrice', 'discountPercent'] as const;
export const lineModule: CrmModule = {
  record: opportunityLineItems, noun: 'line', plural: 'lines', heading: 'Lines', href: '', icon: Package,
  title: 'description', about: 'What is sold, at which price: the value of the opportunity follows.',
  follows: ['crm.opportunity'],
  catalog: fieldCatalog<keyof typeof opportunityWords>({
    module: 'opportunity-line-items', number: '03', required: ['description'], filters: new Set(),
    words: { ...opportunityWords, description: { label: 'Description', kind: 'text' } },
    views: [
      { view: 'create', section: 'New line', fields: lineFields },
      { view: 'detail', section: 'Line', fields: lineFields },
    ],
  }),
};

const partFields = ['accountId', 'role', 'contactId'] as const;
export const participantModule: CrmModule = {
  record: opportunityParticipants, noun: 'participant', plural: 'participants', heading: 'Participants', href: '',
  icon: Handshake, title: 'accountName',
  about: 'Companies that have a part in it: a principal, a distributor, each with whom to talk to.', follows: ['crm.'],
  catalog: fieldCatalog<(typeof partFields)[number]>({
    module: 'opportunity-participants', number: '03', required: ['accountId', 'role'], filters: new Set(),
    words: {
      accountId: { label: 'Account', kind: 'account' },
      role: { label: 'Role', kind: 'choice', options: participantRoles },
      contactId: { label: 'Contact', kind: 'contact' },
    },
    views: [
      { view: 'create', section: 'New participant', fields: partFields },
      { view: 'detail', section: 'Participant', fields: partFields },
    ],
  }),
};
