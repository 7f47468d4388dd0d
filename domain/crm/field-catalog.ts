import { z } from 'zod';
import { endpoint } from '../platform/contract.ts';
import { customRecords } from '../platform/custom-field/custom-field.ts';

/** How a field is shown and typed. */
export const catalogKinds = [
  'text', 'prose', 'choice', 'boolean', 'number', 'instant', 'user', 'account', 'type', 'web', 'mail', 'phone', 'words',
  'day', 'cents', 'percent', 'stage', 'contact', 'choices', 'principal', 'distributor', 'opportunity', 'product',
  'category', 'typed',
] as const;
export type CatalogKind = (typeof catalogKinds)[number];

/** Where a field stands: in the table, in the form of a new record, on the page of one, or in a tab of that page. */
export const catalogViews = ['list', 'create', 'detail', 'tab'] as const;
export type CatalogView = (typeof catalogViews)[number];

export const CatalogField = z
  .object({
    number: z.string().meta({ description: 'Module, view, place; place 000 is the view itself', example: '01.02.001' }),
    module: z.string(),
    view: z.enum(catalogViews),
    section: z.string(),
    label: z.string(),
    field: z.string().nullable().meta({ description: 'Name in the API; null for a view itself' }),
    kind: z.enum(catalogKinds).nullable(),
    required: z.boolean(),
    rule: z.string().nullable().meta({ description: 'What it must be like, in words' }),
    options: z.array(z.string()).nullable(),
    filter: z.boolean().meta({ description: 'Lists can be filtered by it' }),
    sort: z.boolean(),
    custom: z.boolean().meta({ description: 'Defined by an administrator' }),
  })
  .meta({ id: 'CatalogField' });
export type CatalogField = z.output<typeof CatalogField>;

/** What is said of a field once, wherever it is shown. */
export interface FieldWords {
  label: string;
  kind: CatalogKind;
  rule?: string;
  options?: readonly string[];
}
interface ViewPlan<Name extends string> {
  view: CatalogView;
  section: string;
  fields: readonly Name[];
}

/** The catalog of one module: each view with its fields, numbered in their order (CRM-046). */
export function fieldCatalog<Name extends string>(about: {
  module: string;
  /** First two digits of its numbers. */
  number: string;
  words: Record<Name, FieldWords>;
  /** Names that a new record cannot be without. */
  required: readonly Name[];
  filters: ReadonlySet<string>;
  views: readonly ViewPlan<Name>[];
}): CatalogField[] {
  const { module, words, required, filters } = about;
  const two = (n: number): string => String(n).padStart(2, '0');
  return about.views.flatMap(({ view, section, fields }, v) => {
    const at = `${about.number}.${two(v + 1)}`;
    const itself = {
      number: `${at}.000`, module, view, section, label: section, field: null, kind: null, required: false, rule: null,
      options: null, filter: false, sort: false, custom: false,
    };
    return [
      itself,
      ...fields.map((field, i): CatalogField => ({
        number: `${at}.${String(i + 1).padStart(3, '0')}`, module, view, section, field,
        label: words[field].label, kind: words[field].kind, rule: words[field].rule ?? null,
        options: words[field].options ? [...words[field].options] : null,
        required: view === 'create' && required.includes(field),
        filter: filters.has(field), sort: filters.has(field), custom: false,
      })),
    ];
  });
}

/** What the fields of a catalog are called, and how they are typed, wherever they are shown. */
export const wordsIn = (catalog: readonly CatalogField[]): Record<string, { label: string; kind: string }> =>
  Object.fromEntries(catalog.flatMap(({ field, label, kind }) => (field && kind ? [[field, { label, kind }]] : [])));

/** Types of records whose fields are asked for by their name. */
export const fieldRecords = [
  ...customRecords, 'group', 'ticket', 'task', 'interaction', 'email-template', 'warehouse',
] as const;

export const fieldCatalogEndpoints = {
  list: endpoint({
    method: 'GET', path: '/api/field-catalog', needs: 'signed-in',
    query: z.object({ module: z.string().optional().meta({ example: 'accounts' }) }),
    returns: z.object({ items: z.array(CatalogField) }),
    summary: 'The fields of a module: number, label, rule and where each is shown',
  }),
  custom: endpoint({
    method: 'GET', path: '/api/fields', needs: 'signed-in', returns: z.object({ items: z.array(CatalogField) }),
    summary: 'The fields that administrators gave to records of any type',
  }),
  ofType: endpoint({
    method: 'GET', path: '/api/fields/:recordType', needs: 'signed-in',
    params: z.object({ recordType: z.enum(fieldRecords) }),
    returns: z.object({ items: z.array(CatalogField) }),
    summary: 'All fields of a type of record, its custom ones among them: to make forms and filters of',
  }),
  values: endpoint({
    method: 'GET', path: '/api/field-catalog/:module/values/:field', needs: 'signed-in',
    params: z.object({
      module: z.string().meta({ example: 'accounts' }),
      field: z.string().meta({ example: 'industry' }),
    }),
    returns: z.object({ values: z.array(z.object({
        value: z.string(), label: z.string().meta({ description: 'What it is called now' }), count: z.int(),
      })) }),
    summary: 'What a field of text or words holds in the records that I may read, the most frequent first, at most 200',
  }),
};
