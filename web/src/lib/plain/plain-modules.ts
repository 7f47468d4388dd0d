import { z } from 'zod';
import type { ListModule } from '../crm/crm-module.ts';
import type { AnyRecord } from '#domain/platform/record.ts';
import type { TablePage } from '#domain/platform/table/table-preference.ts';
import type { CatalogField } from '#domain/crm/field-catalog.ts';
import { interactionCatalog } from '#domain/crm/activity/interaction-catalog.ts';
import { interactions } from '#domain/crm/activity/interaction.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import { inventoryJobKinds } from '#domain/inventory/job-kinds.ts';
import { warehouseCatalog, warehouses } from '#domain/inventory/warehouse.ts';
import type { PlainAddress } from './addresses.ts';
import { emailTemplateCatalog } from '#domain/crm/email/email-template-catalog.ts';
import { emailTemplates } from '#domain/platform/mail/email-template.ts';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import MailPlus from '@lucide/svelte/icons/mail-plus';
import Warehouse from '@lucide/svelte/icons/warehouse';

/** Records whose pages are the generic ones: list, form, page with its facts, history. */
const modules: Record<PlainAddress, ListModule> = {
  warehouses: plain('warehouses', warehouses, warehouseCatalog, {
    icon: Warehouse, follows: ['inventory.warehouse.'], jobs: inventoryJobKinds.warehouse,
    about: 'A warehouse is a place where stock is kept: a store, a depot, a distribution centre.',
  }),
  'email-templates': {
    ...plain('email-templates', emailTemplates, emailTemplateCatalog, {
      icon: MailPlus, follows: ['crm.email-template.'], jobs: crmJobKinds.emailTemplate,
      part: () => import('../crm/email/template-preview.svelte'),
      about: 'An e-mail template is a text with placeholders, such as {firstName}, that are filled in when it is sent.',
    }),
    noun: 'e-mail template', plural: 'e-mail templates', heading: 'E-mail templates',
  },
  interactions: plain('interactions', interactions, interactionCatalog, {
    icon: MessagesSquare, follows: ['crm.interaction.'], jobs: crmJobKinds.interaction,
    views: [{ label: 'My interactions', params: { ownerId: 'me' } }],
    about: 'An interaction is a call, a meeting, a mail or a note: what happened with a customer, or is planned.',
  }),
};

type Described =
  & Pick<ListModule, 'icon' | 'about' | 'follows'>
  & Partial<Pick<ListModule, 'chips' | 'unless' | 'views' | 'part' | 'jobs'>>;
/** What follows from the declaration of a record: its nouns, its address, its title. */
function plain(
  plural: TablePage, record: AnyRecord, catalog: readonly CatalogField[], described: Described,
): ListModule {
  const words = plural.replaceAll('-', ' ');
  return {
    record, catalog, noun: record.name.replaceAll('-', ' '),
    plural: words, heading: words.replace(/^./, c => c.toUpperCase()),
    href: `/${plural}`, pageType: plural, title: record.title, ...described,
  };
}

export const plainModule = (address: PlainAddress): ListModule => modules[address];

/** What a new one is unless said: so its form begins. */
export const defaultsOf = ({ create }: AnyRecord): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(create.shape).flatMap(([field, shape]) =>
      shape instanceof z.ZodDefault ? [[field, shape.def.defaultValue]] : [],
    ),
  );
