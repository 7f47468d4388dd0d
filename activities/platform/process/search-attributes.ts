import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { searchAttributes } from '../../../domain/platform/search-attributes.ts';
import type { ProcessInput } from '../../../domain/platform/process.ts';

const keyword = (name: keyof typeof searchAttributes) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const tenantId = keyword('TenantId'), entityId = keyword('EntityId'), processType = keyword('ProcessType');

/** What ops can search a process by from its first moment (APR-032). */
export const startAttributes = (input: ProcessInput, type: string): TypedSearchAttributes => new TypedSearchAttributes([
  { key: tenantId, value: input.tenantId }, { key: entityId, value: input.entityId }, { key: processType, value: type },
]);

/** Indexed value types of the server's API. */
const codes = { KEYWORD: 2, BOOL: 5, DATETIME: 6 } as const;

/** Makes the search attributes known to the server; the worker calls it at every start. */
export async function registerSearchAttributes(client: Client, namespace: string): Promise<void> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(searchAttributes).filter(([name]) => !(name in (customAttributes ?? {})));
  if (missing.length) await addSearchAttributes(client, namespace, missing);
}

export async function addSearchAttributes(
  client: Client, namespace: string, missing: [string, keyof typeof codes][] = Object.entries(searchAttributes),
): Promise<void> {
  await client.connection.operatorService.addSearchAttributes({
    namespace, searchAttributes: Object.fromEntries(missing.map(([name, kind]) => [name, codes[kind]])),
  });
}
