import { type z } from 'zod';
import type { ListAnswer } from '../../../db/platform/list.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import {
  listRecords, matchingIds, proveListQuery, type RecordRow, type RecordSource,
} from '../../../db/platform/record.query.ts';
import type { Sql } from '../../../db/platform/sql.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { countIn, countNames } from '../../../domain/platform/table/counted.ts';
import {
  customName, heldIn, isCustomRecord, type CustomField,
} from '../../../domain/platform/custom-field/custom-field.ts';
import type { ImportField } from '../../../domain/platform/job/job.ts';
import type { JobKind } from '../../../domain/platform/job/job-kind.ts';
import type { ListQuery } from '../../../domain/platform/list.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { typedLines } from '../../../domain/platform/shape/typed-lines.ts';
import { customFieldsFor } from '../custom-field/keep-custom-fields.ts';
import type { Many, RecordVerbs } from '../record/record-verbs.ts';
import type { VerbContext } from '../verb.ts';

type Fields = Record<string, unknown>;

/** What writes a record. */
export interface JobVerbs {
  create(ctx: VerbContext, fields: Fields): Promise<Fields>;
  /** Answers the row as it is then. */
  patch(ctx: VerbContext, id: string, fields: Fields): Promise<Fields>;
  remove(ctx: VerbContext, id: string): Promise<unknown>;
  restore(ctx: VerbContext, id: string): Promise<unknown>;
  /** Instead of `patch`, where a record may be again what it could not become: what a job did is taken back. */
  back?(ctx: VerbContext, id: string, fields: Fields, stamps: Fields): Promise<Fields>;
  /** Instants that its verbs write beside what is sent, and that nobody sends; `back` writes those of before. */
  stamps?: readonly string[];
  /** From which others the fields take something that one alone has; each as it is until then. */
  aside?(ctx: VerbContext, fields: Fields): Promise<Aside[]>;
  /** New ones are written many at once, where none of them asks the database for those before it. */
  many?: (ctx: VerbContext) => Many;
}

/** A record that gives something up for another, which it may have again: its version, and what it held. */
export interface Aside {
  id: string;
  version: number;
  fields: Fields;
}

/** What is asked of the list of a record: by its conditions, with the rights of whoever asks. */
export interface JobLists {
  page(read: Reader, actor: Actor, query: ListQuery, custom: JobRecord['custom']): Promise<ListAnswer<RecordRow>>;
  /** Refuses what the list could not be asked. */
  prove(actor: Actor, query: ListQuery, custom: JobRecord['custom']): void;
  /** The ids of all that fit, at most so many. */
  ids(actor: Actor, query: ListQuery, max: number, custom: JobRecord['custom']): Sql;
}

/** What jobs need to know of a kind of record that can be imported, exported and changed in bulk. */
export interface JobRecord {
  kind: JobKind;
  record: Pick<AnyRecord, 'name' | 'subject' | 'tableName' | 'create' | 'Patch'>;
  verbs: JobVerbs;
  lists: JobLists;
  /** Fields that a list shows. */
  shown: readonly string[];
  /** What its fields are called, and how they are typed; fields without words take no part. */
  words: Readonly<Record<string, { label: string; kind: string }>>;
  /** Fields that an import does not set, because another one means the same. */
  without: readonly string[];
  /** Fields that a new one cannot be without, where its shape does not say so: they may be sent by other names too. */
  needs?: readonly string[];
  /** Fields that tell whether a record is there already. */
  keys: readonly string[];
  /** Those of them that are chosen unless somebody says: what tells few apart loses rows. All, where it is not said. */
  presets?: readonly string[];
  /**
   * Keys of which a record may have further ones: in which list, and which function of the database answers who has one
   * of those asked for there.
   */
  further?: Readonly<Record<string, { list: string; search: string }>>;
  /** How a row that says none of them, or has none, is told from what is there; without it each is a new record. */
  alike?: Alike;
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
  /** Instants of which a day alone means its end. */
  until?: readonly string[];
  /** The workspace's time zone, in which a file says times. */
  zone?: string;
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

/** How sure it is that two are one, and why. */
export interface Likeness {
  sure: boolean;
  reasons: readonly string[];
}
export interface AlikeRecord extends Likeness {
  id: string;
  title: string;
}
export interface Alike {
  /** Records that the actor may read and that may be what the fields say, the likeliest first. */
  search(ctx: VerbContext, fields: Fields): Promise<readonly AlikeRecord[]>;
  /** What two share that are alike: among the rows of a file only such are compared. */
  keys(fields: Fields): readonly string[];
  compare(fields: Fields, others: Fields): Likeness | null;
  title(fields: Fields): string;
}
export interface Lookup {
  table: string;
  /** The column that the field holds, where it is not the id. */
  holds?: string;
  columns: readonly string[];
  noun: string;
  /** There may be very many, which are found by their names in an index (`records_by`). */
  many?: boolean;
  /** What names none of them is left to the field to refuse. */
  orText?: boolean;
}

/** What follows of a declared record from its declaration. */
export const declared = (
  record: AnyRecord, verbs: RecordVerbs, { source, atOnce }: { source?: RecordSource; atOnce?: boolean } = {},
): Pick<JobRecord, 'record' | 'verbs' | 'lists' | 'shown'> => ({
  record,
  shown: [...Object.keys(record.Row.shape), ...Object.keys(source?.shown ?? {}), ...countNames(record)],
  verbs: {
    create: (ctx, fields) => ctx.run(verbs.create, fields),
    patch: (ctx, id, fields) => ctx.run(verbs.patch, { id, fields }),
    remove: (ctx, id) => ctx.run(verbs.remove, { id }),
    restore: (ctx, id) => ctx.run(verbs.restore, { id }),
    ...(atOnce && { many: ctx => verbs.many(ctx) }),
  },
  lists: {
    page: (read, actor, query, custom) => listRecords(read, { record, source, custom }, actor, query),
    prove: (actor, query, custom) => proveListQuery({ record, source, custom }, actor, query),
    ids: (actor, query, max, custom) => matchingIds({ record, source, custom }, actor, query, max),
  },
});

/** Where the columns of an import can go. */
export const importFieldsOf = ({ record, words, without, needs = [], keys, custom = {} }: JobRecord): ImportField[] => [
  ...Object.entries(record.create.shape)
    .filter(([name]) => Object.hasOwn(words, name) && !without.includes(name))
    .map(([name, shape]) => ({
      name,
      label: words[name]!.label,
      required: needs.includes(name) || !(shape as z.ZodType).safeParse(undefined).success,
      key: keys.includes(name),
    })),
  ...Object.entries(custom).map(([name, { label, required, type }]) => ({
    name, label, required, key: type === 'text' || type === 'number',
  })),
];

/** What an export can show, each with its heading. */
export const exportColumnsOf = ({ shown, words, custom = {} }: JobRecord): Record<string, string> =>
  Object.fromEntries([
    ...shown.filter(name => Object.hasOwn(words, name))
      .map(name => [name, words[name]!.label]),
    ...Object.entries(custom).map(([name, { label }]) => [name, label]),
  ]);

/** A value as people read it: users by names, amounts in whole units, days without a time, each of many on a line. */
export function cellOf({ words, custom }: JobRecord, row: RecordRow, name: string): unknown {
  const value = countIn(row, name) ?? heldIn(row, name);
  if (value === null || value === undefined) return value;
  const kind = words[name]?.kind;
  if (kind === 'cents') return (Number(value) / 100).toFixed(2);
  if (kind === 'day') return String(value).slice(0, 'YYYY-MM-DD'.length);
  if (kind === 'typed') return typedLines(value).join('\n');
  if (custom?.[name]?.type !== 'user') return value;
  return (row['customFieldPeople'] as Record<string, string> | null)?.[String(value)] ?? value;
}

/** A field by its label and its name, as people and programs know it; what is none as it is. */
export function fieldCalled({ words, custom }: JobRecord, name: string): string {
  const label = custom?.[name]?.label ?? (Object.hasOwn(words, name) ? words[name]!.label : undefined);
  return label === undefined ? name : `${label} (${name})`;
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
