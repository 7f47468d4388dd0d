import { describe, expect, it } from '@jest/globals';
import { accountCatalog, accountWords } from './account-catalog.ts';
import { accounts } from './account.ts';
import { interactionCatalog } from './activity/interaction-catalog.ts';
import { interactions } from './activity/interaction.ts';
import { taskCatalog } from './activity/task-catalog.ts';
import { tasks } from './activity/task.ts';
import { contactCatalog } from './contact-catalog.ts';
import { opportunityCatalog } from './opportunity-catalog.ts';
import { opportunities } from './opportunity.ts';
import { contacts } from './contact.ts';

const numbered = (of: typeof accountCatalog, view: string): string[] =>
  of.filter(f => f.number.startsWith(view)).map(f => f.number);
const upTo = (view: string, last: number): string[] =>
  Array.from({ length: last + 1 }, (_, n) => `${view}.${String(n).padStart(3, '0')}`);

describe('the field catalog', () => {
  it('[CRM-047] has 70 and more fields of accounts, and 65 and more of contacts', () => {
    expect(accountCatalog.filter(f => f.field).length).toBeGreaterThanOrEqual(70);
    expect(contactCatalog.filter(f => f.field).length).toBeGreaterThanOrEqual(65);
  });

  it('[CRM-046] numbers the columns and the form of accounts and contacts without a gap', () => {
    expect(numbered(accountCatalog, '01.01')).toEqual(upTo('01.01', 8));
    expect(numbered(accountCatalog, '01.02')).toEqual(upTo('01.02', 20));
    expect(numbered(contactCatalog, '02.01')).toEqual(upTo('02.01', 7));
    expect(numbered(contactCatalog, '02.02')).toEqual(upTo('02.02', 12));
  });

  it.each([['accounts', accountCatalog, accounts], ['contacts', contactCatalog, contacts],
    ['opportunities', opportunityCatalog, opportunities], ['tasks', taskCatalog, tasks],
    ['interactions', interactionCatalog, interactions]] as const)(
    'of %s offers in the form what may be sent, and shows every field of the record', (_, catalog, record) => {
      const typed = catalog.filter(f => f.view === 'create' && f.field !== 'contactType').map(f => f.field);
      expect(typed.filter(field => field && !(field in record.create.shape))).toEqual([]);
      const shown = new Set(catalog.map(f => f.field));
      const beyond = new Set(['id', 'customFields', 'productId', 'kanbanIndex', 'attachments', 'participants']);
      expect(Object.keys(record.Row.shape).filter(field => !shown.has(field) && !beyond.has(field))).toEqual([]);
    },
  );

  it('has no word for a field twice in one view', () => {
    expect(new Set(accountCatalog.map(f => f.number)).size).toBe(accountCatalog.length);
    expect(Object.keys(accountWords).length).toBeGreaterThan(40);
  });
});
