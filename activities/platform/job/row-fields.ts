import type { z } from 'zod';
import { invalidField } from '../../../domain/platform/errors.ts';
import { customKeyOf, nested, type CustomType } from '../../../domain/platform/custom-field/custom-field.ts';
import { valueShape } from '../../../domain/platform/custom-field/custom-values.ts';
import { dayWritten, instantWritten } from '../../../domain/platform/job/date-format.ts';
import { isHeaderAgain } from '../../../domain/platform/job/column-names.ts';
import type { Mapping } from '../../../domain/platform/job/job.ts';
import { noAmount } from '../../../domain/platform/money.ts';
import { typedValues, type TypedLine } from '../../../domain/platform/shape/typed-lines.ts';
import { wordsOf } from '../../../domain/platform/shape/word-list.ts';
import type { VerbContext } from '../verb.ts';
import { lookupOf, type JobRecord } from './job-record.ts';
import { hasLost } from './tell-encoding.ts';
import { idNamed, type Named } from './row-names.ts';
import { unguarded } from './write-table.ts';

type Fields = Record<string, unknown>;

/** A cell as it is read. */
export const textOf = (cell: string | undefined): string => unguarded((cell ?? '').trim());

/** How the cells of a file are read. */
export interface RowReading {
  mapping: Mapping;
  /** Of the columns, as they stand in its first row. */
  names: readonly string[];
}

/** What the cells of a row say, as the record's fields; an empty cell says nothing. */
export async function fieldsOfRow(
  ctx: VerbContext, of: JobRecord, { mapping, known, names }: RowReading & { known: Named }, cells: readonly string[],
): Promise<Fields> {
  const { columns } = mapping;
  if (mapping.header && isHeaderAgain(names, cells)) throw invalidField('row', 'holds the names of the columns again');
  if (cells.slice(columns.length).some(cell => cell.trim()))
    throw invalidField('row', `has ${cells.length} cells, the file ${columns.length} columns`);
  const fields: Fields = {};
  for (const [at, name] of columns.entries()) {
    const text = textOf(cells[at]);
    if (name === null || text === '') continue;
    if (hasLost(text)) throw invalidField(name, 'holds characters that cannot be read');
    if (customKeyOf(name) !== undefined && !of.custom?.[name]) throw invalidField(name, 'is not in use any more');
    const lookup = lookupOf(of, name);
    if (lookup) fields[name] = await idNamed(ctx, { name, lookup, known }, text);
    else for (const [field, value] of parted(of, name, text)) put(fields, field, valueOf(of, field, value, mapping));
  }
  return nested(fields);
}

/** Two columns may say one thing, the phone with its extension and the extension, but not two. */
function put(fields: Fields, name: string, value: unknown): void {
  if (Object.hasOwn(fields, name) && fields[name] !== value) throw invalidField(name, 'is given twice');
  fields[name] = value;
}

const withExtension = /^(.*\d)\W*(?:x|ext|extension|#)\W*(\d{1,10})$/i;
/** A phone and its extension are two fields, where the record has both. */
function parted({ extensions }: JobRecord, name: string, text: string): [name: string, text: string][] {
  const field = text.length > 60 ? undefined : extensions?.[name];
  const [, phone, extension] = (field && withExtension.exec(text)) || [];
  return phone && extension ? [[name, phone], [field!, extension]] : [[name, text]];
}

const yes = /^(yes|y|true|1|x|ja|oui|si)$/i,
  no = /^(no|n|false|0|nein|non)$/i;

const ofType: Partial<Record<CustomType, string>> = {
  'boolean': 'boolean', 'date': 'day', 'number': 'number', 'multi-select': 'words',
};

/** A text as the field wants it; what it cannot be is left to the field to refuse. */
export function valueOf(
  of: JobRecord, name: string, text: string, { dateFormat }: Mapping,
): unknown {
  const { record, words, custom } = of;
  const field = custom?.[name];
  const shape = field ? valueShape(field) : (record.create.shape[name] as z.ZodType);
  const takes = (value: unknown): boolean => shape.safeParse(value).success;
  const kind = field ? ofType[field.type] : words[name]?.kind;
  if (kind === 'boolean') return yes.test(text) ? true : no.test(text) ? false : text;
  const option = (said: string): string => field?.options.find(o => o.toLowerCase() === said.toLowerCase()) ?? said;
  if (kind === 'words') return wordsOf(text, ',;').map(option);
  if (kind === 'day') return dayOf(name, text, dateFormat);
  if (kind === 'instant') return instantOf(of, name, text, dateFormat);
  if (kind === 'typed') return typedOf(text, takes);
  if (kind === 'number') return numberOf(text);
  if (kind === 'cents') return centsOf(name, text);
  if (takes(text)) return text;
  if (kind === 'percent') return percentOf(text, takes);
  if (field?.type === 'select') return option(text);
  // What is left of a text that has no digits would empty the field.
  const others = [text.toLowerCase().replaceAll(' ', '_'), `https://${text}`, dashed(text)].filter(Boolean);
  return others.find(takes) ?? text;
}

/** A line for each, or as other programs write many in one cell: `a@b.example; c@d.example`. */
function typedOf(text: string, takes: (value: unknown) => boolean): TypedLine[] {
  const [byLine, bySign] = [/\n/, /[\n;,]/].map(sign => typedValues(text.split(sign))) as [TypedLine[], TypedLine[]];
  return !takes(byLine) && takes(bySign) ? bySign : byLine;
}

/** `1,200` as people write it. */
const numberOf = (text: string): number => Number(text.replace(/(?<=\d)[ ,](?=\d{3})/g, ''));

/** `1,200.50` as cents, which nobody types. */
function centsOf(name: string, text: string): number {
  const cents = Number((numberOf(text) * 100).toPrecision(15));
  if (!Number.isInteger(cents)) throw invalidField(name, noAmount);
  return cents;
}

/** `12.5 %`, as the field wants it: exact texts or numbers. */
function percentOf(text: string, takes: (value: unknown) => boolean): unknown {
  const bare = text.replace(/\s*%$/, '');
  return takes(bare) ? bare : Number(bare);
}

function dayOf(name: string, text: string, format: Mapping['dateFormat']): string {
  const day = dayWritten(text, format);
  if (day === null) throw invalidField(name, `is no day that is written as ${format ?? 'YYYY-MM-DD'}`);
  return day;
}

/** A time is that of the workspace's clocks, as a form has it; what is due on a day may be done all day long. */
function instantOf({ zone = 'UTC', until = [] }: JobRecord, name: string, text: string, format: Mapping['dateFormat']) {
  dayOf(name, text, format);
  const at = instantWritten(text, format, { zone, atEnd: until.includes(name) });
  if (at === null) throw invalidField(name, 'says a time that cannot be read: write it as 14:30');
  return at;
}

/** `(555) 123-4567` as 555-123-4567. */
const dashed = (text: string): string =>
  text.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '').replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');
