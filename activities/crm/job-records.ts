import { accountSource, contactSource } from '../../db/crm/crm-sources.ts';
import { accountWords } from '../../domain/crm/account-catalog.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contactWords } from '../../domain/crm/contact-catalog.ts';
import { contacts } from '../../domain/crm/contact.ts';
import type { JobRecord, Lookup } from '../platform/job/job-record.ts';
import { accountVerbs } from './account-verbs.ts';
import { contactVerbs } from './contact-verbs.ts';
import { groupedBy } from './group/group-of-job.ts';

const account: Lookup = { table: 'account', columns: ['account_name'], noun: 'account' };
const user: Lookup = { table: 'app_user', columns: ['email', 'username', 'full_name'], noun: 'user' };

export const crmJobRecords: Record<string, JobRecord> = {
  account: {
    record: accounts,
    verbs: accountVerbs,
    source: accountSource,
    words: accountWords,
    without: ['accountTypeId', 'ownerId'],
    keys: ['accountName', 'email', 'websiteUrl'],
    lookups: { accountOwner: user, parentAccountId: account },
    owner: 'accountOwner',
    group: groupedBy('accountId'),
  },
  contact: {
    record: contacts,
    verbs: contactVerbs,
    source: contactSource,
    words: contactWords,
    without: [],
    keys: ['emailAddress'],
    lookups: { accountId: account },
    tags: 'tags',
    group: groupedBy('contactId'),
  },
};
