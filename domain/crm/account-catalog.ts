import { fieldCatalog, type FieldWords } from './field-catalog.ts';
import { accounts, accountStatuses } from './account.ts';

const atMost = (max: number): string => `at most ${max} characters`;
const address = (kind: 'shipping' | 'billing'): Record<string, FieldWords> => {
  const name = kind === 'shipping' ? 'Shipping' : 'Billing';
  return {
    [`${kind}Street`]: { label: `${name} street`, kind: 'text', rule: atMost(255) },
    [`${kind}Street2`]: { label: `${name} street 2`, kind: 'text', rule: atMost(255) },
    [`${kind}City`]: { label: `${name} city`, kind: 'text', rule: atMost(100) },
    [`${kind}State`]: { label: `${name} state`, kind: 'text', rule: atMost(10) },
    [`${kind}Zip`]: { label: `${name} ZIP`, kind: 'text', rule: atMost(12) },
    [`${kind}Country`]: { label: `${name} country`, kind: 'text', rule: atMost(100) },
  };
};

/** What each field of an account is called, and how it is typed. */
export const accountWords = {
  accountName: { label: 'Account name', kind: 'text', rule: atMost(255) },
  accountLegalName: { label: 'Legal name', kind: 'text', rule: atMost(255) },
  accountTypeId: { label: 'Account type', kind: 'type', rule: 'one of the account types' },
  accountType: { label: 'Account type', kind: 'text' },
  accountOwner: { label: 'Owner', kind: 'user' },
  owner: { label: 'Owner', kind: 'user' },
  parentAccountId: { label: 'Parent account', kind: 'account', rule: 'not itself, and none below it' },
  parentAccountName: { label: 'Parent account', kind: 'text' },
  industry: { label: 'Industry', kind: 'text', rule: atMost(255) },
  websiteUrl: { label: 'Website', kind: 'web', rule: 'a web address, as https://example.com' },
  description: { label: 'Description', kind: 'prose', rule: atMost(10_000) },
  ...address('shipping'),
  ...address('billing'),
  status: { label: 'Status', kind: 'choice', options: accountStatuses },
  active: { label: 'Active', kind: 'boolean' },
  employeeCount: { label: 'Employees', kind: 'text', rule: 'a range, as 11-50' },
  annualRevenue: { label: 'Annual revenue', kind: 'text', rule: atMost(50) },
  phone: { label: 'Phone', kind: 'phone', rule: atMost(50) },
  email: { label: 'E-mail', kind: 'mail', rule: 'an e-mail address' },
  organizationType: { label: 'Organization type', kind: 'text', rule: atMost(100) },
  isPrincipal: { label: 'Principal', kind: 'boolean' },
  isDistributor: { label: 'Distributor', kind: 'boolean' },
  sector: { label: 'Sector', kind: 'text', rule: atMost(100) },
  size: { label: 'Size', kind: 'text', rule: atMost(100) },
  contactCount: { label: 'Contacts', kind: 'number' },
  childCount: { label: 'Subsidiaries', kind: 'number' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
  fullName: { label: 'Full name', kind: 'text' },
  jobTitle: { label: 'Job title', kind: 'text' },
  workPhone: { label: 'Work phone', kind: 'phone' },
  mobile: { label: 'Mobile', kind: 'phone' },
  emailAddress: { label: 'E-mail', kind: 'mail' },
  isPrimary: { label: 'Primary contact', kind: 'boolean' },
} as const satisfies Record<string, FieldWords>;

const shipping = [
  'shippingStreet', 'shippingStreet2', 'shippingCity', 'shippingState', 'shippingZip', 'shippingCountry',
];
const billing = ['billingStreet', 'billingStreet2', 'billingCity', 'billingState', 'billingZip', 'billingCountry'];

/** CRM-T13, module 01. */
export const accountCatalog = fieldCatalog<string>({
  module: 'accounts',
  number: '01',
  words: accountWords,
  required: ['accountName', 'accountTypeId', 'accountOwner'],
  filters: new Set([...Object.keys(accounts.fields), 'accountType', 'contactCount', 'createdAt', 'updatedAt']),
  views: [
    {
      view: 'list', section: 'Accounts',
      fields: [
        'accountName', 'accountLegalName', 'accountType', 'owner', 'shippingCity', 'shippingState',
        'contactCount', 'active',
      ],
    },
    {
      view: 'create', section: 'New account',
      fields: [
        'accountName', 'accountLegalName', 'accountTypeId', 'accountOwner', 'parentAccountId', 'industry', 'websiteUrl',
        'description', ...shipping, ...billing,
      ],
    },
    {
      view: 'detail', section: 'Basic information',
      fields: [
        'accountName', 'accountLegalName', 'accountTypeId', 'status', 'active', 'accountOwner', 'parentAccountId',
        'industry', 'sector', 'size', 'employeeCount', 'annualRevenue', 'organizationType', 'isPrincipal',
        'isDistributor', 'websiteUrl', 'phone', 'email', 'description',
      ],
    },
    { view: 'detail', section: 'Addresses', fields: [...shipping, ...billing] },
    {
      view: 'tab', section: 'Contacts',
      fields: ['fullName', 'jobTitle', 'workPhone', 'mobile', 'emailAddress', 'isPrimary'],
    },
    { view: 'tab', section: 'Hierarchy', fields: ['accountName', 'accountType', 'owner', 'childCount'] },
    { view: 'create', section: 'Organization', fields: ['organizationType', 'isPrincipal', 'isDistributor'] },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
