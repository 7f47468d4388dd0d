import { createQuery, type QueryClient } from '@tanstack/svelte-query';
import { fieldCatalogEndpoints, type CatalogField } from '#domain/crm/field-catalog.ts';
import { keyOf, prefetched, reading } from '#lib/platform/query.ts';
import type { CrmModule } from '../crm-module.ts';

const follows = ['crm.custom-field.'];
const all = fieldCatalogEndpoints.custom;

/** The module with the fields that administrators gave its records, once they are read. */
const withCustom = <Module extends CrmModule>(module: Module, fields: readonly CatalogField[] | undefined): Module =>
  fields
    ? { ...module, catalog: [...module.catalog, ...fields.filter(f => f.module === module.plural)], knowsCustom: true }
    : module;

/** The same in a component; it changes with the fields. */
export function useModule<Module extends CrmModule>(plain: () => Module): { readonly module: Module } {
  const read = createQuery(() => reading(all, {}, { follows }));
  const module = $derived(withCustom(plain(), read.data?.items));
  return {
    get module() {
      return module;
    },
  };
}

/** Reads the fields for the pages of the area; `keptModule` has them then, in load functions. */
export const customPrefetched = (
  client: QueryClient, fetch: Parameters<typeof prefetched>[3]['fetch'],
): Promise<void> => prefetched(client, all, {}, { fetch, follows });

export const keptModule = <Module extends CrmModule>(client: QueryClient, module: Module): Module =>
  withCustom(module, client.getQueryData<{ items: CatalogField[] }>(keyOf(all))?.items);
