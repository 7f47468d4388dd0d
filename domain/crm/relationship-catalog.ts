import { fieldCatalog, type FieldWords } from './field-catalog.ts';
import { principalDistributorRelationships, relationshipStatuses } from './principal-distributor-relationship.ts';

const words = {
  pairName: { label: 'Relation', kind: 'text' },
  principalAccountId: { label: 'Principal', kind: 'principal', rule: 'an account that is flagged as principal' },
  principalName: { label: 'Principal', kind: 'text' },
  distributorAccountId: { label: 'Distributor', kind: 'distributor', rule: 'another account than the principal' },
  distributorName: { label: 'Distributor', kind: 'text' },
  commissionRate: { label: 'Commission rate', kind: 'percent', rule: '0 to 100, at most two decimals' },
  status: { label: 'Status', kind: 'choice', options: relationshipStatuses, rule: 'one active relation for each pair' },
  territory: { label: 'Territory', kind: 'text', rule: 'at most 255 characters' },
  startDate: { label: 'From', kind: 'day' },
  endDate: { label: 'Until', kind: 'day', rule: 'not before the start' },
  notes: { label: 'Notes', kind: 'prose', rule: 'at most 10000 characters' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

const typed = [
  'principalAccountId', 'distributorAccountId', 'commissionRate', 'status', 'territory', 'startDate', 'endDate',
  'notes',
] as const;

export const relationshipCatalog = fieldCatalog<keyof typeof words>({
  module: 'partners',
  number: '09',
  words,
  required: ['principalAccountId', 'distributorAccountId', 'commissionRate'],
  filters: new Set([
    ...Object.keys(principalDistributorRelationships.fields), 'principalName', 'distributorName', 'createdAt',
    'updatedAt',
  ]),
  views: [
    {
      view: 'list', section: 'Partners',
      fields: ['pairName', 'principalName', 'distributorName', 'commissionRate', 'status', 'territory'],
    },
    { view: 'create', section: 'New relation', fields: typed },
    { view: 'detail', section: 'Relation', fields: typed },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
