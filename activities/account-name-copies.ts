import type { NameCopy } from './crm/duplicate/name-copies.ts';
import { customerNames } from './pov/opportunity/customer-names.ts';

/** Register: what says the name of an account beside the account itself. */
export const accountNameCopies: readonly NameCopy[] = [customerNames];
