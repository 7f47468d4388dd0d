import { randomUUID } from 'node:crypto';
import { accountTypeVerbs } from '../../../activities/crm/account-type-verbs.ts';
import { accountVerbs } from '../../../activities/crm/account-verbs.ts';
import { tagVerbs } from '../../../activities/crm/tag/tag-verbs.ts';
import { customFieldVerbs } from '../../../activities/platform/custom-field/custom-field-verbs.ts';
import { contactVerbs } from '../../../activities/crm/contact-verbs.ts';
import { duplicateExamples } from './duplicates.examples.ts';
import { enrichmentExamples } from './enrichment.examples.ts';
import { scoringExamples } from './scoring.examples.ts';
import { opportunityLineItemVerbs } from '../../../activities/crm/opportunity-line-item-verbs.ts';
import { opportunityParticipantVerbs } from '../../../activities/crm/opportunity-participant-verbs.ts';
import { opportunityStageVerbs } from '../../../activities/crm/opportunity-stage-verbs.ts';
import { opportunityVerbs } from '../../../activities/crm/opportunity-verbs.ts';
import { linkOrganization } from '../../../activities/crm/organization-verbs.ts';
import { principalDistributorRelationshipVerbs } from '../../../activities/crm/principal-distributor-relationship-verbs.ts';
import { seedAccountTypes } from '../../../activities/crm/seed-account-types.ts';
import { seedOpportunityStages } from '../../../activities/crm/seed-opportunity-stages.ts';
import type { Examples, World } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const account = async (w: World): Promise<Record<string, unknown>> => {
  await w.run(seedAccountTypes, {}, w.process);
  return { accountName: 'Example', accountType: 'Customer' };
};
const ofType = recordExamples(accountTypeVerbs, {
  fields: () => ({ name: randomUUID() }), change: { active: false }, as: 'admin',
});
const ofTag = recordExamples(tagVerbs, { fields: () => ({ name: randomUUID() }), change: { color: 'blue' } });
const ofField = recordExamples(customFieldVerbs, {
  fields: () => ({ recordType: 'account', label: 'Region', key: `f${randomUUID().replaceAll('-', '')}` }),
  change: { section: 'Sales' }, as: 'admin',
});
const ofAccount = recordExamples(accountVerbs, { fields: account, change: { industry: 'Dairy' } });
const ofContact = recordExamples(contactVerbs, {
  fields: () => ({ firstName: 'Jane', lastName: 'Doe' }), change: { jobTitle: 'CTO' },
});

const opportunity = async (w: World): Promise<Record<string, unknown>> => {
  await w.run(seedOpportunityStages, {}, w.process);
  return { opportunityName: 'Example' };
};
const opportunityId = async (w: World): Promise<string> =>
  (await w.run(opportunityVerbs.create, await opportunity(w), w.as('manager')))['id'] as string;
const ofStage = recordExamples(opportunityStageVerbs, {
  fields: () => ({ name: randomUUID(), key: `s_${randomUUID().replaceAll('-', '_')}` }), change: { position: 5 },
  as: 'admin',
});
const ofOpportunity = recordExamples(opportunityVerbs, { fields: opportunity, change: { source: 'Fair' } });
const ofLineItem = recordExamples(opportunityLineItemVerbs, {
  fields: async w => ({ opportunityId: await opportunityId(w), description: 'Hours', unitPrice: 100 }),
  change: { unitPrice: 200 },
});
const ofParticipant = recordExamples(opportunityParticipantVerbs, {
  fields: async w => ({
    opportunityId: await opportunityId(w), role: 'partner',
    accountId: (await w.run(accountVerbs.create, await account(w), w.as('manager')))['id'],
  }),
  change: { role: 'vendor' },
});

const accountId = async (w: World, more = {}): Promise<string> =>
  (await w.run(accountVerbs.create, { ...(await account(w)), ...more }, w.as('manager')))['id'] as string;
/** A contact of one organization, and another that it may be linked to. */
const linked = async (w: World): Promise<{ contactId: string; accountId: string }> => {
  const person = { firstName: 'Jane', lastName: 'Doe', accountId: await accountId(w) };
  const contact: Record<string, unknown> = await w.run(contactVerbs.create, person, w.as('manager'));
  return { contactId: contact['id'] as string, accountId: await accountId(w) };
};
const aLink = async (w: World): Promise<{ contactId: string; linkId: string }> => {
  const input = await linked(w);
  return { contactId: input.contactId, linkId: (await w.run(linkOrganization, input, w.as('manager'))).id };
};
const ofRelationship = recordExamples(principalDistributorRelationshipVerbs, {
  fields: async w => ({
    principalAccountId: await accountId(w, { isPrincipal: true }), distributorAccountId: await accountId(w),
    commissionRate: '10',
  }),
  change: { territory: 'West' },
});

const comment = (id: unknown, w: World) =>
  ({ input: { id, body: 'Asked for an offer' }, as: w.as('manager'), again: 'each is a comment of its own' });

export const crmExamples: Examples = {
  commentOnAccount: async w =>
    comment((await w.run(accountVerbs.create, await account(w), w.as('manager')))['id'], w),
  commentOnContact: async w =>
    comment((await w.run(contactVerbs.create, { firstName: 'Jane', lastName: 'Doe' }, w.as('manager')))['id'], w),
  commentOnOpportunity: async w => comment(await opportunityId(w), w),
  createTag: ofTag.create,
  patchTag: ofTag.patch,
  replaceTag: ofTag.put,
  removeTag: ofTag.remove,
  restoreTag: ofTag.restore,
  createCustomField: ofField.create,
  patchCustomField: ofField.patch,
  replaceCustomField: ofField.put,
  removeCustomField: ofField.remove,
  restoreCustomField: ofField.restore,
  ...duplicateExamples,
  ...scoringExamples,
  ...enrichmentExamples,
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
  linkOrganization: async w => ({ input: { ...(await linked(w)), influence: 50 }, as: w.as('manager') }),
  changeOrganizationLink: async w => ({ input: { ...(await aLink(w)), influence: 80 }, as: w.as('manager') }),
  unlinkOrganization: async w => ({ input: await aLink(w), as: w.as('manager') }),
  createPrincipalDistributorRelationship: ofRelationship.create,
  patchPrincipalDistributorRelationship: ofRelationship.patch,
  replacePrincipalDistributorRelationship: ofRelationship.put,
  removePrincipalDistributorRelationship: ofRelationship.remove,
  restorePrincipalDistributorRelationship: ofRelationship.restore,
  createOpportunityStage: ofStage.create,
  patchOpportunityStage: ofStage.patch,
  replaceOpportunityStage: ofStage.put,
  removeOpportunityStage: ofStage.remove,
  restoreOpportunityStage: ofStage.restore,
  seedOpportunityStages: async w => {
    await w.row('delete from opportunity');
    await w.row('delete from opportunity_stage');
    return { input: {}, as: w.process };
  },
  createOpportunity: ofOpportunity.create,
  patchOpportunity: ofOpportunity.patch,
  replaceOpportunity: ofOpportunity.put,
  removeOpportunity: ofOpportunity.remove,
  restoreOpportunity: ofOpportunity.restore,
  moveOpportunity: async w => ({
    input: { id: await opportunityId(w), stage: 'proposal' }, as: w.as('manager'),
  }),
  createOpportunityLineItem: ofLineItem.create,
  patchOpportunityLineItem: ofLineItem.patch,
  replaceOpportunityLineItem: ofLineItem.put,
  removeOpportunityLineItem: ofLineItem.remove,
  restoreOpportunityLineItem: ofLineItem.restore,
  createOpportunityParticipant: ofParticipant.create,
  patchOpportunityParticipant: ofParticipant.patch,
  replaceOpportunityParticipant: ofParticipant.put,
  removeOpportunityParticipant: ofParticipant.remove,
  restoreOpportunityParticipant: ofParticipant.restore,
};
