import UserRound from '@lucide/svelte/icons/user-round';
import { contactCatalog } from '#domain/crm/contact-catalog.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import { contacts } from '#domain/crm/contact.ts';
import type { ListModule } from './crm-module.ts';

export const contactModule: ListModule = {
  record: contacts, catalog: contactCatalog, noun: 'contact', plural: 'contacts', heading: 'Contacts',
  href: '/contacts', icon: UserRound, title: 'fullName',
  about: 'A contact is a person, mostly at an account. A lead may be without one.',
  pageType: 'contacts', jobs: crmJobKinds.contact,
  chips: ['tags', 'country'],
  views: [
    { label: 'Leads', params: { status: 'lead' } },
    { label: 'Customers', params: { status: 'customer' } },
    { label: 'Changed last', params: { sort: '-updatedAt' } },
  ],
  follows: ['crm.'],
};
