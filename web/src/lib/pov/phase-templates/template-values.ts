import type { z } from 'zod';
import type { JsonObject } from '#domain/platform/field.ts';
import { PhaseType } from '#domain/pov/phase.ts';
import type { CreatePhaseTemplate, PhaseTemplate } from '#domain/pov/phase-template.ts';
import { detailLabel } from '../form/detail-fields.ts';

/** A sub-item as it is edited; `key` is kept as long as its label is not written anew. */
export interface ItemValues {
  key: string;
  label: string;
  kind: 'text' | 'flag';
  /** What a phase begins with; nothing that can be edited here. */
  value: unknown;
}
export interface DefinitionValues {
  /** For the list on the page only. */
  id: number;
  name: string;
  type: string;
  description: string;
  items: ItemValues[];
  /** Structured sub-items, which stay as they are. */
  rest: JsonObject;
}
export interface TemplateValues {
  name: string;
  description: string;
  isDefault: boolean;
  definitions: DefinitionValues[];
}
export const templateFields = ['name', 'description', 'isDefault'];

let ids = 0;
export const newDefinition = (name = ''): DefinitionValues => ({
  id: ++ids,
  name,
  type: 'EXECUTION',
  description: '',
  items: [],
  rest: {},
});
export const newItem = (): ItemValues => ({ key: '', label: '', kind: 'text', value: '' });

export const templateValues = (template: PhaseTemplate | null): TemplateValues => ({
  name: template?.name ?? '',
  description: template?.description ?? '',
  isDefault: template?.isDefault ?? false,
  definitions: template
    ? template.workflow.map(d => ({
        id: ++ids,
        name: d.name,
        type: d.type,
        description: d.description ?? '',
        ...itemsOf(d.details),
      }))
    : [newDefinition()],
});

function itemsOf(details: JsonObject): Pick<DefinitionValues, 'items' | 'rest'> {
  const items: ItemValues[] = [];
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(details)) {
    if (typeof value === 'boolean') items.push({ key, label: detailLabel(key), kind: 'flag', value });
    else if (typeof value === 'string' || value === null)
      items.push({ key, label: detailLabel(key), kind: 'text', value: value ?? '' });
    else rest[key] = value;
  }
  return { items, rest };
}

/** "Value criteria" becomes `valueCriteria`; letters of other languages stay. */
export const keyOf = (label: string): string =>
  label
    .trim()
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word, i) => (i ? word[0]!.toUpperCase() + word.slice(1) : word))
    .join('');

export function templateBody(values: TemplateValues): z.input<typeof CreatePhaseTemplate> {
  return {
    name: values.name,
    description: values.description.trim() || null,
    isDefault: values.isDefault,
    workflow: values.definitions.map(({ name, type, description, items, rest }) => ({
      name,
      type: PhaseType.safeParse(type).data ?? 'PLANNING',
      description: description.trim() || null,
      details: {
        ...Object.fromEntries(items.filter(i => i.label.trim()).map(item => [keptKey(item), firstValue(item)])),
        ...rest,
      },
    })),
  };
}
const keptKey = ({ key, label }: ItemValues): string =>
  key && detailLabel(key) === label.trim() ? key : keyOf(label);
const firstValue = ({ kind, value }: ItemValues): string | boolean =>
  kind === 'flag' ? value === true : typeof value === 'string' ? value : '';
