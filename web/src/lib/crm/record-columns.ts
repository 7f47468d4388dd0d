import type { CatalogField } from '#domain/crm/field-catalog.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { fieldsOf, fieldText, isCustom, type CrmModule, type Row } from './crm-module.ts';
import { valueOf } from './page/reference.ts';
import { isTyped } from './record-values.ts';

/** Ids and lists have no order. */
const unsorted = [
  'account', 'user', 'type', 'words', 'principal', 'distributor', 'opportunity', 'product', 'typed',
  'choices',
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

/** How a value is given in its cell: typed, chosen of a few, looked for, or in a panel at it. */
const typedIn = [
  'text', 'choice', 'boolean', 'web', 'mail', 'phone', 'words', 'number', 'cents', 'percent', 'day',
];
const pickedIn = [
  'user', 'account', 'type', 'stage', 'contact', 'principal', 'distributor', 'opportunity', 'product', 'category',
];
const inPanel = ['prose', 'instant', 'typed', 'choices'];
export const isPanelled = ({ kind }: Pick<CatalogField, 'kind'>): boolean => kind !== null && inPanel.includes(kind);
export const isPicked = ({ kind }: Pick<CatalogField, 'kind'>): boolean => kind !== null && pickedIn.includes(kind);

/**
 * The field that is changed in the cells of a column: its own, or of a name that is shown, that of its id, which is
 * called the same. Null where the cells are not changed.
 */
export function editedBy(module: CrmModule, field: CatalogField): CatalogField | null {
  const isSent = (f: CatalogField): boolean =>
    isTyped(f) && f.field !== module.title && (isCustom(f) || f.field! in module.record.Patch.shape);
  if (isPicked(field) && isSent(field)) return field;
  const named = fieldsOf(module, 'detail').find(f => f.label === field.label && isPicked(f) && isSent(f));
  return named ?? ((typedIn.includes(field.kind ?? '') || isPanelled(field)) && isSent(field) ? field : null);
}
