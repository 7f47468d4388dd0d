import { crmJobKinds } from '../../../domain/crm/job-kinds.ts';
import { inventoryJobKinds } from '../../../domain/inventory/job-kinds.ts';
import { povJobKinds } from '../../../domain/pov/job/job-kinds.ts';
import type { JobKind } from '../../../domain/platform/job/job-kind.ts';

/** A kind of record as people bring it: a file of one row, what it becomes, and a change of many. */
export interface KindSample {
  kind: JobKind;
  /** As in a file that people made: labels, names of others, amounts. */
  file: string;
  /** Of the record that it becomes. */
  holds: object;
  fields: Record<string, unknown>;
}

/** The accounts that the files name: the first one is a principal. */
export const named = ['Kinds Principal', 'Kinds Distributor'] as const;

/** All but accounts and contacts, which have suites of their own, and what is not imported. */
export const kindSamples: KindSample[] = [
  {
    kind: crmJobKinds.opportunity,
    file: 'Opportunity name,Account,Stage,Value,Expected close,Owner,Probability,Tags\n' +
      'Kinds,Kinds Principal,Proposal,"1,234.50",24.12.2026,Sales Example,40 %,"a; b"\n',
    holds: {
      opportunityName: 'Kinds', stage: 'proposal', value: 123_450, probability: 40, tags: ['a', 'b'],
      expectedCloseDate: '2026-12-24T00:00:00.000Z', account: { name: 'Kinds Principal' },
      owner: { fullName: 'Sales Example' },
    },
    fields: { source: 'Fair', value: 50 },
  },
  {
    kind: crmJobKinds.group, file: 'Group name,Group type\nKinds,Mailing\n',
    holds: { groupName: 'Kinds', groupType: 'Mailing', active: true }, fields: { groupType: 'Region' },
  },
  {
    kind: crmJobKinds.ticket,
    file: 'Issue,Assignee,Distributor,State\nKinds,Sales Example,Kinds Distributor,In progress\n',
    holds: {
      issue: 'Kinds', state: 'in_progress', assigneeName: 'Sales Example', distributorName: 'Kinds Distributor',
    },
    fields: { state: 'closed' },
  },
  {
    kind: crmJobKinds.task,
    file: 'Title,Account,Assignee,Priority,Due\nKinds,Kinds Principal,Sales Example,High,24.12.2026\n',
    holds: {
      title: 'Kinds', accountName: 'Kinds Principal', assigneeName: 'Sales Example', priority: 'high',
      dueDate: '2026-12-24T23:59:59.000Z',
    },
    fields: { status: 'completed' },
  },
  {
    kind: crmJobKinds.interaction, file: 'Type,Subject,Account,Minutes\nCall,Kinds,Kinds Principal,5\n',
    holds: { type: 'call', subject: 'Kinds', accountName: 'Kinds Principal', duration: 5 },
    fields: { outcome: 'reached' },
  },
  {
    kind: crmJobKinds.partner,
    file: 'Principal,Distributor,Commission rate,From\nKinds Principal,Kinds Distributor,12.5 %,01.02.2026\n',
    holds: {
      principalName: 'Kinds Principal', distributorName: 'Kinds Distributor', commissionRate: '12.50',
      startDate: '2026-02-01',
    },
    fields: { territory: 'Nordics' },
  },
  {
    kind: crmJobKinds.emailTemplate, file: 'Name,Subject,Text\nKinds,Hello,"Dear {firstName},\nwelcome"\n',
    holds: { name: 'Kinds', body: 'Dear {firstName},\nwelcome' }, fields: { subject: 'Hi {firstName}' },
  },
  {
    kind: inventoryJobKinds.product,
    file: 'Product name,SKU,Price,Cost price,Vendor,Category,Tax rate\n' +
      'Kinds,K-1,10.50,"1,005",Kinds Principal,Cheese,19 %\n',
    holds: {
      name: 'Kinds', sku: 'K-1', salePrice: 1050, costPrice: 100_500, vendorName: 'Kinds Principal',
      categoryName: 'Cheese', taxRate: 19,
    },
    fields: { brand: 'House', salePrice: 2000 },
  },
  {
    kind: inventoryJobKinds.warehouse,
    file: 'Name,Code,Street and number,Postal code,City,Country,Manager\n' +
      'Kinds,K-1,Quay 1,0150,Oslo,Norway,Sales Example\n',
    holds: { name: 'Kinds', code: 'K-1', postalCode: '0150', managerName: 'Sales Example' }, fields: { city: 'Bergen' },
  },
];

export const allKinds: JobKind[] = [
  ...Object.values(crmJobKinds), ...Object.values(inventoryJobKinds), ...Object.values(povJobKinds),
];
