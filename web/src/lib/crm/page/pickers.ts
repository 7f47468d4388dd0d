import { getContext, setContext } from 'svelte';
import { accountTypes } from '#domain/crm/account-type.ts';
import { accounts } from '#domain/crm/account.ts';
import { contacts } from '#domain/crm/contact.ts';
import type { CatalogKind } from '#domain/crm/field-catalog.ts';
import { opportunityStages } from '#domain/crm/opportunity-stage.ts';
import { opportunities } from '#domain/crm/opportunity.ts';
import { call } from '#lib/platform/client.ts';
import type { Option } from '#lib/ui/form/field.ts';

/** How a field that names another record offers them. */
export interface Picker {
  load: (text: string) => Promise<Option[]>;
  placeholder: string;
}
/** Stands above them where a field can be left empty; no id and no key is written so. */
export const nothing: Option = { value: '–', label: '–' };
type Pickers = Partial<Record<CatalogKind, Picker>>;

type Order = { sort: string; filter?: Record<string, string> };
const accountsBy = (more: Order) => async (q: string): Promise<Option[]> => {
  const { items } = await call(accounts.endpoints.list, { query: { q: q || undefined, pageSize: 20, ...more } });
  return items.map(a => ({
    value: a.id, label: a.accountName, meta: a.isDistributor ? 'Distributor' : (a.accountType ?? undefined),
  }));
};

export const accountPicker: Picker = { load: accountsBy({ sort: 'accountName' }), placeholder: 'Search an account…' };
export const opportunityPicker: Picker = {
  placeholder: 'Search an opportunity…',
  load: async q => {
    const query = { q: q || undefined, pageSize: 20, sort: 'opportunityName' };
    const { items } = await call(opportunities.endpoints.list, { query });
    return items.map(o => ({ value: o.id, label: o.opportunityName, meta: o.account?.name }));
  },
};

const ownPickers: Pickers = {
  account: accountPicker,
  // Only these may stand as one (CRM-057).
  principal: {
    load: accountsBy({ sort: 'accountName', filter: { isPrincipal: 'true' } }), placeholder: 'Search a principal…',
  },
  distributor: { load: accountsBy({ sort: '-isDistributor,accountName' }), placeholder: 'Search a distributor…' },
  opportunity: opportunityPicker,
  type: {
    placeholder: 'Choose a type…',
    load: async q => {
      const query = { q: q || undefined, pageSize: 100, filter: { active: 'true' } };
      const { items } = await call(accountTypes.endpoints.list, { query });
      return items.map(t => ({ value: t.id, label: t.name }));
    },
  },
  stage: {
    placeholder: 'The first stage',
    load: async q => {
      const { items } = await call(opportunityStages.endpoints.list, { query: { q: q || undefined, pageSize: 100 } });
      return items.map(s => ({ value: s.key, label: s.name, meta: `${s.probability} %` }));
    },
  },
  contact: {
    placeholder: 'Search a contact…',
    load: async q => {
      const query = { q: q || undefined, pageSize: 20, sort: 'fullName' };
      const { items } = await call(contacts.endpoints.list, { query });
      return items.map(c => ({ value: c.id, label: c.fullName, meta: c.accountName ?? undefined }));
    },
  },
};

const key = Symbol('pickers');
/** For a layout: areas to the right offer their records to fields of this one. */
export const offerPickers = (more: Pickers): void => void setContext(key, more);

/** While a component is made: how fields of a kind offer their records. */
export function usePickers(): (kind: CatalogKind | null) => Picker | undefined {
  const all: Pickers = { ...ownPickers, ...getContext<Pickers | undefined>(key) };
  return kind => (kind ? all[kind] : undefined);
}
