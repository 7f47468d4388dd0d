import { accountTypeVerbs } from '../../activities/crm/account-type-verbs.ts';
import { customFieldVerbs } from '../../activities/platform/custom-field/custom-field-verbs.ts';
import { addAccount, addContact } from '../../activities/crm/duplicate/add-unless-known.ts';
import { accountVerbs } from '../../activities/crm/account-verbs.ts';
import { contactVerbs } from '../../activities/crm/contact-verbs.ts';
import { interactionVerbs } from '../../activities/crm/activity/interaction-verbs.ts';
import { taskVerbs } from '../../activities/crm/activity/task-verbs.ts';
import { groupVerbs } from '../../activities/crm/group/group-verbs.ts';
import { scoringRuleVerbs } from '../../activities/crm/scoring/scoring-rule-verbs.ts';
import { tagVerbs } from '../../activities/crm/tag/tag-verbs.ts';
import { ticketVerbs } from '../../activities/crm/ticket/ticket-verbs.ts';
import { groupSource, interactionSource, taskSource, ticketSource } from '../../db/crm/activity-sources.ts';
import { opportunityLineItemVerbs } from '../../activities/crm/opportunity-line-item-verbs.ts';
import { opportunityParticipantVerbs } from '../../activities/crm/opportunity-participant-verbs.ts';
import { opportunityStageVerbs } from '../../activities/crm/opportunity-stage-verbs.ts';
import { opportunityVerbs } from '../../activities/crm/opportunity-verbs.ts';
import { principalDistributorRelationshipVerbs } from '../../activities/crm/principal-distributor-relationship-verbs.ts';
import { accountSource, contactSource } from '../../db/crm/crm-sources.ts';
import { lineItemSource, opportunitySource, participantSource } from '../../db/crm/opportunity-sources.ts';
import { principalDistributorSource } from '../../db/crm/principal-source.ts';
import { accountTypes } from '../../domain/crm/account-type.ts';
import { customFields } from '../../domain/platform/custom-field/custom-field.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { companies, crmContacts, crmOpportunities } from '../../domain/crm/facades.ts';
import { interactions } from '../../domain/crm/activity/interaction.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import { groups } from '../../domain/crm/group/group.ts';
import { scoringRules } from '../../domain/crm/scoring/scoring-rule.ts';
import { tags } from '../../domain/crm/tag/tag.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import { opportunityLineItems } from '../../domain/crm/opportunity-line-item.ts';
import { opportunityParticipants } from '../../domain/crm/opportunity-participant.ts';
import { opportunityStages } from '../../domain/crm/opportunity-stage.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { principalDistributorRelationships } from '../../domain/crm/principal-distributor-relationship.ts';
import { emailTemplateVerbs } from '../../activities/crm/email/email-template-verbs.ts';
import { emailTemplates } from '../../domain/platform/mail/email-template.ts';
import { sourceOf } from '../../db/platform/record-people.ts';
import { emailRoutes } from './email/emails.routes.ts';
import { accountHierarchyRoutes } from './account-hierarchy.routes.ts';
import { candidateRoutes } from './duplicate/candidates.routes.ts';
import { enrichmentRoutes, enrichmentSteering } from './enrichment/enrichment.routes.ts';
import { scanRoutes, scanSteering } from './duplicate/scan.routes.ts';
import { scoringRoutes, scoringSteering } from './scoring/scoring.routes.ts';
import { mergeRoutes } from './duplicate/merges.routes.ts';
import { contactOrganizationRoutes } from './contact-organizations.routes.ts';
import { dealRoutes } from './deals.routes.ts';
import { serveFacade } from './facade.routes.ts';
import { activityRoutes } from './activities.routes.ts';
import {
  accountComments, contactComments, opportunityComments, taskComments, ticketComments,
} from './comments.routes.ts';
import { groupMembers } from './group-members.routes.ts';
import { taskSteering } from './task-reminder.process.ts';
import { timelines } from './timelines.routes.ts';
import { opportunityRoutes } from './opportunities.routes.ts';
import { crmJobKinds } from '../../domain/crm/job-kinds.ts';
import { principalAdvocacyRoutes, userRelationRoutes } from './relations.routes.ts';
import { fieldCatalogRoutes } from './field-catalog.routes.ts';
import { serveBulk } from '../platform/job/jobs.routes.ts';
import { recordReaders, serveRecord } from '../platform/record.routes.ts';
import type { Served } from '../platform/serve.ts';
import type { Steered } from '../platform/steer.ts';

const checkedAccounts = { ...accountVerbs, add: addAccount },
  checkedContacts = { ...contactVerbs, add: addContact };

export const crmRoutes: Served[] = [
  candidateRoutes,
  mergeRoutes,
  scanRoutes,
  enrichmentRoutes,
  scoringRoutes,
  serveRecord(scoringRules, scoringRuleVerbs),
  fieldCatalogRoutes,
  accountHierarchyRoutes,
  principalAdvocacyRoutes,
  userRelationRoutes,
  ...serveBulk(crmJobKinds),
  serveRecord(customFields, customFieldVerbs),
  serveRecord(tags, tagVerbs),
  serveRecord(accountTypes, accountTypeVerbs),
  serveRecord(accounts, checkedAccounts, accountSource),
  serveRecord(contacts, checkedContacts, contactSource),
  serveFacade(companies, {
    verbs: checkedAccounts, source: accountSource,
    unless: sent => (sent['accountTypeId'] === undefined && sent['accountType'] === undefined
      ? { accountType: sent['status'] === 'prospect' ? 'Prospect' : 'Customer' } : {}),
  }),
  serveFacade(crmContacts, { verbs: checkedContacts, source: contactSource }),
  serveFacade(crmOpportunities, { verbs: opportunityVerbs, source: opportunitySource }),
  dealRoutes,
  contactOrganizationRoutes,
  serveRecord(principalDistributorRelationships, principalDistributorRelationshipVerbs, principalDistributorSource),
  activityRoutes,
  timelines,
  groupMembers,
  accountComments,
  contactComments,
  opportunityComments,
  taskComments,
  ticketComments,
  serveRecord(interactions, interactionVerbs, interactionSource),
  serveRecord(tasks, taskVerbs, taskSource),
  serveRecord(groups, groupVerbs, groupSource),
  serveRecord(tickets, ticketVerbs, ticketSource),
  emailRoutes,
  serveRecord(emailTemplates, emailTemplateVerbs, sourceOf({})),
  // Before the record, whose path would take their last word for an id.
  opportunityRoutes,
  serveRecord(opportunityStages, opportunityStageVerbs),
  serveRecord(opportunities, opportunityVerbs, opportunitySource),
  serveRecord(opportunityLineItems, opportunityLineItemVerbs, lineItemSource),
  serveRecord(opportunityParticipants, opportunityParticipantVerbs, participantSource),
];

/** Who may read a record of the area may see its events. */
export const crmStory = recordReaders(
  customFields, tags, accountTypes, accounts, contacts, opportunityStages, opportunities, opportunityLineItems,
  opportunityParticipants,
  principalDistributorRelationships,
  interactions, tasks, groups, tickets, emailTemplates, scoringRules,
);

export const crmProcesses: Steered[] = [taskSteering, scanSteering, scoringSteering, enrichmentSteering];
