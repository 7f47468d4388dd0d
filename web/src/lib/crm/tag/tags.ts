import TagIcon from '@lucide/svelte/icons/tag';
import { fieldCatalog } from '#domain/crm/field-catalog.ts';
import { tagColors, tags } from '#domain/crm/tag/tag.ts';
import type { CrmModule } from '../crm-module.ts';

export const tagModule: CrmModule = {
  record: tags, noun: 'tag', plural: 'tags', heading: 'Tags', href: '', icon: TagIcon, title: 'name',
  about: 'Give the tags of your records a colour: every chip shows it.',
  follows: ['crm.tag.'],
  catalog: fieldCatalog<'name' | 'color'>({
    module: 'tags', number: '09', required: ['name'], filters: new Set(),
    words: {
      name: { label: 'Tag', kind: 'text' },
      color: { label: 'Colour', kind: 'choice', options: tagColors },
    },
    views: [
      { view: 'create', section: 'New tag', fields: ['name', 'color'] },
      { view: 'detail', section: 'Tag', fields: ['color'] },
    ],
  }),
};
