import { fieldCatalog, type FieldWords } from '#domain/crm/field-catalog.ts';
import { povJobKinds } from '#domain/pov/job/job-kinds.ts';
import { PatchPov } from '#domain/pov/pov.ts';
import type { BulkModule } from '#lib/crm/bulk/bulk-sent.ts';
import { endOfDay, startOfDay } from '#lib/platform/days.ts';
import { decimalOf } from '../form/pov-values.ts';

/** Fields that many POVs can be given at once; the title and the opportunity of each are its own. */
const words = {
  accountId: { label: 'Account', kind: 'account' },
  customerName: { label: 'Customer', kind: 'text' },
  customerContact: { label: 'Customer contact', kind: 'text' },
  partnerName: { label: 'Partner', kind: 'text' },
  partnerContact: { label: 'Partner contact', kind: 'text' },
  startDate: { label: 'Start', kind: 'day' },
  endDate: { label: 'End', kind: 'day' },
  forecastDate: { label: 'Forecast', kind: 'day' },
  revenue: { label: 'Revenue', kind: 'text' },
  estimatedBudget: { label: 'Estimated budget', kind: 'text' },
  budgetDocument: { label: 'Budget document', kind: 'text' },
  objective: { label: 'Objective', kind: 'prose' },
  solution: { label: 'Solution', kind: 'prose' },
  competitors: { label: 'Competitors', kind: 'words' },
  tags: { label: 'Tags', kind: 'words' },
} as const satisfies Record<string, FieldWords>;

const names = Object.keys(words) as (keyof typeof words)[];
const catalog = fieldCatalog<keyof typeof words>({
  module: 'povs', number: '15', words, required: [], filters: new Set(),
  views: [{ view: 'create', section: 'POV', fields: names }],
});

/** What the API takes of the texts that were typed: a POV lasts until the end of its last day. */
const sent = (zone: string): Partial<Record<string, (text: string) => string | null>> => ({
  startDate: day => startOfDay(day, zone), endDate: day => endOfDay(day, zone),
  forecastDate: day => startOfDay(day, zone), revenue: decimalOf, estimatedBudget: decimalOf,
});

/** What is changed in many POVs, in the reader's time zone. */
export const povBulk = (zone: string): BulkModule => ({
  record: { name: 'pov', Patch: PatchPov }, jobs: povJobKinds.pov, catalog,
  gone: 'Their phases and all else of them go along, and their processes end. It can be undone.',
  noun: 'POV', plural: 'POVs', title: 'title',
  sends: fields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => {
      const as = sent(zone)[name];
      return [name, as && typeof value === 'string' ? as(value) : value];
    })),
});
