import { FlushMode } from '@mikro-orm/core';
import { Contact } from '../../db/crm/contact.entity.ts';
import { whyNotQualify } from '../../domain/crm/contact-status.ts';
import { whyNotBack } from '../../domain/crm/duplicate/merge.ts';
import { contacts, fullNameOf, type ContactStatus } from '../../domain/crm/contact.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import type { Aside } from '../platform/job/job-record.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';
import { anOpportunity, seen } from './activity/about.ts';
import { linkFollowsAccount } from './contact-links.ts';
import { accountOnce, phonesKept } from './contact-phones.ts';
import { rescore } from './scoring/rescore.ts';

type Fields = Record<string, unknown>;

export const contactVerbs = recordVerbs(contacts, Contact, {
  complete: async (ctx, { dealId, ...sent }, before) => {
    if (dealId !== undefined) sent['opportunityId'] ??= dealId;
    const { opportunityId } = sent;
    if (typeof opportunityId === 'string' && opportunityId !== before?.opportunityId)
      await seen(ctx, anOpportunity, opportunityId, 'opportunityId');
    const name = { ...pick(before), ...defined(sent) } as Parameters<typeof fullNameOf>[0];
    // What is taken back is as it was, also where it was written before numbers were kept in one way.
    const phones = takingBack.has(ctx) || merging.has(ctx) ? {} : await phonesKept(ctx, sent, before);
    const fields: Fields = { ...sent, ...phones, fullName: fullNameOf(name) };
    const accountId = 'accountId' in defined(sent) ? sent['accountId'] : before?.accountId;
    const status = sent['status'] ?? before?.status ?? 'lead';
    const why = before && !takingBack.has(ctx) && whyNotQualify(before.status, status as ContactStatus);
    if (why) throw invalidField('status', why);
    if (!accountId && status !== 'lead')
      throw invalidField('accountId', 'Only a lead may be without an account', 'required');
    if (accountId && (sent['isPrimary'] ?? before?.isPrimary)) await makeWay(ctx, accountId as string, before?.id);
    return before ? fields : { ...fields, ...(await addressOf(ctx, fields)) };
  },
  whyNot: (action, row) => whyNotBack(action, row),
  comeBack: stepAside,
  follow: async (ctx, contact, happened) => {
    const isNew = happened === 'created';
    if (isNew || happened === 'changed') await linkFollowsAccount(ctx, contact, isNew);
    if (happened !== 'deleted') await rescore(ctx, [contact.id]);
  },
  followNew: async (ctx, made) => {
    for (const contact of made) await linkFollowsAccount(ctx, contact, true);
    await rescore(ctx, made.map(contact => contact.id));
  },
});

/** Transactions that take a change back: who became a customer by it was a lead, and is one again. */
const takingBack = new WeakSet<VerbContext>();
export const contactBack = (ctx: VerbContext, id: string, fields: Fields): Promise<Fields> =>
  patchWithin(takingBack, ctx, { id, fields });

/** Transactions that make one contact of several: their numbers are read already, each as one of its own country. */
const merging = new WeakSet<VerbContext>();
export const contactMerged = (ctx: VerbContext, id: string, fields: Fields): Promise<Fields> =>
  patchWithin(merging, ctx, { id, fields });

async function patchWithin(
  marked: WeakSet<VerbContext>, ctx: VerbContext, change: { id: string; fields: Fields },
): Promise<Fields> {
  marked.add(ctx);
  try {
    return await ctx.run(contactVerbs.patch, change);
  } finally {
    marked.delete(ctx);
  }
}

/** One primary contact for each account (CRM-039): the former one steps back, before the next one is written. */
async function makeWay(ctx: VerbContext, accountId: string, id?: string): Promise<void> {
  const former = await primaryOf(ctx, accountId, id);
  for (const contact of former) contact.isPrimary = false;
  if (former.length) await ctx.em.flush();
}

/** The primary contact of an account beside this one, or none. */
export async function primaryOf({ em }: VerbContext, accountId: unknown, id?: string | null): Promise<Contact[]> {
  if (typeof accountId !== 'string') return [];
  return em.find(Contact, { accountId, isPrimary: true, deletedAt: null, ...(id && { id: { $ne: id } }) });
}

/** Whoever steps back for a contact as these fields have it. */
export async function primaryAside(ctx: VerbContext, fields: Fields): Promise<Aside[]> {
  const { id, accountId, isPrimary } = fields;
  const former = isPrimary === true ? await primaryOf(ctx, accountId, id as string | undefined) : [];
  return former.map(contact => ({ id: contact.id, version: contact.version, fields: { isPrimary: true } }));
}

/** Of a contact that comes back: who became the primary one meanwhile stays it. */
export async function stepAside({ em }: VerbContext, contact: Contact): Promise<void> {
  const { id, accountId, isPrimary } = contact;
  if (!isPrimary || !accountId) return;
  const others = { accountId, isPrimary: true, deletedAt: null, id: { $ne: id } };
  if (await em.count(Contact, others, { flushMode: FlushMode.COMMIT })) contact.isPrimary = false;
}

const pick = (row: Contact | null): Fields =>
  row ? { firstName: row.firstName, lastName: row.lastName, suffix: row.suffix } : {};
const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const parts = {
  addressLine1: 'shippingStreet', addressLine2: 'shippingStreet2', city: 'shippingCity', state: 'shippingState',
  postalCode: 'shippingZip', country: 'shippingCountry',
} as const;

/** A new contact sits where its account does, unless an address is given (CRM-030). */
async function addressOf(ctx: VerbContext, fields: Fields): Promise<Fields> {
  const given = Object.keys(parts).some(part => fields[part]);
  if (given || !fields['accountId']) return {};
  const account = await accountOnce(ctx, fields['accountId'] as string);
  if (!account) return {};
  return Object.fromEntries(Object.entries(parts).map(([part, from]) => [part, account[from]]));
}
