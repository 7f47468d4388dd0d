import { type z } from 'zod';
import type { RecordRow, RecordSource } from '../../../db/platform/record.query.ts';
import {
  customName, heldIn, isCustomRecord, type CustomField,
} from '../../../domain/platform/custom-field/custom-field.ts';
import type { ImportField } from '../../../domain/platform/job/job.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { customFieldsFor } from '../custom-field/keep-custom-fields.ts';
import type { RecordVerbs } from '../record/record-verbs.ts';
import type { VerbContext } from '../verb.ts';

/** What jobs need to know of a kind of record that can be imported, exported and changed in bulk. */
export interface JobRecord {
  record: AnyRecord;
  verbs: RecordVerbs;
  source?: RecordSource;
  /** What its fields are called, and how they are typed; fields without words take no part. */
  words: Readonly<Record<string, { label: string; kind: string }>>;
  /** Fields that an import does not set, because another one means the same. */
  without: readonly string[];
  /** Fields that tell whether a record is there already. */
  keys: readonly string[];
  /** Fields that name other records: by which columns of which table they are found. */
  lookups: Readonly<Record<string, Lookup>>;
  /** How other programs call its fields in what they export, beside their names and labels. */
  called?: Readonly<Record<string, readonly string[]>>;
  /** Phones whose extension, as in `555-123-4567 x89`, is a field of its own. */
  extensions?: Readonly<Record<string, string>>;
  /** The field of its owner, where it can be reassigned. */
  owner?: string;
  /** Fields that an administrator gave it, by their names. */
  custom?: Readonly<Record<string, CustomField>>;
  /** The field of its words that people give. */
  tags?: string;
  /** How it comes into a group and out again, where it can be in one. */
  group?: {
    /** Refuses a group that is not there, or that the actor may not change. */
    prove(ctx: VerbContext, groupId: string): Promise<void>;
    /** Whether it is in it by this. */
    add(ctx: VerbContext, groupId: string, id: string): Promise<boolean>;
    remove(ctx: VerbContext, groupId: string, id: string): Promise<void>;
  };
}
export interface Lookup {
  table: string;
  columns: readonly string[];
  noun: string;
}

/** Where the columns of an import can go. */
export const importFieldsOf = ({ record, words, without, keys, custom = {} }: JobRecord): ImportField[] => [
  ...Object.entries(record.create.shape)
    .filter(([name]) => Object.hasOwn(words, name) && !without.includes(name))
    .map(([name, shape]) => ({
      name,
      label: words[name]!.label,
      required: !(shape as z.ZodType).safeParse(undefined).success,
      key: keys.includes(name),
    })),
  ...Object.entries(custom).map(([name, { label, required }]) => ({ name, label, required, key: false })),
];

/** What an export can show, each with its heading. */
export const exportColumnsOf = ({ record, source, words, custom = {} }: JobRecord): Record<string, string> =>
  Object.fromEntries([
    ...[...Object.keys(record.Row.shape), ...Object.keys(source?.shown ?? {})]
      .filter(name => Object.hasOwn(words, name))
      .map(name => [name, words[name]!.label]),
    ...Object.entries(custom).map(([name, { label }]) => [name, label]),
  ]);

/** A value as people read it: users by their names. */
export function cellOf({ custom }: JobRecord, row: RecordRow, name: string): unknown {
  const value = heldIn(row, name);
  if (custom?.[name]?.type !== 'user') return value;
  return (row['customFieldPeople'] as Record<string, string> | null)?.[String(value)] ?? value;
}

/** The same with the fields that an administrator gave it, those that are in use. */
export const withCustomFields = (of: JobRecord, fields: readonly CustomField[]): JobRecord => ({
  ...of,
  custom: Object.fromEntries(fields.filter(f => f.active).map(f => [customName(f.key), f])),
});

const user: Lookup = { table: 'app_user', columns: ['email', 'username', 'full_name'], noun: 'user' };
/** How the record that a field names is found, if it names one. */
export const lookupOf = ({ custom, lookups }: JobRecord, name: string): Lookup | undefined =>
  custom?.[name]?.type === 'user' ? user : lookups[name];

/** The same, inside a verb. */
export async function jobRecordFor(ctx: VerbContext, of: JobRecord): Promise<JobRecord> {
  const { name } = of.record;
  return isCustomRecord(name) ? withCustomFields(of, await customFieldsFor(ctx, name)) : of;
}
