import type { CatalogField, CatalogKind } from '#domain/crm/field-catalog.ts';
import { countIn } from '#domain/platform/table/counted.ts';
import type { Option } from '#lib/ui/form/field.ts';
import { heldIn } from '#domain/platform/custom-field/custom-field.ts';
import { isCustom, personNamed, shownText, type Row } from '../crm-module.ts';

/** Where a record that is referred to has its page. */
const pages: Partial<Record<CatalogKind, string>> = {
  account: '/accounts', principal: '/accounts', distributor: '/accounts', contact: '/contacts',
  opportunity: '/opportunities', product: '/products',
};
const ofPeople: readonly (CatalogKind | null)[] = ['user', 'type', 'category'];

/** What is shown of an id, where its name does not follow from that of the field. */
const named: Record<string, string> = {
  createdBy: 'createdByName', updatedBy: 'updatedByName', accountOwner: 'owner', accountTypeId: 'accountType',
  category: 'categoryName',
};

/** A value of a row as it is shown: counts stand in an object of it, names of ids beside them. */
export function valueOf(row: Row, field: string): unknown {
  if (isCustom({ field })) return heldIn(row, field);
  const count = countIn(row, field);
  if (count !== undefined) return count;
  const bare = field.replace(/(Account)?Id$/, '');
  const names = [named[field], ...(bare === field ? [] : [`${field.replace(/Id$/, '')}Name`, `${bare}Name`, bare])];
  return row[names.find(name => name && name in row) ?? field];
}

/** What an id of a row stands for, and where that has its page; nothing of other fields. */
export function referenceOf(
  row: Row, { field, kind }: Pick<CatalogField, 'field' | 'kind'>,
): { text: string | null; href: string | null } | undefined {
  const at = kind ? pages[kind] : undefined;
  if (!field || (!at && !ofPeople.includes(kind))) return undefined;
  const value = valueOf(row, field);
  if (isCustom({ field })) return { text: value ? personNamed(row, String(value)) : null, href: null };
  const itself = (value as { deleted?: boolean } | null)?.deleted;
  const deleted = itself ?? (field === 'accountId' && row['accountDeleted'] === true);
  const text = shownText(value);
  if (text === null) return { text, href: null };
  if (deleted) return { text: `${text} (deleted)`, href: null };
  return { text, href: at && row[field] ? `${at}/${String(row[field])}` : null };
}

/** The same as the first option of a field to choose from. */
export function knownOption(row: Row | null, field: Pick<CatalogField, 'field' | 'kind'>): Option[] {
  const label = row && referenceOf(row, field)?.text;
  return label ? [{ value: String(heldIn(row, field.field!)), label }] : [];
}
