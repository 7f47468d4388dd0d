import { z } from 'zod';
import { line } from '../field.ts';
import { record } from '../record.ts';

/** The records that an administrator gives fields of their own, by name; their tables are called the same. */
export const customRecords = ['account', 'contact', 'opportunity', 'product'] as const;
export type CustomRecord = (typeof customRecords)[number];
export const isCustomRecord = (name: string): name is CustomRecord =>
  (customRecords as readonly string[]).includes(name);

export const customTypes = [
  'text', 'number', 'date', 'boolean', 'select', 'multi-select', 'url', 'email', 'user',
] as const;
export type CustomType = (typeof customTypes)[number];
export const hasOptions = (type: CustomType): boolean => type === 'select' || type === 'multi-select';

/** So many fields has a kind of record. */
export const customFieldsMax = 50;

export const CustomKey = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,49}$/, 'must be letters and digits, the first one lower-case')
  .refine(key => !(key in {}), 'is not possible as a key');

/** These part several values wherever they stand in one text. */
const Option = line(100).refine(option => !/[,;]/.test(option), 'must hold no comma and no semicolon');

const sent = {
  recordType: z.enum(customRecords).meta({ title: 'Record', description: 'What it is a field of; stays as it is' }),
  key: CustomKey.optional().meta({
    title: 'Key', example: 'region',
    description: 'Its name in the API, after `customFields.`; made of the label, unless said',
  }),
  label: line(100).meta({ title: 'Label' }),
  type: z.enum(customTypes).default('text').meta({ title: 'Type', description: 'Stays while records hold values' }),
  required: z.boolean().default(false).meta({ title: 'Required' }),
  options: z.array(Option).max(200).transform(all => [...new Set(all)]).default([])
    .meta({ title: 'Options', description: 'Of a select' }),
  section: line(100).default('More').meta({ title: 'Section', description: 'Its heading on the page of a record' }),
  position: z.int().min(0).max(1_000_000).optional().meta({ title: 'Order', description: 'Smaller comes first' }),
  active: z.boolean().default(true).meta({ title: 'Active', description: 'One that is not is hidden with its values' }),
};

/** A field that an administrator gave a kind of record (PLT-007); its values stand in `customFields` by its key. */
export const customFields = record({
  name: 'custom-field',
  area: 'crm',
  tableName: 'custom_field',
  path: '/api/custom-fields',
  title: 'label',
  shape: z.object({
    recordType: z.enum(customRecords), key: z.string(), label: z.string(), type: z.enum(customTypes),
    required: z.boolean(), options: z.array(z.string()), section: z.string(), position: z.int(), active: z.boolean(),
  }),
  create: z.object(sent),
  fields: {
    recordType: 'text', key: 'text', label: 'text', type: 'text', required: 'boolean', section: 'text',
    position: 'number', active: 'boolean',
  },
  defaultSort: 'position,label',
});
/** As much of it as its values depend on. */
export type CustomField = Pick<
  z.output<typeof customFields.Row>,
  'key' | 'label' | 'type' | 'required' | 'options' | 'section' | 'active'
>;

/** Shown beside a record. */
export const CustomFieldPeople = z.record(z.string(), z.string()).nullable()
  .meta({ description: 'The names of the users in its custom fields, by their ids' });

const prefix = 'customFields.';
/** What it is called in filters, sort keys, columns and errors. */
export const customName = (key: string): string => prefix + key;
export const customKeyOf = (name: string): string | undefined =>
  name.startsWith(prefix) ? name.slice(prefix.length) : undefined;

/** A value of a row by its name; those of custom fields stand one level deeper. */
export function heldIn(row: Record<string, unknown>, name: string): unknown {
  const key = customKeyOf(name);
  if (key === undefined) return row[name];
  const held = row['customFields'] as Record<string, unknown> | null | undefined;
  return held && Object.hasOwn(held, key) ? held[key] : null;
}

/** Values by their names as the API takes them: those of custom fields go one level deeper. */
export function nested(named: Record<string, unknown>): Record<string, unknown> {
  const custom: [string, unknown][] = [];
  const own = Object.entries(named).filter(([name, value]) => {
    const key = customKeyOf(name);
    if (key !== undefined) custom.push([key, value]);
    return key === undefined;
  });
  return { ...Object.fromEntries(own), ...(custom.length ? { customFields: Object.fromEntries(custom) } : {}) };
}

/** `Sales region` → `salesRegion`; nothing where no letter is left. */
export function keyOfLabel(label: string): string | undefined {
  const words = label.normalize('NFD').replace(/[^a-zA-Z0-9 ]+/g, ' ').trim().toLowerCase().split(/ +/);
  const key = words.map((word, i) => (i ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join('');
  return CustomKey.safeParse(key.slice(0, 50)).data;
}
