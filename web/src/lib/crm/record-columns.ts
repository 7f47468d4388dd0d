import type { CatalogField } from '#domain/crm/field-catalog.ts';
import { heldIn } from '#domain/platform/custom-field/custom-field.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { fieldsOf, fieldText, isCustom, type CrmModule, type Row } from './crm-module.ts';
import { isTyped } from './record-values.ts';

export interface TableColumn {
  column: Column<Row>;
  field: CatalogField;
}

const places = ['md', 'sm', 'lg', 'md', 'lg', 'xl', 'lg', 'xl'] as const;
const sorts: Record<string, string> = {
  owner: 'ownerName', account: 'accountName', stageName: 'stageOrder', createdBy: '', updatedBy: '',
};
/** What is shown of an id. */
const named: Record<string, string> = {
  parentAccountId: 'parentAccountName', createdBy: 'createdByName', updatedBy: 'updatedByName',
  accountId: 'accountName', accountOwner: 'owner', accountTypeId: 'accountType',
  distributorAccountId: 'distributor', vendorAccountId: 'vendor', parentProductId: 'parentProduct',
};
/** A value of a row; counts stand in an object of it. */
export function valueOf(row: Row, field: string): unknown {
  const count = /^(\w+)Count$/.exec(field)?.[1];
  const counts = row['_count'] as Record<string, number> | undefined;
  return count && counts ? counts[`${count}s`] : heldIn(row, named[field] ?? field);
}

/** The columns of a module: those of its list, and every other field of the catalog, to be shown when asked for. */
export function tableColumns(module: CrmModule): TableColumn[] {
  const list = fieldsOf(module, 'list');
  const labels = new Set(list.map(f => f.label));
  const others = fieldsOf(module, 'detail').filter(f => {
    const isNew = !labels.has(f.label) && f.field !== 'version';
    labels.add(f.label);
    return isNew;
  });
  return [
    ...list.map((field, i) => ({ field, column: columnOf(module, field, i) })),
    ...others.map(field => ({ field, column: { ...columnOf(module, field, 0), optional: true } })),
  ];
}

function columnOf(module: CrmModule, f: CatalogField, i: number): Column<Row> {
  const key = f.field!;
  const unsorted = ['account', 'user', 'type', 'words', 'choices'].includes(f.kind!);
  const sort = key in sorts ? sorts[key] || false : f.sort && !unsorted;
  return {
    key,
    label: f.label,
    text: row => fieldText(row, f, valueOf(row, key)),
    sort,
    number: ['number', 'cents', 'percent'].includes(f.kind ?? ''),
    strong: key === module.title,
    ...(i > 0 && key !== 'accountName' ? { from: places[i % places.length] } : {}),
  };
}

/** Fields that are changed in the cell itself; others on the page of the record. */
const simple = ['text', 'choice', 'boolean', 'web', 'mail', 'phone', 'words'];
export const isEditable = (module: CrmModule, field: CatalogField): boolean =>
  isTyped(field) && field.field !== module.title && simple.includes(field.kind ?? '') &&
  (isCustom(field) || field.field! in module.record.Patch.shape);
