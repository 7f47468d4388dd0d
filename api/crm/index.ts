import { accountTypeVerbs } from '../../activities/crm/account-type-verbs.ts';
import { accountVerbs } from '../../activities/crm/account-verbs.ts';
import { contactVerbs } from '../../activities/crm/contact-verbs.ts';
import { accountSource, contactSource } from '../../db/crm/crm-sources.ts';
import { accountTypes } from '../../domain/crm/account-type.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { accountHierarchyRoutes } from './account-hierarchy.routes.ts';
import { bulkEndpoints } from '../../domain/crm/bulk.contract.ts';
import { fieldCatalogRoutes } from './field-catalog.routes.ts';
import { serveBulk } from '../platform/job/jobs.routes.ts';
import { recordReaders, serveRecord } from '../platform/record.routes.ts';
import type { Served } from '../platform/serve.ts';

export const crmRoutes: Served[] = [
  fieldCatalogRoutes,
  accountHierarchyRoutes,
  serveBulk('account', bulkEndpoints.accounts),
  serveBulk('contact', bulkEndpoints.contacts),
  serveRecord(accountTypes, accountTypeVerbs),
  serveRecord(accounts, accountVerbs, accountSource),
  serveRecord(contacts, contactVerbs, contactSource),
];

/** Who may read a record of the area may see its events. */
export const crmStory = recordReaders(accountTypes, accounts, contacts);
