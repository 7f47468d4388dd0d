import { AccountType } from './account-type.entity.ts';
import { Account } from './account.entity.ts';
import { ContactOrganization } from './contact-organization.entity.ts';
import { Contact } from './contact.entity.ts';
import { OpportunityLineItem } from './opportunity-line-item.entity.ts';
import { OpportunityParticipant } from './opportunity-participant.entity.ts';
import { OpportunityStageChange } from './opportunity-stage-change.entity.ts';
import { OpportunityStage } from './opportunity-stage.entity.ts';
import { Opportunity } from './opportunity.entity.ts';
import { PrincipalDistributorRelationship } from './principal-distributor-relationship.entity.ts';

export const crmEntities = [
  AccountType, Account, Contact, ContactOrganization, PrincipalDistributorRelationship,
  OpportunityStage, Opportunity, OpportunityLineItem, OpportunityParticipant, OpportunityStageChange,
];
