import { z } from 'zod';
import type { AnyRecord } from '../platform/record.ts';
import { fieldCatalog, type CatalogField, type CatalogKind, type FieldWords } from './field-catalog.ts';

interface Plan<Field extends string> {
  /** `warehouses`: the name of the module, and of its addresses. */
  module: string;
  /** First two digits of its numbers. */
  number: string;
  /** What a field is, where its type does not say it. */
  kinds?: Partial<Record<Field, CatalogKind>>;
  list: readonly Field[];
  /** Sections of its page with their fields; the form of a new one has all that may be sent. */
  sections: Record<string, readonly Field[]>;
}

const stamps: Record<string, FieldWords> = {
  createdAt: { label: 'Created', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
};

/** The catalog of a plain record, read from its declaration: labels are the titles, kinds follow from the types. */
export function catalogOf<Field extends string>(record: AnyRecord, plan: Plan<Field>): CatalogField[] {
  const own = Object.values(plan.sections).flat() as Field[];
  const words = { ...stamps, ...Object.fromEntries([...own, ...plan.list].map(f => [f, wordsOf(record, plan, f)])) };
  const sent = own.filter(field => field in record.create.shape);
  return fieldCatalog<string>({
    module: plan.module, number: plan.number, words,
    required: sent.filter(field => !record.create.shape[field]!.safeParse(undefined).success),
    filters: new Set([...Object.keys(record.fields), 'createdAt', 'updatedAt']),
    views: [
      { view: 'list', section: headed(plan.module), fields: plan.list },
      { view: 'create', section: `New ${record.name.replaceAll('-', ' ')}`, fields: sent },
      ...Object.entries<readonly string[]>(plan.sections)
        .map(([section, fields]) => ({ view: 'detail' as const, section, fields })),
      { view: 'detail', section: 'System', fields: Object.keys(stamps) },
    ],
  });
}

const headed = (name: string): string => name[0]!.toUpperCase() + name.slice(1).replaceAll('-', ' ');

function wordsOf<Field extends string>(record: AnyRecord, plan: Plan<Field>, field: Field): FieldWords {
  const { create, Row, View, fields } = record;
  const typed = create.shape[field] as z.ZodType | undefined;
  // `managerName` is shown of `managerId`, and has its label.
  const ofId = create.shape[field.replace(/Name$/, 'Id')] as z.ZodType | undefined;
  const label = typed?.meta()?.title ?? ofId?.meta()?.title;
  if (!(field in View.shape) || !label) throw new Error(`${plan.module} has no field ${field} with a title`);
  const options = optionsOf((Row.shape[field] ?? typed) as z.ZodType | undefined);
  const byType = { instant: 'instant', day: 'day', boolean: 'boolean', number: 'number', words: 'words' } as const;
  const kind = plan.kinds?.[field] ?? (options ? 'choice' : byType[fields[field] as keyof typeof byType] ?? 'text');
  const rule = typed?.meta()?.description;
  return { label, kind, ...(options ? { options } : {}), ...(rule ? { rule } : {}) };
}

/** The values of a choice, whatever it is wrapped in. */
function optionsOf(type: z.ZodType | undefined): readonly string[] | undefined {
  if (type instanceof z.ZodNullable || type instanceof z.ZodOptional || type instanceof z.ZodDefault)
    return optionsOf(type.unwrap() as z.ZodType);
  return type instanceof z.ZodEnum ? (type.options as string[]) : undefined;
}
