import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ContactOrganization } from '../../db/crm/contact-organization.entity.ts';
import { Contact } from '../../db/crm/contact.entity.ts';
import { ChangeOrganizationLink, endsBeforeStart, LinkOrganization } from '../../domain/crm/contact-organization.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { invalidField, notFound, Refusal } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { allowsOn } from '../../domain/platform/permission.ts';
import { whereItBelongs } from '../platform/record/record-reach.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { accountIsThere } from './account-there.ts';
import { contactVerbs } from './contact-verbs.ts';

const needs = 'contact:update';
const Written = z.object({ id: Id });

export const linkOrganization = verb(
  { name: 'link-organization', needs, input: LinkOrganization.extend({ contactId: Id }), output: Written },
  async (ctx, { contactId, isPrimary, ...about }) => {
    const contact = await lockedContact(ctx, contactId);
    await accountIsThere(ctx, 'accountId', about.accountId);
    proveDates(about);
    const { em } = ctx;
    if (await em.count(ContactOrganization, { contactId, accountId: about.accountId, deletedAt: null }))
      throw new Refusal('conflict', 'The contact belongs to this organization already');
    const link = em.create(ContactOrganization, { id: ctx.id(), contactId, ...about });
    await em.flush();
    if (isPrimary || !contact.accountId) await makePrimary(ctx, contactId, about.accountId);
    else tell(ctx, contact);
    return { id: link.id };
  },
);

const ofLink = z.object({ contactId: Id, linkId: Id });

export const changeOrganizationLink = verb(
  {
    name: 'change-organization-link', needs, output: Written,
    input: ofLink.extend(ChangeOrganizationLink.shape),
  },
  async (ctx, { contactId, linkId, isPrimary, ...about }) => {
    const contact = await lockedContact(ctx, contactId);
    const link = await linkOf(ctx, contactId, linkId);
    Object.assign(link, Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)));
    proveDates(link);
    await ctx.em.flush();
    if (isPrimary && !link.isPrimary) await makePrimary(ctx, contactId, link.accountId);
    else tell(ctx, contact);
    return { id: link.id };
  },
);

export const unlinkOrganization = verb(
  { name: 'unlink-organization', needs, input: ofLink, output: z.null() },
  async (ctx, { contactId, linkId }) => {
    const contact = await lockedContact(ctx, contactId);
    const link = await linkOf(ctx, contactId, linkId);
    if (link.isPrimary) {
      await ctx.run(contactVerbs.patch, { id: contactId, fields: { accountId: null, version: undefined } });
      return null;
    }
    link.deletedAt = new Date(ctx.now);
    await ctx.em.flush();
    tell(ctx, contact);
    return null;
  },
);

/** The contact for this transaction alone; one that may not be read does not exist. */
async function lockedContact(ctx: VerbContext, id: string): Promise<Contact> {
  const where = { id, deletedAt: null };
  const contact = await ctx.em.findOne(Contact, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!contact) throw notFound();
  const { scoped, parentSeen } = await whereItBelongs(ctx, contacts, id, { ...contact });
  const seen = ctx.actor.kind !== 'user' || allowsOn(ctx.actor.ability, 'contact:read', scoped);
  if (!seen || !parentSeen) throw notFound();
  ctx.authorize(needs, scoped);
  return contact;
}

async function linkOf({ em }: VerbContext, contactId: string, id: string): Promise<ContactOrganization> {
  const link = await em.findOne(ContactOrganization, { id, contactId, deletedAt: null });
  if (!link) throw notFound();
  return link;
}

/** The account of the contact is what is primary: its own verb changes both (CRM-051). */
const makePrimary = (ctx: VerbContext, id: string, accountId: string): Promise<object> =>
  ctx.run(contactVerbs.patch, { id, fields: { accountId, version: undefined } });

const tell = (ctx: VerbContext, { id, fullName, accountId }: Contact): void =>
  ctx.emit(contacts.events.changed, { id, parentId: accountId ?? null, title: fullName, fields: ['organizations'] });

function proveDates(span: Parameters<typeof endsBeforeStart>[0]): void {
  if (endsBeforeStart(span)) throw invalidField('endDate', 'must not lie before the start');
}
