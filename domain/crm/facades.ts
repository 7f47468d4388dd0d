import { accounts } from './account.ts';
import { contacts } from './contact.ts';
import { facade } from './facade.ts';

/** Accounts as companies (CRM-018): their address is the one that goods are sent to. */
export const companies = facade(accounts, {
  id: 'Company',
  path: '/api/crm/companies',
  names: {
    name: 'accountName', legalName: 'accountLegalName', website: 'websiteUrl', parentCompanyId: 'parentAccountId',
    addressLine1: 'shippingStreet', addressLine2: 'shippingStreet2', city: 'shippingCity', state: 'shippingState',
    postalCode: 'shippingZip', country: 'shippingCountry',
  },
});

/** Contacts by their shorter names (CRM-042). */
export const crmContacts = facade(contacts, {
  id: 'CrmContact',
  path: '/api/crm/contacts',
  names: { companyId: 'accountId', email: 'emailAddress', phone: 'workPhone', title: 'jobTitle' },
});
