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
    called: {
      accountId: ['Account Name', 'Associated Company', 'Company Name', 'Company'],
      jobTitle: ['Title'],
      workPhone: ['Phone', 'Phone Number', 'Office Phone', 'Business Phone'],
      mobile: ['Mobile Phone', 'Mobile Phone Number'],
      emailAddress: ['E-mail Address', 'Primary E-mail'],
      addressLine1: ['Street Address', 'Mailing Street', 'Address Street', 'Primary Address Street'],
      city: ['Mailing City', 'Address City', 'Primary Address City'],
      state: ['Mailing State', 'Mailing State/Province', 'Address State', 'Primary Address State'],
      postalCode: ['Mailing Zip/Postal Code', 'Address Postal Code', 'Primary Address Postalcode'],
      country: ['Mailing Country', 'Country/Region', 'Address Country', 'Primary Address Country'],
      source: ['Lead Source', 'Original Source'],
    },
    extensions: { workPhone: 'extension' },
    tags: 'tags',
    group: groupedBy('contactId'),
  },
};
