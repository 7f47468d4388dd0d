import { groupSource, interactionSource, taskSource, ticketSource } from '../../db/crm/activity-sources.ts';
import { accountSource, contactSource } from '../../db/crm/crm-sources.ts';
import { opportunitySource } from '../../db/crm/opportunity-sources.ts';
import { principalDistributorSource } from '../../db/crm/principal-source.ts';
import { sourceOf } from '../../db/platform/record-people.ts';
import type { RecordSource } from '../../db/platform/record.query.ts';
import { accountWords } from '../../domain/crm/account-catalog.ts';
import { accounts } from '../../domain/crm/account.ts';
import { interactionWords, taskWords } from '../../domain/crm/activity/activity-words.ts';
import { interactions } from '../../domain/crm/activity/interaction.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import { contactWords } from '../../domain/crm/contact-catalog.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { emailTemplateCatalog } from '../../domain/crm/email/email-template-catalog.ts';
import { wordsIn } from '../../domain/crm/field-catalog.ts';
import { groupCatalog } from '../../domain/crm/group/group-catalog.ts';
import { groups } from '../../domain/crm/group/group.ts';
import { crmJobKinds } from '../../domain/crm/job-kinds.ts';
import { opportunityWords } from '../../domain/crm/opportunity-catalog.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { principalDistributorRelationships } from '../../domain/crm/principal-distributor-relationship.ts';
import { relationshipCatalog } from '../../domain/crm/relationship-catalog.ts';
import { ticketCatalog } from '../../domain/crm/ticket/ticket-catalog.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { emailTemplates } from '../../domain/platform/mail/email-template.ts';
import { alikeInAll } from '../platform/job/alike-in-all.ts';
import { declared, type JobRecord } from '../platform/job/job-record.ts';
import { backBy } from '../platform/job/put-back.ts';
import type { RecordVerbs } from '../platform/record/record-verbs.ts';
import { accountVerbs } from './account-verbs.ts';
import { interactionVerbs } from './activity/interaction-verbs.ts';
import { taskVerbs } from './activity/task-verbs.ts';
import { contactCalled } from './contact-called.ts';
import { contactBack, contactVerbs, primaryAside } from './contact-verbs.ts';
import { alikeAccount, alikeContact } from './duplicate/alike-rows.ts';
import { emailTemplateVerbs } from './email/email-template-verbs.ts';
import { groupedBy } from './group/group-of-job.ts';
import { groupVerbs } from './group/group-verbs.ts';
import { accountTypeLookup, lookupsOf } from './job-lookups.ts';
import { opportunityVerbs } from './opportunity-verbs.ts';
import { principalDistributorRelationshipVerbs } from './principal-distributor-relationship-verbs.ts';
import { ticketVerbs } from './ticket/ticket-verbs.ts';

const worded = (words: JobRecord['words']) => ({ words, lookups: lookupsOf(words), without: [] });

/** With stamps that a change writes, and that are as they were where it is taken back. */
const stamped = (record: AnyRecord, verbs: RecordVerbs, source: RecordSource, stamps: readonly string[]) => {
  const made = declared(record, verbs, { source });
  return { ...made, verbs: { ...made.verbs, back: backBy(verbs), stamps } };
};

const people = declared(contacts, contactVerbs, { source: contactSource, atOnce: true });

/** Register: what jobs work on, one entry for each kind of record of the area. */
export const crmJobRecords: Record<string, JobRecord> = {
  account: {
    ...declared(accounts, accountVerbs, { source: accountSource, atOnce: true }), ...worded(accountWords),
    kind: crmJobKinds.account,
    lookups: { ...lookupsOf(accountWords), accountType: accountTypeLookup },
    without: ['accountTypeId', 'ownerId'],
    needs: ['accountType'],
    keys: ['accountName', 'email', 'websiteUrl'],
    alike: alikeAccount,
    owner: 'accountOwner',
    group: groupedBy('accountId'),
  },
  contact: {
    ...people, ...worded(contactWords),
    verbs: { ...people.verbs, back: contactBack, aside: primaryAside },
    kind: crmJobKinds.contact,
    keys: ['emailAddress'],
    further: { emailAddress: { list: 'emails', search: 'contacts_with_mail' } },
    alike: alikeContact,
    called: contactCalled,
    extensions: { workPhone: 'extension' },
    tags: 'tags',
    group: groupedBy('contactId'),
  },
  opportunity: {
    ...stamped(opportunities, opportunityVerbs, opportunitySource, ['stageSince']), ...worded(opportunityWords),
    kind: crmJobKinds.opportunity,
    needs: ['opportunityName'],
    keys: ['opportunityName', 'orderIdHouse'], presets: ['orderIdHouse'], alike: alikeInAll(opportunities),
    owner: 'ownerId',
    tags: 'tags',
    called: {
      opportunityName: ['Deal name', 'Name'], accountId: ['Account name', 'Company'], value: ['Amount'],
      expectedCloseDate: ['Close date', 'Expected close date'], ownerId: ['Deal owner'], source: ['Lead source'],
    },
  },
  group: {
    ...declared(groups, groupVerbs, { source: groupSource }), ...worded(wordsIn(groupCatalog)),
    kind: crmJobKinds.group, keys: ['groupName'],
  },
  ticket: {
    ...stamped(tickets, ticketVerbs, ticketSource, ['closedAt']), ...worded(wordsIn(ticketCatalog)),
    kind: crmJobKinds.ticket, keys: ['issue'], presets: [], alike: alikeInAll(tickets), owner: 'assigneeId',
  },
  task: {
    ...stamped(tasks, taskVerbs, taskSource, ['completedAt', 'remindedAt', 'overdueToldAt']), ...worded(taskWords),
    kind: crmJobKinds.task, keys: ['title'], presets: [], alike: alikeInAll(tasks), until: ['dueDate'],
    owner: 'assigneeId', tags: 'tags',
  },
  interaction: {
    ...declared(interactions, interactionVerbs, { source: interactionSource }), ...worded(interactionWords),
    kind: crmJobKinds.interaction, keys: ['subject'], presets: [], alike: alikeInAll(interactions), owner: 'ownerId',
  },
  [crmJobKinds.partner.name]: {
    ...declared(principalDistributorRelationships, principalDistributorRelationshipVerbs, {
      source: principalDistributorSource,
    }),
    ...worded(wordsIn(relationshipCatalog)),
    kind: crmJobKinds.partner, keys: [],
  },
  [crmJobKinds.emailTemplate.name]: {
    ...declared(emailTemplates, emailTemplateVerbs, { source: sourceOf({}) }), ...worded(wordsIn(emailTemplateCatalog)),
    kind: crmJobKinds.emailTemplate, keys: ['name'],
  },
};
