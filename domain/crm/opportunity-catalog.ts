import { fieldCatalog, type FieldWords } from './field-catalog.ts';
import { opportunities } from './opportunity.ts';

const atMost = (max: number): string => `at most ${max} characters`;
const amount = 'an amount, at most two decimals';

/** What each field of an opportunity is called, and how it is typed. */
export const opportunityWords = {
  opportunityName: { label: 'Opportunity name', kind: 'text', rule: atMost(255) },
  accountId: { label: 'Account', kind: 'account' },
  account: { label: 'Account', kind: 'text' },
  stage: { label: 'Stage', kind: 'stage', rule: 'one of the stages' },
  stageName: { label: 'Stage', kind: 'text' },
  stageSince: { label: 'In this stage since', kind: 'instant' },
  value: { label: 'Value', kind: 'cents', rule: 'follows from its lines where it has any' },
  weightedValue: { label: 'Weighted', kind: 'cents', rule: 'value × probability' },
  currency: { label: 'Currency', kind: 'text', rule: 'three letters, as USD' },
  probability: { label: 'Probability', kind: 'percent', rule: '0 to 100; that of the stage unless said' },
  expectedCloseDate: { label: 'Expected close', kind: 'day' },
  actualCloseDate: { label: 'Closed', kind: 'day', rule: 'of a closed one' },
  ownerId: { label: 'Owner', kind: 'user' },
  owner: { label: 'Owner', kind: 'user' },
  source: { label: 'Source', kind: 'text', rule: atMost(100) },
  lostReason: { label: 'Lost because', kind: 'text', rule: 'of a lost one, which is never without' },
  distributorAccountId: { label: 'Distributor', kind: 'distributor' },
  vendorAccountId: { label: 'Vendor', kind: 'principal' },
  productId: { label: 'Product', kind: 'product' },
  orderIdHouse: { label: 'House order id', kind: 'text', rule: atMost(100) },
  expectedUsageGrossTotal: { label: 'Expected usage, gross', kind: 'text', rule: amount },
  expectedCommissionGrossTotal: { label: 'Expected commission, gross', kind: 'text', rule: amount },
  tags: { label: 'Tags', kind: 'words' },
  active: { label: 'Active', kind: 'boolean' },
  description: { label: 'Description', kind: 'prose', rule: atMost(10_000) },
  quantity: { label: 'Quantity', kind: 'number' },
  unitPrice: { label: 'Unit price', kind: 'cents' },
  discountPercent: { label: 'Discount', kind: 'percent' },
  lineTotal: { label: 'Total', kind: 'cents', rule: 'quantity × unit price less the discount' },
  accountName: { label: 'Account', kind: 'text' },
  role: { label: 'Role', kind: 'text' },
  contactName: { label: 'Contact', kind: 'text' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

/** CRM-T13, module 03. */
export const opportunityCatalog = fieldCatalog<keyof typeof opportunityWords>({
  module: 'opportunities',
  number: '03',
  words: opportunityWords,
  required: ['opportunityName'],
  filters: new Set([...Object.keys(opportunities.fields), 'weightedValue', 'createdAt', 'updatedAt']),
  views: [
    {
      view: 'list', section: 'Opportunities',
      fields: ['opportunityName', 'account', 'stageName', 'value', 'weightedValue', 'expectedCloseDate', 'owner'],
    },
    {
      view: 'create', section: 'New opportunity',
      fields: [
        'opportunityName', 'accountId', 'stage', 'value', 'currency', 'expectedCloseDate', 'ownerId', 'source',
        'distributorAccountId', 'vendorAccountId', 'productId', 'orderIdHouse', 'tags', 'description',
      ],
    },
    {
      view: 'detail', section: 'Main information',
      fields: [
        'opportunityName', 'accountId', 'value', 'currency', 'expectedCloseDate', 'ownerId', 'source', 'orderIdHouse',
        'distributorAccountId', 'vendorAccountId', 'productId', 'expectedUsageGrossTotal',
        'expectedCommissionGrossTotal', 'tags', 'active', 'description',
      ],
    },
    {
      view: 'detail', section: 'Stage',
      fields: ['stage', 'stageSince', 'probability', 'actualCloseDate', 'lostReason'],
    },
    {
      view: 'tab', section: 'Lines',
      fields: ['description', 'quantity', 'unitPrice', 'discountPercent', 'lineTotal'],
    },
    { view: 'tab', section: 'Participants', fields: ['accountName', 'role', 'contactName'] },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
