import { accountTypeVerbs } from './account-type-verbs.ts';
import { accountVerbs } from './account-verbs.ts';
import { contactVerbs } from './contact-verbs.ts';
import { seedAccountTypes } from './seed-account-types.ts';

export const crmVerbs = {
  createAccountType: accountTypeVerbs.create,
  patchAccountType: accountTypeVerbs.patch,
  replaceAccountType: accountTypeVerbs.put,
  removeAccountType: accountTypeVerbs.remove,
  restoreAccountType: accountTypeVerbs.restore,
  seedAccountTypes,
  createAccount: accountVerbs.create,
  patchAccount: accountVerbs.patch,
  replaceAccount: accountVerbs.put,
  removeAccount: accountVerbs.remove,
  restoreAccount: accountVerbs.restore,
  createContact: contactVerbs.create,
  patchContact: contactVerbs.patch,
  replaceContact: contactVerbs.put,
  removeContact: contactVerbs.remove,
  restoreContact: contactVerbs.restore,
};
