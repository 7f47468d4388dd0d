import { expect, it } from '@jest/globals';
import { keepsEntry } from './keep-entry.ts';

const filled = (state?: string): string =>
  keepsEntry('attachment', { type: 'file', title: 'name', body: [], ...(state && { state }) }).at(-1)!;

it('fills the search with the rows of the state alone that are found', () => {
  expect(filled('stored')).toContain(`from "attachment" r where r.deleted_at is null and r.state = 'stored';`);
  expect(filled()).toContain('from "attachment" r where r.deleted_at is null;');
});
