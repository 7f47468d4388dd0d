import { fieldCatalog } from '../field-catalog.ts';
import { interactionWords } from './activity-words.ts';
import { interactions } from './interaction.ts';

/** Module 14: what happened with customers, and what is planned (CRM-046). */
export const interactionCatalog = fieldCatalog<keyof typeof interactionWords>({
  module: 'interactions',
  number: '14',
  words: interactionWords,
  required: ['type', 'subject'],
  filters: new Set([...Object.keys(interactions.fields), 'accountName', 'ownerName', 'createdAt', 'updatedAt']),
  views: [
    {
      view: 'list', section: 'Interactions',
      fields: ['subject', 'type', 'status', 'scheduledAt', 'completedAt', 'ownerName', 'accountName'],
    },
    {
      view: 'create', section: 'New interaction',
      fields: [
        'type', 'subject', 'status', 'direction', 'scheduledAt', 'completedAt', 'duration', 'outcome', 'contactId',
        'accountId', 'opportunityId', 'ownerId', 'description',
      ],
    },
    {
      view: 'detail', section: 'Interaction',
      fields: [
        'type', 'subject', 'status', 'direction', 'scheduledAt', 'completedAt', 'duration', 'outcome', 'ownerId',
        'description',
      ],
    },
    { view: 'detail', section: 'About', fields: ['contactId', 'accountId', 'opportunityId'] },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
