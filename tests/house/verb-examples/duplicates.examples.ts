import { randomUUID } from 'node:crypto';
import { accountVerbs } from '../../../activities/crm/account-verbs.ts';
import { contactVerbs } from '../../../activities/crm/contact-verbs.ts';
import { mergeContacts } from '../../../activities/crm/duplicate/merge-records.ts';
import { startDuplicateScan } from '../../../activities/crm/duplicate/scan-verbs.ts';
import { seedAccountTypes } from '../../../activities/crm/seed-account-types.ts';
import type { Example, Examples, World } from '../verb-world.ts';

const by = (w: World, input: unknown): Example => ({ input, as: w.as('manager') });

const contactId = async (w: World): Promise<string> =>
  (await w.run(contactVerbs.create, { firstName: 'Jane', lastName: randomUUID(), jobTitle: 'CTO' }))['id'] as string;
const accountId = async (w: World): Promise<string> =>
  (await w.run(accountVerbs.create, { accountName: randomUUID(), accountType: 'Customer' }))['id'] as string;
const twoContacts = async (w: World) => ({ survivorId: await contactId(w), mergedIds: [await contactId(w)] });

const scanId = async (w: World): Promise<string> => {
  await w.row(`update duplicate_scan set status = 'done'`);
  return (await w.run(startDuplicateScan, {})).id;
};
const pairId = async (w: World): Promise<string> =>
  (await w.row<{ id: string }>(
    `insert into duplicate_pair (id, tenant_id, created_at, updated_at, subject, first_id, second_id, score)
     values (gen_random_uuid(), $1, now(), now(), 'contact', gen_random_uuid(), gen_random_uuid(), 80) returning id`,
    [w.tenant.id],
  )).id;

export const duplicateExamples: Examples = {
  addContact: async w => by(w, { fields: { firstName: 'Jane', lastName: randomUUID() } }),
  mergeContacts: async w => by(w, await twoContacts(w)),
  mergeAccounts: async w => {
    await w.run(seedAccountTypes, {}, w.process);
    return by(w, { survivorId: await accountId(w), mergedIds: [await accountId(w)] });
  },
  undoMerge: async w => by(w, { id: (await w.run(mergeContacts, await twoContacts(w))).mergeId }),
  startDuplicateScan: async w => {
    await w.row(`update duplicate_scan set status = 'done'`);
    return by(w, {});
  },
  lookAtDuplicateScan: async w => ({ input: { entityId: await scanId(w) }, as: w.process }),
  scanForDuplicates: async w => ({
    input: { scanId: await scanId(w), subject: 'contact', done: 0 }, as: w.process,
  }),
  decideDuplicate: async w => by(w, { id: await pairId(w), status: 'dismissed' }),
  addAccount: async w => {
    await w.run(seedAccountTypes, {}, w.process);
    return by(w, { fields: { accountName: randomUUID(), accountType: 'Customer' } });
  },
};
