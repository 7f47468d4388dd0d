import { accountTypeVerbs } from './account-type-verbs.ts';
import { accountVerbs } from './account-verbs.ts';
import { commentOnAccount, commentOnContact, commentOnOpportunity } from './activity/comment-on-record.ts';
import { commentOnTask } from './activity/comment-on-task.ts';
import { interactionVerbs } from './activity/interaction-verbs.ts';
import { lookAtTask } from './activity/look-at-task.ts';
import { remindAssignee } from './activity/remind-assignee.ts';
import { taskVerbs } from './activity/task-verbs.ts';
import { watchTask } from './activity/watch-task.ts';
import { customFieldVerbs } from '../platform/custom-field/custom-field-verbs.ts';
import { addAccount, addContact } from './duplicate/add-unless-known.ts';
import {
  decideDuplicate, lookAtDuplicateScan, scanForDuplicates, startDuplicateScan,
} from './duplicate/scan-verbs.ts';
import { mergeAccounts, mergeContacts } from './duplicate/merge-records.ts';
import { undoMerge } from './duplicate/undo-merge.ts';
import { askEnrichment } from './enrichment/ask-enrichment.ts';
import { acceptProposals, dismissProposals } from './enrichment/decide-proposals.ts';
import { keepEnrichmentSource, removeEnrichmentSource } from './enrichment/keep-source.ts';
import { beginEnrichment, failEnrichment, keepFound, noteEnrichmentTry } from './enrichment/note-enrichment.ts';
import { contactVerbs } from './contact-verbs.ts';
import { changeOrganizationLink, linkOrganization, unlinkOrganization } from './organization-verbs.ts';
import { principalDistributorRelationshipVerbs } from './principal-distributor-relationship-verbs.ts';
import { updateAccountType } from './account-type-update.ts';
import { addGroupMember } from './group/add-group-member.ts';
import { groupVerbs } from './group/group-verbs.ts';
import { removeGroupMember } from './group/remove-group-member.ts';
import { emailTemplateVerbs } from './email/email-template-verbs.ts';
import { lookAtEmail } from './email/look-at-email.ts';
import { sendEmail } from './email/send-email.ts';
import { namedVerbs } from '../platform/record/named-verbs.ts';
import { seedAccountTypes } from './seed-account-types.ts';
import { scoringRuleVerbs } from './scoring/scoring-rule-verbs.ts';
import { lookAtScoring, scoreAtNight, scoreContacts, seedScoringRules, startScoring } from './scoring/scoring-verbs.ts';
import { tagVerbs } from './tag/tag-verbs.ts';
import { commentOnTicket } from './ticket/comment-on-ticket.ts';
import { ticketVerbs } from './ticket/ticket-verbs.ts';
import { moveOpportunity } from './move-opportunity.ts';
import { opportunityLineItemVerbs } from './opportunity-line-item-verbs.ts';
import { opportunityParticipantVerbs } from './opportunity-participant-verbs.ts';
import { opportunityStageVerbs } from './opportunity-stage-verbs.ts';
import { opportunityVerbs } from './opportunity-verbs.ts';
import { seedOpportunityStages } from './seed-opportunity-stages.ts';

export const crmVerbs = {
  addAccount,
  addContact,
  mergeAccounts,
  mergeContacts,
  undoMerge,
  startDuplicateScan,
  lookAtDuplicateScan,
  scanForDuplicates,
  decideDuplicate,
  askEnrichment, beginEnrichment, noteEnrichmentTry, keepFound, failEnrichment, acceptProposals, dismissProposals,
  keepEnrichmentSource, removeEnrichmentSource,
  ...namedVerbs('ScoringRule', scoringRuleVerbs),
  startScoring,
  scoreAtNight,
  lookAtScoring,
  scoreContacts,
  seedScoringRules,
  linkOrganization,
  changeOrganizationLink,
  unlinkOrganization,
  createPrincipalDistributorRelationship: principalDistributorRelationshipVerbs.create,
  patchPrincipalDistributorRelationship: principalDistributorRelationshipVerbs.patch,
  replacePrincipalDistributorRelationship: principalDistributorRelationshipVerbs.put,
  removePrincipalDistributorRelationship: principalDistributorRelationshipVerbs.remove,
  restorePrincipalDistributorRelationship: principalDistributorRelationshipVerbs.restore,
  createTag: tagVerbs.create,
  patchTag: tagVerbs.patch,
  replaceTag: tagVerbs.put,
  removeTag: tagVerbs.remove,
  restoreTag: tagVerbs.restore,
  createCustomField: customFieldVerbs.create,
  patchCustomField: customFieldVerbs.patch,
  replaceCustomField: customFieldVerbs.put,
  removeCustomField: customFieldVerbs.remove,
  restoreCustomField: customFieldVerbs.restore,
  createAccountType: accountTypeVerbs.create,
  patchAccountType: accountTypeVerbs.patch,
  replaceAccountType: accountTypeVerbs.put,
  removeAccountType: accountTypeVerbs.remove,
  restoreAccountType: accountTypeVerbs.restore,
  seedAccountTypes,
  createAccount: accountVerbs.create,
  patchAccount: accountVerbs.patch,
  replaceAccount: accountVerbs.put,
  removeAccount: accountVerbs.remove,
  restoreAccount: accountVerbs.restore,
  createContact: contactVerbs.create,
  patchContact: contactVerbs.patch,
  replaceContact: contactVerbs.put,
  removeContact: contactVerbs.remove,
  restoreContact: contactVerbs.restore,
  createInteraction: interactionVerbs.create,
  patchInteraction: interactionVerbs.patch,
  replaceInteraction: interactionVerbs.put,
  removeInteraction: interactionVerbs.remove,
  restoreInteraction: interactionVerbs.restore,
  createTask: taskVerbs.create,
  patchTask: taskVerbs.patch,
  replaceTask: taskVerbs.put,
  removeTask: taskVerbs.remove,
  restoreTask: taskVerbs.restore,
  commentOnTask, commentOnAccount, commentOnContact, commentOnOpportunity,
  watchTask,
  lookAtTask,
  remindAssignee,
  createGroup: groupVerbs.create,
  patchGroup: groupVerbs.patch,
  replaceGroup: groupVerbs.put,
  removeGroup: groupVerbs.remove,
  restoreGroup: groupVerbs.restore,
  updateAccountType,
  addGroupMember,
  removeGroupMember,
  createTicket: ticketVerbs.create,
  patchTicket: ticketVerbs.patch,
  replaceTicket: ticketVerbs.put,
  removeTicket: ticketVerbs.remove,
  restoreTicket: ticketVerbs.restore,
  commentOnTicket,
  ...namedVerbs('EmailTemplate', emailTemplateVerbs),
  lookAtEmail,
  sendEmail,
  createOpportunityStage: opportunityStageVerbs.create,
  patchOpportunityStage: opportunityStageVerbs.patch,
  replaceOpportunityStage: opportunityStageVerbs.put,
  removeOpportunityStage: opportunityStageVerbs.remove,
  restoreOpportunityStage: opportunityStageVerbs.restore,
  seedOpportunityStages,
  createOpportunity: opportunityVerbs.create,
  patchOpportunity: opportunityVerbs.patch,
  replaceOpportunity: opportunityVerbs.put,
  removeOpportunity: opportunityVerbs.remove,
  restoreOpportunity: opportunityVerbs.restore,
  moveOpportunity,
  createOpportunityLineItem: opportunityLineItemVerbs.create,
  patchOpportunityLineItem: opportunityLineItemVerbs.patch,
  replaceOpportunityLineItem: opportunityLineItemVerbs.put,
  removeOpportunityLineItem: opportunityLineItemVerbs.remove,
  restoreOpportunityLineItem: opportunityLineItemVerbs.restore,
  createOpportunityParticipant: opportunityParticipantVerbs.create,
  patchOpportunityParticipant: opportunityParticipantVerbs.patch,
  replaceOpportunityParticipant: opportunityParticipantVerbs.put,
  removeOpportunityParticipant: opportunityParticipantVerbs.remove,
  restoreOpportunityParticipant: opportunityParticipantVerbs.restore,
};
