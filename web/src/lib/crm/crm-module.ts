import type { Component } from 'svelte';
import type { CatalogField } from '#domain/crm/field-catalog.ts';
import { customKeyOf, heldIn } from '#domain/platform/custom-field/custom-field.ts';
import { centsText } from '#lib/platform/amount.ts';
import { dayText } from '#lib/ui/time/time-format.ts';
import type { JobKind } from '#domain/platform/job/job-kind.ts';
import type { AnyRecord } from '#domain/platform/record.ts';
import type { TablePage } from '#domain/platform/table/table-preference.ts';
import type { Icon } from '#lib/ui/icon.ts';

/** A record as the generic pages see it; its fields are those of the catalog. */
export type Row = Record<string, unknown> & { id: string; version: number };

/** What the generic pages of accounts and contacts need to know of each. */
export interface CrmModule {
  record: AnyRecord;
  catalog: readonly CatalogField[];
  /** Whether the fields that administrators gave its records stand in its catalog; without them none is known. */
  knowsCustom?: boolean;
  /** "account", "accounts": in sentences, and of its addresses. */
  noun: string;
  plural: string;
  heading: string;
  href: string;
  icon: Icon;
  /** The field that names a row. */
  title: string;
  /** Stands in the list when nothing is there yet. */
  about: string;
  /** Fields of text, or of words, that have a chip above the list: it offers what they hold. */
  chips?: readonly string[];
  /** Views that the product brings; `me` stands for the reader. */
  views?: readonly { label: string; params: Record<string, string> }[];
  /** What the list shows while the address says nothing of the field: the open ones. */
  unless?: Record<string, readonly string[]>;
  /** Fields that not everybody may change who may change the record, with what it takes. */
  needs?: Record<string, `${string}:${string}`>;
  /** What is asked for where a change of one field alone is refused for want of it. */
  asks?: { missing: string; label: string; confirm: string };
  /** Beginnings of event names that change its lists. */
  follows: readonly string[];
}

/** A module with a list of its own. */
export interface ListModule extends CrmModule {
  /** Whose table it is: how people arrange it is kept by this name. */
  pageType: TablePage;
  /** Stands below the facts of one, where its page is a plain one; loaded there. */
  part?: () => Promise<{ default: Component<{ row: Row }> }>;
  /** What jobs do with its records: its table has buttons for it. */
  jobs?: JobKind;
}

/** The fields of one view in their order, without the view itself. */
export const fieldsOf = (
  { catalog }: Pick<CrmModule, 'catalog'>, view: CatalogField['view'], section?: string,
): CatalogField[] =>
  catalog.filter(f => f.view === view && f.field !== null && (section === undefined || f.section === section));

/** A value as text; null where there is none. */
export function shownText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.length ? value.map(shownPart).join(', ') : null;
  if (typeof value === 'object') {
    const { fullName, name } = value as { fullName?: string; name?: string };
    return fullName ?? name ?? null;
  }
  return String(value);
}

/** Of a list: a word, or a value with what it is for. */
const shownPart = (part: unknown): string => {
  if (typeof part !== 'object' || part === null) return String(part);
  const { type, value } = part as { type: string; value: string };
  return `${value} (${type})`;
};

/** A field of a row as people read it; its value may stand elsewhere in the row. */
export function fieldText(
  row: Row, { field, kind }: Pick<CatalogField, 'field' | 'kind'>, value = heldIn(row, field!),
): string | null {
  const text = shownText(value);
  if (text === null) return null;
  if (kind === 'user' && isCustom({ field })) return personNamed(row, text);
  if (kind === 'cents') return centsText(Number(text), String(row['currency'] ?? 'USD'));
  if (kind === 'percent') return `${text} %`;
  if (kind === 'day') return dayText(text, 'UTC');
  if (kind === 'choices') return (value as string[]).map(option => optionLabel({ field }, option)).join(', ');
  return kind === 'choice' ? optionLabel({ field }, text) : text;
}

export const isCustom = ({ field }: Pick<CatalogField, 'field'>): boolean =>
  field !== null && customKeyOf(field) !== undefined;
/** Somebody in a custom field, by name. */
export const personNamed = (row: Row, id: string): string =>
  (row['customFieldPeople'] as Record<string, string> | null | undefined)?.[id] ?? id;

/** What a choice is called: the options of custom fields are words of people. */
export const optionLabel = (field: Pick<CatalogField, 'field'>, option: string): string =>
  isCustom(field) ? option : choiceLabel(option);

/** `in_progress` is "In progress", `accountId` is "Account"; `todo` is two words for everybody but programs. */
export const choiceLabel = (value: string): string => {
  if (value === 'todo') return 'To do';
  const words = value.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`).replace(/_id$/, '').replaceAll('_', ' ');
  return words ? words[0]!.toUpperCase() + words.slice(1) : words;
};
