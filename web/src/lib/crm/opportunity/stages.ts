import Flag from '@lucide/svelte/icons/flag';
import { fieldCatalog } from '#domain/crm/field-catalog.ts';
import { opportunityStages, stageFields, stageOutcomes } from '#domain/crm/opportunity-stage.ts';
import type { CrmModule } from '../crm-module.ts';

const typed = ['name', 'position', 'probability', 'outcome', 'requiredFields'] as const;
export const stageModule: CrmModule = {
  record: opportunityStages, noun: 'stage', plural: 'stages', heading: 'Pipeline stages', href: '', icon: Flag,
  title: 'name', about: 'The steps of your pipeline, from the first word to won or lost.',
  follows: ['crm.opportunity-stage.'],
  catalog: fieldCatalog<(typeof typed)[number]>({
    module: 'opportunity-stages', number: '03', required: ['name'], filters: new Set(),
    words: {
      name: { label: 'Name', kind: 'text' },
      position: { label: 'Order', kind: 'number' },
      probability: { label: 'Probability', kind: 'percent' },
      outcome: { label: 'Outcome', kind: 'choice', options: stageOutcomes },
      requiredFields: { label: 'Needed before it', kind: 'choices', options: stageFields },
    },
    views: [
      { view: 'create', section: 'New stage', fields: typed }, { view: 'detail', section: 'Stage', fields: typed },
    ],
  }),
};
