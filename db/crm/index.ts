import { Tag } from './tag/tag.entity.ts';
import { AccountType } from './account-type.entity.ts';
import { Account } from './account.entity.ts';
import { ContactOrganization } from './contact-organization.entity.ts';
import { DuplicatePair } from './duplicate/duplicate-pair.entity.ts';
import { DuplicateScan } from './duplicate/duplicate-scan.entity.ts';
import { RecordMerge } from './duplicate/record-merge.entity.ts';
import { Enrichment, EnrichmentProposal, EnrichmentSource } from './enrichment/enrichment.entity.ts';
import { Interaction } from './activity/interaction.entity.ts';
import { Task } from './activity/task.entity.ts';
import { Comment } from './comment.entity.ts';
import { Contact } from './contact.entity.ts';
import { GroupMember } from './group/group-member.entity.ts';
import { Group } from './group/group.entity.ts';
import { OpportunityLineItem } from './opportunity-line-item.entity.ts';
import { OpportunityParticipant } from './opportunity-participant.entity.ts';
import { OpportunityStageChange } from './opportunity-stage-change.entity.ts';
import { OpportunityStage } from './opportunity-stage.entity.ts';
import { Opportunity } from './opportunity.entity.ts';
import { PrincipalDistributorRelationship } from './principal-distributor-relationship.entity.ts';
import { ScoringRule } from './scoring/scoring-rule.entity.ts';
import { ScoringRun } from './scoring/scoring-run.entity.ts';
import { Ticket } from './ticket/ticket.entity.ts';

export const crmEntities = [
  AccountType, Account, Contact, ContactOrganization, PrincipalDistributorRelationship,
  OpportunityStage, Opportunity, OpportunityLineItem, OpportunityParticipant, OpportunityStageChange,
  Interaction, Task, Group, GroupMember, Ticket, Comment, Tag,
  DuplicatePair, DuplicateScan, RecordMerge, ScoringRule, ScoringRun,
  EnrichmentSource, Enrichment, EnrichmentProposal,
];
