import { accountTypeVerbs } from './account-type-verbs.ts';
import { accountVerbs } from './account-verbs.ts';
import { contactVerbs } from './contact-verbs.ts';
import { changeOrganizationLink, linkOrganization, unlinkOrganization } from './organization-verbs.ts';
import { principalDistributorRelationshipVerbs } from './principal-distributor-relationship-verbs.ts';
import { moveOpportunity } from './move-opportunity.ts';
import { opportunityLineItemVerbs } from './opportunity-line-item-verbs.ts';
import { opportunityParticipantVerbs } from './opportunity-participant-verbs.ts';
import { opportunityStageVerbs } from './opportunity-stage-verbs.ts';
import { opportunityVerbs } from './opportunity-verbs.ts';
import { seedAccountTypes } from './seed-account-types.ts';
import { seedOpportunityStages } from './seed-opportunity-stages.ts';

export const crmVerbs = {
  linkOrganization,
  changeOrganizationLink,
  unlinkOrganization,
  createPrincipalDistributorRelationship: principalDistributorRelationshipVerbs.create,
  patchPrincipalDistributorRelationship: principalDistributorRelationshipVerbs.patch,
  replacePrincipalDistributorRelationship: principalDistributorRelationshipVerbs.put,
  removePrincipalDistributorRelationship: principalDistributorRelationshipVerbs.remove,
  restorePrincipalDistributorRelationship: principalDistributorRelationshipVerbs.restore,
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
