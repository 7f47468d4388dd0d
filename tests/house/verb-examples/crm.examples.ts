import { randomUUID } from 'node:crypto';
import { accountTypeVerbs } from '../../../activities/crm/account-type-verbs.ts';
import { accountVerbs } from '../../../activities/crm/account-verbs.ts';
import { contactVerbs } from '../../../activities/crm/contact-verbs.ts';
import { seedAccountTypes } from '../../../activities/crm/seed-account-types.ts';
import type { Examples, World } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const account = async (w: World): Promise<Record<string, unknown>> => {
  await w.run(seedAccountTypes, {}, w.process);
  return { accountName: 'Example', accountType: 'Customer' };
};
const ofType = recordExamples(accountTypeVerbs, {
  fields: () => ({ name: randomUUID() }), change: { active: false }, as: 'admin',
});
const ofAccount = recordExamples(accountVerbs, { fields: account, change: { industry: 'Dairy' } });
const ofContact = recordExamples(contactVerbs, {
  fields: () => ({ firstName: 'Jane', lastName: 'Doe' }), change: { jobTitle: 'CTO' },
});

export const crmExamples: Examples = {
  createAccountType: ofType.create,
  patchAccountType: ofType.patch,
  replaceAccountType: ofType.put,
  removeAccountType: ofType.remove,
  restoreAccountType: ofType.restore,
  seedAccountTypes: async w => {
    await w.row('delete from account');
    await w.row('delete from account_type');
    return { input: {}, as: w.process };
  },
  createAccount: ofAccount.create,
  patchAccount: ofAccount.patch,
  replaceAccount: ofAccount.put,
  removeAccount: ofAccount.remove,
  restoreAccount: ofAccount.restore,
  createContact: ofContact.create,
  patchContact: ofContact.patch,
  replaceContact: ofContact.put,
  removeContact: ofContact.remove,
  restoreContact: ofContact.restore,
};
