import type { NewBulk } from './job.contract.ts';
import { plural } from '../record.ts';

/** What jobs do with a kind of record: its endpoints and the buttons of its table follow. */
export interface JobKind {
  /** Of the record. */
  name: string;
  /** Of its list: `/api/accounts`. */
  path: string;
  /** "accounts", where it does not follow from its name. */
  many?: string;
  /** Why rows of a file cannot make and change it, in a sentence; nothing where they can. */
  whyNoImport?: string;
  /** How many of it can be changed at once. */
  bulk: readonly NewBulk['action'][];
}

/** "product categories" of `product-category`. */
export const manyOf = (name: string): string => plural(name.replaceAll('-', ' '));
export const manyOfKind = ({ name, many }: Pick<JobKind, 'name' | 'many'>): string => many ?? manyOf(name);

/** Why they cannot be changed so, or undefined. */
export const whyNotBulk = (kind: JobKind, action: NewBulk['action']): string | undefined =>
  kind.bulk.includes(action) ? undefined : `must be one of ${kind.bulk.join(', ')} for ${manyOfKind(kind)}`;
