import { conditionsMax, type FilterTree } from '#domain/platform/table/filter-tree.ts';
import { operatorText, type FilterChoice } from './filter-draft.ts';

/** `Value from 12,500 and Source is Referral` */
export function filterText(tree: FilterTree, fields: readonly FilterChoice[], inner = false): string {
  if ('field' in tree) {
    const field = fields.find(f => f.name === tree.field);
    const said = operatorText(field?.kind ?? 'text', tree.op === 'empty' ? `empty:${tree.values.join()}` : tree.op);
    return [field?.label ?? tree.field, said, ...(tree.op === 'empty' ? [] : [valuesText(tree, field)])].join(' ');
  }
  const [nodes, word] = 'all' in tree ? [tree.all, ' and '] : [tree.any, ' or '];
  const text = nodes.slice(0, conditionsMax).map(node => filterText(node, fields, true)).join(word);
  return inner && nodes.length > 1 ? `(${text})` : text;
}

const amount = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });
function valuesText({ op, values }: { op: string; values: string[] }, field: FilterChoice | undefined): string {
  const asAmount = field?.kind === 'amount' && op !== 'contains';
  return values
    .map(v => (asAmount && /^\d{1,15}$/.test(v) ? amount.format(Number(v) / 100)
      : field?.options?.find(o => o.value === v)?.label ?? v))
    .join(', ');
}
