import { fieldCatalogEndpoints } from './field-catalog.ts';
import { accountHierarchyEndpoints } from './account-hierarchy.ts';
import { accounts } from './account.ts';
import { accountTypes } from './account-type.ts';
import { contacts } from './contact.ts';
import { opportunityEndpoints, opportunityEvents } from './opportunity.contract.ts';
import { opportunities } from './opportunity.ts';
import { opportunityLineItems } from './opportunity-line-item.ts';
import { opportunityParticipants } from './opportunity-participant.ts';
import { opportunityStages } from './opportunity-stage.ts';
import { crmPermissions } from './permissions.ts';

/** Register of the area. */
export const crm = {
  endpoints: {
    accountHierarchy: accountHierarchyEndpoints, fieldCatalog: fieldCatalogEndpoints,
    opportunityPipeline: opportunityEndpoints,
  },
  events: opportunityEvents,
  records: [
    accountTypes, accounts, contacts,
    opportunityStages, opportunities, opportunityLineItems, opportunityParticipants,
  ],
  processes: [],
  permissions: crmPermissions,
};
