import { accountWords } from '#domain/crm/account-catalog.ts';
import type { EnrichedField } from '#domain/crm/enrichment/enrichment.ts';
import type { FieldWords } from '#domain/crm/field-catalog.ts';

const words: Record<string, FieldWords | undefined> = accountWords;
/** What a field of an account is called on its page. */
export const enrichedLabel = (field: EnrichedField): string => words[field]?.label ?? field;
