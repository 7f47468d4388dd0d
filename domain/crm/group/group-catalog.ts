import { fieldCatalog, type FieldWords } from '../field-catalog.ts';
import { groups } from './group.ts';

const words = {
  groupName: { label: 'Group name', kind: 'text', rule: 'at most 255 characters' },
  groupType: { label: 'Group type', kind: 'text', rule: 'at most 100 characters' },
  memberCount: { label: 'Members', kind: 'number', rule: 'counted' },
  description: { label: 'Description', kind: 'prose', rule: 'at most 10000 characters' },
  active: { label: 'Active', kind: 'boolean' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

export const groupCatalog = fieldCatalog<keyof typeof words>({
  module: 'groups',
  number: '06',
  words,
  required: ['groupName'],
  filters: new Set([...Object.keys(groups.fields), 'memberCount', 'createdAt', 'updatedAt']),
  views: [
    { view: 'list', section: 'Groups', fields: ['groupName', 'groupType', 'memberCount', 'active', 'updatedAt'] },
    { view: 'create', section: 'New group', fields: ['groupName', 'groupType', 'description', 'active'] },
    { view: 'detail', section: 'Group', fields: ['groupName', 'groupType', 'active', 'description'] },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
