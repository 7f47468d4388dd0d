import { accountVerbs } from '../../../activities/crm/account-verbs.ts';
import { askEnrichment } from '../../../activities/crm/enrichment/ask-enrichment.ts';
import { keepEnrichmentSource } from '../../../activities/crm/enrichment/keep-source.ts';
import { keepFound } from '../../../activities/crm/enrichment/note-enrichment.ts';
import { seedAccountTypes } from '../../../activities/crm/seed-account-types.ts';
import type { Examples, World } from '../verb-world.ts';

const source = {
  name: 'Register', url: 'https://api.example.com/{domain}', active: true, fields: {}, secretCipher: 'v1.x',
};

async function account(w: World): Promise<string> {
  await w.run(seedAccountTypes, {}, w.process);
  await w.run(keepEnrichmentSource, source, w.as('admin'));
  const fields = { accountName: 'Acme', accountType: 'Customer', websiteUrl: 'https://acme.com' };
  return (await w.run(accountVerbs.create, fields))['id'] as string;
}
const asked = async (w: World, id: string): Promise<string> => (await w.run(askEnrichment, { id })).id;
const running = async (w: World): Promise<string> => asked(w, await account(w));
async function proposed(w: World): Promise<string> {
  const id = await account(w);
  await w.run(keepFound, { enrichmentId: await asked(w, id), found: { industry: 'Dairy', phone: '1' } }, w.process);
  return id;
}

export const enrichmentExamples: Examples = {
  askEnrichment: async w => ({ input: { id: await account(w) }, as: w.as('manager') }),
  beginEnrichment: async w => ({ input: { enrichmentId: await running(w) }, as: w.process }),
  noteEnrichmentTry: async w => ({ input: { enrichmentId: await running(w), problem: 'Busy' }, as: w.process }),
  keepFound: async w => ({ input: { enrichmentId: await running(w), found: { industry: 'Dairy' } }, as: w.process }),
  failEnrichment: async w => ({ input: { enrichmentId: await running(w), problem: null }, as: w.process }),
  acceptProposals: async w => ({ input: { id: await proposed(w), fields: ['industry'] }, as: w.as('manager') }),
  dismissProposals: async w => ({ input: { id: await proposed(w) }, as: w.as('manager') }),
  keepEnrichmentSource: async w => ({ input: { ...source, name: 'Other' }, as: w.as('admin') }),
  removeEnrichmentSource: async w => {
    await w.run(keepEnrichmentSource, source, w.as('admin'));
    return { input: {}, as: w.as('admin') };
  },
};
