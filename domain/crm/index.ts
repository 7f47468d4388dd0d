import { fieldCatalogEndpoints } from './field-catalog.ts';
import { accountHierarchyEndpoints } from './account-hierarchy.ts';
import { accounts } from './account.ts';
import { accountTypes } from './account-type.ts';
import { contactOrganizationEndpoints } from './contact-organization.ts';
import { contacts } from './contact.ts';
import { companies, crmContacts, crmOpportunities, deals } from './facades.ts';
import { activityEndpoints } from './activity/activity.contract.ts';
import { interactions } from './activity/interaction.ts';
import * as recordComment from './activity/record-comment.contract.ts';
import * as task from './activity/task.contract.ts';
import { tasks } from './activity/task.ts';
import { timelineEndpoints } from './activity/timeline.contract.ts';
import * as member from './group/group-member.contract.ts';
import { candidateEndpoints } from './duplicate/duplicate.contract.ts';
import { duplicateScan, scanEndpoints, scanProgressed, scanRequested } from './duplicate/scan.contract.ts';
import { enrichment, enrichmentEndpoints, enrichmentEvents } from './enrichment/enrichment.contract.ts';
import { merged, mergeEndpoints, unmerged } from './duplicate/merge.contract.ts';
import { emailEndpoints } from './email/email.contract.ts';
import { emailTemplates } from '../platform/mail/email-template.ts';
import { groups } from './group/group.ts';
import * as scoring from './scoring/scoring.contract.ts';
import { scoringRules } from './scoring/scoring-rule.ts';
import { tags } from './tag/tag.ts';
import * as ticket from './ticket/ticket.contract.ts';
import { tickets } from './ticket/ticket.ts';
import { opportunityEndpoints, opportunityEvents } from './opportunity.contract.ts';
import { opportunities } from './opportunity.ts';
import { opportunityLineItems } from './opportunity-line-item.ts';
import { opportunityParticipants } from './opportunity-participant.ts';
import { opportunityStages } from './opportunity-stage.ts';
import { bulkEndpoints } from '../platform/job/job.contract.ts';
import { crmJobKinds } from './job-kinds.ts';
import { customFields } from '../platform/custom-field/custom-field.ts';
import { crmPermissions } from './permissions.ts';
import { principalAdvocacyEndpoints } from './principal-advocacy.contract.ts';
import { principalDistributorRelationships } from './principal-distributor-relationship.ts';

import { userRelationEndpoints } from './user-relations.contract.ts';

/** Register of the area. */
export const crm = {
  endpoints: {
    accountHierarchy: accountHierarchyEndpoints, fieldCatalog: fieldCatalogEndpoints,
    opportunityPipeline: opportunityEndpoints, contactOrganizations: contactOrganizationEndpoints,
    companies: companies.endpoints, crmContacts: crmContacts.endpoints,
    crmOpportunities: crmOpportunities.endpoints, deals: deals.endpoints,
    bulk: bulkEndpoints(crmJobKinds),
    principalAdvocacy: principalAdvocacyEndpoints, userRelations: userRelationEndpoints,
    duplicateCandidates: candidateEndpoints, merges: mergeEndpoints, duplicates: scanEndpoints,
    enrichments: enrichmentEndpoints, scoring: scoring.scoringEndpoints,
    activities: activityEndpoints,
    timelines: timelineEndpoints,
    taskComments: task.taskCommentEndpoints,
    accountComments: recordComment.accountCommentEndpoints,
    contactComments: recordComment.contactCommentEndpoints,
    opportunityComments: recordComment.opportunityCommentEndpoints,
    groupMembers: member.groupMemberEndpoints,
    ticketComments: ticket.ticketCommentEndpoints,
    emails: emailEndpoints,
  },
  events: [
    ...opportunityEvents,
    ...Object.values(merged), ...Object.values(unmerged), scanRequested, scanProgressed,
    ...enrichmentEvents, scoring.scoringRequested, scoring.scoringProgressed, scoring.contactScored,
    task.taskPlanned, task.taskReminded, task.taskCommented,
    member.groupJoined, member.groupLeft,
    ticket.ticketCommented, ...Object.values(recordComment.recordCommented),
  ],
  records: [
    customFields, tags, accountTypes, accounts, contacts, principalDistributorRelationships,
    opportunityStages, opportunities, opportunityLineItems, opportunityParticipants,
    interactions, tasks, groups, tickets, emailTemplates, scoringRules,
  ],
  processes: [task.taskReminder, duplicateScan, enrichment, scoring.leadScoring],
  permissions: crmPermissions,
};
