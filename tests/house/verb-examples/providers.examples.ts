import { randomUUID } from 'node:crypto';
import { keepIdentityHook } from '../../../activities/platform/identity/hook/keep-hook.ts';
import { createIdentityProvider } from '../../../activities/platform/identity/provider/keep-provider.ts';
import { recogniseUser } from '../../../activities/platform/identity/provider/recognise-user.ts';
import type { Examples, World } from '../verb-world.ts';

const about = () => ({
  ...{ name: 'Example', kind: 'other' as const, issuer: 'https://id.example.com', clientId: 'example' },
  ...{ emailDomains: [], active: true, privateNetworks: false, clientSecretCipher: 'v1.k1.a.b', id: randomUUID() },
});
const provider = (w: World): Promise<{ id: string }> => w.run(createIdentityProvider, about(), w.as('admin'));
const account = async (w: World) => {
  await w.row('delete from linked_account');
  const { id: providerId } = await provider(w);
  return { providerId, issuer: 'https://id.example.com', subject: randomUUID(), email: 'sales@example.com' };
};

export const providerExamples: Examples = {
  createIdentityProvider: async w => ({ input: about(), as: w.as('admin') }),
  updateIdentityProvider: async w => ({
    input: { id: (await provider(w)).id, name: 'Renamed', privateNetworks: false },
    as: w.as('admin'),
  }),
  removeIdentityProvider: async w => ({ input: { id: (await provider(w)).id }, as: w.as('admin') }),
  spendSignIn: async w => ({ input: { stateHash: randomUUID().replaceAll('-', '').repeat(2) }, as: w.process }),
  recogniseUser: async w => ({ input: await account(w), as: w.process }),
  noteRefusedSignIn: async w => ({
    input: { userId: null, by: 'Example', why: 'cancelled', problem: null, email: null },
    as: w.process,
    again: 'every attempt is noted',
  }),
  keepIdentityHook: async w => {
    await w.row('delete from identity_hook');
    return { input: { active: true, role: 'SALESPERSON' }, as: w.as('admin') };
  },
  renewHookSecret: async w => ({ input: { secretCipher: `v1.k1.${randomUUID()}.b` }, as: w.as('admin') }),
  takeUserEvent: async w => {
    await w.row('delete from identity_hook');
    await w.run(keepIdentityHook, { active: true, role: 'SALESPERSON' }, w.as('admin'));
    const externalId = randomUUID();
    const person = { externalId, email: `${externalId}@example.com`, fullName: 'Told', username: null };
    return { input: { type: 'user.created', person }, as: w.process, again: 'it is when the last event came' };
  },
  unlinkAccount: async w => {
    await w.run(recogniseUser, await account(w), w.process);
    const { id } = await w.row<{ id: string }>('select id from linked_account');
    return { input: { userId: w.tenant.users.sales, id }, as: w.as('admin') };
  },
};
