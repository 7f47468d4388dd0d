import { accounts } from './account.ts';
import { contacts } from './contact.ts';
import { facade } from './facade.ts';
import { opportunities } from './opportunity.ts';

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

const dealNames = { name: 'opportunityName', companyId: 'accountId', estimatedCloseDate: 'expectedCloseDate' };

/** Opportunities beside the other records of this path. */
export const crmOpportunities = facade(opportunities, {
  id: 'CrmOpportunity', path: '/api/crm/opportunities', names: dealNames,
});

/** What opportunities were called; deprecated (CRM-077). */
export const deals = facade(opportunities, { id: 'Deal', path: '/api/crm/deals', names: dealNames });
