import { z } from 'zod';
import { line } from '../../platform/field.ts';
import { record } from '../../platform/record.ts';
import { optionalText } from '../crm-fields.ts';

const text = z.string().nullable();

/** Accounts and contacts that belong together (CRM-T10). */
export const groups = record({
  name: 'group',
  area: 'crm',
  tableName: 'crm_group',
  path: '/api/groups',
  title: 'groupName',
  shape: z.object({ groupName: z.string(), groupType: text, description: text, active: z.boolean() }),
  shown: z.object({
    memberCount: z.int().meta({ description: 'Accounts and contacts in it that are not deleted' }),
    createdByName: text, updatedByName: text,
  }),
  create: z.object({
    groupName: line(255).meta({ title: 'Group name' }),
    groupType: optionalText(100).meta({ title: 'Group type', example: 'Newsletter' }),
    description: optionalText(10_000).meta({ title: 'Description' }),
    active: z.boolean().default(true).meta({ title: 'Active' }),
  }),
  fields: { groupName: 'text', groupType: 'text', active: 'boolean' },
  search: ['groupName', 'groupType'],
  scopes: { owner: 'createdBy' },
});
export type Group = z.output<typeof groups.View>;
