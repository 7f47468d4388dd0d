import type { CatalogField } from '#domain/crm/field-catalog.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { fieldsOf, fieldText, type CrmModule, type Row } from './crm-module.ts';
import { valueOf } from './page/reference.ts';
import { isTyped } from './record-values.ts';

/** Ids and lists have no order. */
const unsorted = [
  'account', 'user', 'type', 'words', 'principal', 'distributor', 'opportunity', 'product', 'typed',
];

export interface TableColumn {
  column: Column<Row>;
  field: CatalogField;
}

const places = ['md', 'sm', 'lg', 'md', 'lg', 'xl', 'lg', 'xl'] as const;
const sorts: Record<string, string> = {
  owner: 'ownerName', account: 'accountName', stageName: 'stageOrder', createdBy: '', updatedBy: '',
};
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
  const sort = key in sorts ? sorts[key] || false : f.sort && !unsorted.includes(f.kind!);
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
  field.field! in module.record.Patch.shape;
