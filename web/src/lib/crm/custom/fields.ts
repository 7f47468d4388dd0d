import TextCursor from '@lucide/svelte/icons/text-cursor-input';
import { fieldCatalog } from '#domain/crm/field-catalog.ts';
import { customFields, customTypes } from '#domain/platform/custom-field/custom-field.ts';
import type { CrmModule } from '../crm-module.ts';

const typed = ['label', 'type', 'options', 'required', 'section', 'position', 'active'] as const;
export const fieldModule: CrmModule = {
  record: customFields, noun: 'field', plural: 'fields', heading: 'Fields', href: '', icon: TextCursor, title: 'label',
  about: 'Fields of your own stand beside the built-in ones: in forms, tables, filters, imports and exports.',
  follows: ['crm.custom-field.'],
  catalog: fieldCatalog<(typeof typed)[number] | 'key'>({
    module: 'custom-fields', number: '09', required: ['label'], filters: new Set(),
    words: {
      label: { label: 'Label', kind: 'text' },
      key: { label: 'Key', kind: 'text' },
      type: { label: 'Type', kind: 'choice', options: customTypes },
      options: { label: 'Options', kind: 'words' },
      required: { label: 'Required', kind: 'boolean' },
      section: { label: 'Section', kind: 'text' },
      position: { label: 'Order', kind: 'number' },
      active: { label: 'Active', kind: 'boolean' },
    },
    views: [
      { view: 'create', section: 'New field', fields: ['label', 'key', ...typed.slice(1)] },
      { view: 'detail', section: 'Field', fields: typed },
    ],
  }),
};
