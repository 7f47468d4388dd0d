import type { CatalogField, CatalogKind } from '#domain/crm/field-catalog.ts';
import type { HistoryEntry } from '#domain/platform/record.ts';
import type { Side } from '#lib/platform/field-story.ts';
import { fieldText, type Row } from '../crm-module.ts';

/** Fields that hold the id or the key of something. */
const naming: readonly (CatalogKind | null)[] = [
  'user', 'account', 'type', 'contact', 'principal', 'distributor', 'opportunity', 'product', 'stage', 'category',
];
/** Those whose values the field catalog has words for; others are said as they are. */
const worded: readonly (CatalogKind | null)[] = [
  'choice', 'choices', 'boolean', 'cents', 'percent', 'day', 'words', 'typed',
];

/** What a history says of a value; null of one without a word of its own. */
export function historyWord(
  catalog: readonly Pick<CatalogField, 'field' | 'kind'>[], names: Readonly<Record<string, string>>,
  { row, field, value }: { row: Row; field: string; value: unknown },
): string | null {
  const of = catalog.find(f => f.field === field && f.kind !== null);
  if (!of || value === null || value === undefined || value === '') return null;
  if (naming.includes(of.kind)) return names[String(value)] ?? 'not shown to you';
  return worded.includes(of.kind) ? fieldText(row, of, value) : null;
}

/** In which currency a record was before and after each of its changes, the newest first, by their ids. */
export function currenciesThen(
  items: readonly Pick<HistoryEntry, 'id' | 'changes'>[], now: string,
): ReadonlyMap<string, Record<Side, string>> {
  let currency = now;
  return new Map(items.map(({ id, changes }) => {
    const change = changes.find(c => c.field === 'currency');
    const to = String(change?.to ?? currency);
    currency = String(change?.from ?? to);
    return [id, { from: currency, to }];
  }));
}
