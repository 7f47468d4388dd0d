import { categoryName } from '../db/inventory/product-category-source.ts';
import type { Sql } from '../db/platform/sql.ts';
import { accountCatalog } from '../domain/crm/account-catalog.ts';
import { accounts } from '../domain/crm/account.ts';
import { interactionCatalog } from '../domain/crm/activity/interaction-catalog.ts';
import { interactions } from '../domain/crm/activity/interaction.ts';
import { taskCatalog } from '../domain/crm/activity/task-catalog.ts';
import { tasks } from '../domain/crm/activity/task.ts';
import { contactCatalog } from '../domain/crm/contact-catalog.ts';
import { contacts } from '../domain/crm/contact.ts';
import type { CatalogField } from '../domain/crm/field-catalog.ts';
import { emailTemplateCatalog } from '../domain/crm/email/email-template-catalog.ts';
import { emailTemplates } from '../domain/platform/mail/email-template.ts';
import { groupCatalog } from '../domain/crm/group/group-catalog.ts';
import { groups } from '../domain/crm/group/group.ts';
import { opportunityCatalog } from '../domain/crm/opportunity-catalog.ts';
import { opportunities } from '../domain/crm/opportunity.ts';
import { ticketCatalog } from '../domain/crm/ticket/ticket-catalog.ts';
import { tickets } from '../domain/crm/ticket/ticket.ts';
import { productCatalog } from '../domain/inventory/product-catalog.ts';
import { products } from '../domain/inventory/product.ts';
import { warehouseCatalog, warehouses } from '../domain/inventory/warehouse.ts';
import type { AnyRecord } from '../domain/platform/record.ts';

interface Catalogued {
  record: AnyRecord;
  catalog: readonly CatalogField[];
  /** What the keys that a field holds are called now. */
  named?: Readonly<Record<string, Sql>>;
}

/** Register: the records with a field catalog, by the names of their modules. */
export const catalogued = new Map<string, Catalogued>([
  ['accounts', { record: accounts, catalog: accountCatalog }],
  ['contacts', { record: contacts, catalog: contactCatalog }],
  ['opportunities', { record: opportunities, catalog: opportunityCatalog }],
  ['groups', { record: groups, catalog: groupCatalog }],
  ['tickets', { record: tickets, catalog: ticketCatalog }],
  ['tasks', { record: tasks, catalog: taskCatalog }],
  ['interactions', { record: interactions, catalog: interactionCatalog }],
  ['email-templates', { record: emailTemplates, catalog: emailTemplateCatalog }],
  ['products', { record: products, catalog: productCatalog, named: { category: categoryName } }],
  ['warehouses', { record: warehouses, catalog: warehouseCatalog }],
]);
