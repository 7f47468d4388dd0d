import { fieldCatalog, type FieldWords } from './field-catalog.ts';
import { contacts, contactStatuses } from './contact.ts';

const atMost = (max: number): string => `at most ${max} characters`;
const dashed = 'as 555-123-4567';

/** What each field of a contact is called, and how it is typed. */
export const contactWords = {
  suffix: { label: 'Suffix', kind: 'text', rule: atMost(10) },
  firstName: { label: 'First name', kind: 'text', rule: atMost(100) },
  lastName: { label: 'Last name', kind: 'text', rule: atMost(100) },
  fullName: { label: 'Full name', kind: 'text', rule: 'made of the parts of the name' },
  accountId: { label: 'Account', kind: 'account', rule: 'only a lead may have none' },
  accountName: { label: 'Account', kind: 'text' },
  contactType: { label: 'Contact type', kind: 'text', rule: 'the type of the account' },
  jobTitle: { label: 'Job title', kind: 'text', rule: atMost(100) },
  department: { label: 'Department', kind: 'text', rule: atMost(100) },
  workPhone: { label: 'Work phone', kind: 'phone', rule: dashed },
  extension: { label: 'Extension', kind: 'text', rule: atMost(10) },
  mobile: { label: 'Mobile', kind: 'phone', rule: dashed },
  emailAddress: { label: 'E-mail', kind: 'mail', rule: 'an e-mail address that no other contact has' },
  emails: { label: 'Further e-mail addresses', kind: 'typed', rule: 'as home: jane@example.com' },
  phones: { label: 'Further phones', kind: 'typed', rule: 'as home: +47 22 33 44 55' },
  opportunityId: { label: 'Opportunity', kind: 'opportunity' },
  isPrimary: { label: 'Primary contact', kind: 'boolean', rule: 'one for each account' },
  addressLine1: { label: 'Street', kind: 'text', rule: atMost(255) },
  addressLine2: { label: 'Street 2', kind: 'text', rule: atMost(255) },
  city: { label: 'City', kind: 'text', rule: atMost(100) },
  state: { label: 'State', kind: 'text', rule: atMost(100) },
  postalCode: { label: 'Postal code', kind: 'text', rule: atMost(20) },
  country: { label: 'Country', kind: 'text', rule: atMost(100) },
  source: { label: 'Source', kind: 'text', rule: atMost(100) },
  leadScore: { label: 'Lead score', kind: 'number', rule: 'computed' },
  status: { label: 'Status', kind: 'choice', options: contactStatuses },
  tags: { label: 'Tags', kind: 'words' },
  active: { label: 'Active', kind: 'boolean' },
  description: { label: 'Description', kind: 'prose', rule: atMost(10_000) },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
  opportunityName: { label: 'Opportunity name', kind: 'text' },
  stageName: { label: 'Stage', kind: 'text' },
  value: { label: 'Value', kind: 'cents' },
  expectedCloseDate: { label: 'Expected close', kind: 'day' },
  owner: { label: 'Owner', kind: 'user' },
  type: { label: 'Kind', kind: 'text' },
  title: { label: 'Subject', kind: 'text' },
  details: { label: 'Details', kind: 'prose' },
  by: { label: 'By', kind: 'text' },
  at: { label: 'At', kind: 'instant' },
  duration: { label: 'Minutes', kind: 'number' },
  taskStatus: { label: 'Status of the task', kind: 'text' },
  dueDate: { label: 'Due', kind: 'instant' },
  groupName: { label: 'Group name', kind: 'text' },
  groupType: { label: 'Group type', kind: 'text' },
  memberCount: { label: 'Members', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

const address = ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country'] as const;

/** CRM-T13, module 02. */
export const contactCatalog = fieldCatalog<keyof typeof contactWords>({
  module: 'contacts',
  number: '02',
  words: contactWords,
  required: ['firstName', 'lastName'],
  filters: new Set([...Object.keys(contacts.fields), 'accountName', 'contactType', 'createdAt', 'updatedAt']),
  views: [
    {
      view: 'list', section: 'Contacts',
      fields: ['fullName', 'accountName', 'jobTitle', 'contactType', 'workPhone', 'mobile', 'emailAddress'],
    },
    {
      view: 'create', section: 'New contact',
      fields: [
        'suffix', 'firstName', 'lastName', 'accountId', 'contactType', 'jobTitle', 'workPhone', 'extension', 'mobile',
        'emailAddress', 'active', 'description',
      ],
    },
    {
      view: 'detail', section: 'Main information',
      fields: [
        'firstName', 'lastName', 'suffix', 'fullName', 'jobTitle', 'department', 'workPhone', 'extension', 'mobile',
        'emailAddress', 'emails', 'phones', 'status', 'source', 'leadScore', 'tags', 'opportunityId', 'active',
        'description',
      ],
    },
    { view: 'detail', section: 'Account', fields: ['accountId', 'contactType', 'isPrimary'] },
    { view: 'detail', section: 'Address', fields: address },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
    {
      view: 'tab', section: 'Opportunities',
      fields: ['opportunityName', 'stageName', 'value', 'expectedCloseDate', 'owner'],
    },
    {
      view: 'tab', section: 'Activities',
      fields: ['type', 'title', 'details', 'by', 'at', 'duration', 'taskStatus', 'dueDate'],
    },
    { view: 'tab', section: 'Groups', fields: ['groupName', 'groupType', 'memberCount'] },
  ],
});
