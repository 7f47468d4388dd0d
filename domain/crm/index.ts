import { fieldCatalogEndpoints } from './field-catalog.ts';
import { accountHierarchyEndpoints } from './account-hierarchy.ts';
import { accounts } from './account.ts';
import { accountTypes } from './account-type.ts';
import { contactOrganizationEndpoints } from './contact-organization.ts';
import { contacts } from './contact.ts';
import { companies, crmContacts } from './facades.ts';
import { opportunityEndpoints, opportunityEvents } from './opportunity.contract.ts';
import { opportunities } from './opportunity.ts';
import { opportunityLineItems } from './opportunity-line-item.ts';
import { opportunityParticipants } from './opportunity-participant.ts';
import { opportunityStages } from './opportunity-stage.ts';
import { crmPermissions } from './permissions.ts';
import { principalDistributorRelationships } from './principal-distributor-relationship.ts';

/** Register of the area. */
export const crm = {
  endpoints: {
    accountHierarchy: accountHierarchyEndpoints, fieldCatalog: fieldCatalogEndpoints,
    opportunityPipeline: opportunityEndpoints, contactOrganizations: contactOrganizationEndpoints,
    companies: companies.endpoints, crmContacts: crmContacts.endpoints,
  },
  events: opportunityEvents,
  records: [
    accountTypes, accounts, contacts, principalDistributorRelationships,
    opportunityStages, opportunities, opportunityLineItems, opportunityParticipants,
  ],
  processes: [],
  permissions: crmPermissions,
};
