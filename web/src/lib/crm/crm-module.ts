import type { CatalogField } from '#domain/crm/field-catalog.ts';
import type { AnyRecord } from '#domain/platform/record.ts';
import type { Icon } from '#lib/ui/icon.ts';

/** A record as the generic pages see it; its fields are those of the catalog. */
export type Row = Record<string, unknown> & { id: string; version: number };

/** What the generic pages of accounts and contacts need to know of each. */
export interface CrmModule {
  record: AnyRecord;
  catalog: readonly CatalogField[];
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
  /** What the list shows while the address says nothing of the field: the open ones. */
  unless?: Record<string, readonly string[]>;
  /** Beginnings of event names that change its lists. */
  follows: readonly string[];
}

/** The fields of one view in their order, without the view itself. */
export const fieldsOf = ({ catalog }: CrmModule, view: CatalogField['view'], section?: string): CatalogField[] =>
  catalog.filter(f => f.view === view && f.field !== null && (section === undefined || f.section === section));

/** A value as text; null where there is none. */
export function shownText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.length ? value.join(', ') : null;
  if (typeof value === 'object') return (value as { fullName?: string }).fullName ?? null;
  return String(value);
}

/** `in_progress` is "In progress". */
export const choiceLabel = (value: string): string => {
  const words = value.replaceAll('_', ' ');
  return words ? words[0]!.toUpperCase() + words.slice(1) : words;
};
