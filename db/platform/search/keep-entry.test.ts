import { expect, it } from '@jest/globals';
import { keepsEntry } from './keep-entry.ts';

const filled = (state?: string): string =>
  keepsEntry('attachment', { type: 'file', title: 'name', body: [], ...(state && { state }) }).at(-1)!;

it('fills the search with the rows of the state alone that are found', () => {
  expect(filled('stored')).toContain(`from "attachment" r where r.deleted_at is null and r.state = 'stored';`);
  expect(filled()).toContain('from "attachment" r where r.deleted_at is null;');
});

it('reads the values of a list, follows its column, and fills only what is found by more than before', () => {
  const [followed, trigger, fill] = keepsEntry(
    'contact', { type: 'contact', title: 'name', body: [{ list: 'emails' }] }, { only: 'emails is not null' },
  );
  expect(followed).toContain('listed_values(new."emails")');
  expect(trigger).toContain('update of "deleted_at", "name", "emails"');
  expect(fill).toContain('where r.deleted_at is null and (emails is not null);');
});
