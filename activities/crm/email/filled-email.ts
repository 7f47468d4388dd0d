import { EmailTemplate } from '../../../db/platform/mail/email-template.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import type { Account } from '../../../db/crm/account.entity.ts';
import type { Contact } from '../../../db/crm/contact.entity.ts';
import type { Opportunity } from '../../../db/crm/opportunity.entity.ts';
import { barePlaces, emailPlaces, type PreviewEmail } from '../../../domain/crm/email/email.contract.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { knownText } from '../../platform/mail/liquid.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { aContact, anAccount, anOpportunity, seen } from '../activity/about.ts';

export interface FilledEmail {
  contact: Contact | null;
  subject: string;
  text: string;
  missing: ('contact' | 'account' | 'opportunity')[];
  sender: User | null;
}

/** A mail to a contact, filled from what the actor may read; what it speaks of and nobody said is missing. */
export async function filledEmail(ctx: VerbContext, sent: PreviewEmail): Promise<FilledEmail> {
  const written = await textOf(ctx, sent);
  const known = { places: emailPlaces, bare: barePlaces };
  const [subject, body] = [knownText(written.subject, 'subject', known), knownText(written.body, 'body', known)];
  const things = await thingsOf(ctx, sent);
  const { userId } = ctx.actor;
  const sender = userId ? await ctx.em.findOne(User, { id: userId }) : null;
  const data = dataOf(things, sender);
  const spokenOf = new Set([...subject.places, ...body.places].map(([first]) => owner(first)));
  return {
    contact: things.contact,
    // A subject is one line, whatever its places hold.
    subject: subject.fill(data).replace(/\s+/g, ' ').trim().slice(0, 255),
    text: body.fill(data).trim(),
    missing: (['contact', 'account', 'opportunity'] as const).filter(thing => spokenOf.has(thing) && !things[thing]),
    sender,
  };
}

const owner = (first: unknown): unknown =>
  (emailPlaces.contact as readonly unknown[]).includes(first) ? 'contact'
    : first === 'accountName' ? 'account' : first === 'opportunityName' ? 'opportunity' : first;

async function textOf(
  { em }: VerbContext, { templateId, subject, body }: PreviewEmail,
): Promise<{ subject: string; body: string }> {
  const template = templateId ? await em.findOne(EmailTemplate, { id: templateId, deletedAt: null }) : null;
  if (templateId && !template) throw invalidField('templateId', 'There is no such template');
  if (template?.notification) throw invalidField('templateId', 'is the text of a notification');
  const text = { subject: subject ?? template?.subject, body: body ?? template?.body };
  for (const field of ['subject', 'body'] as const)
    if (text[field] === undefined) throw invalidField(field, 'is needed where no template is named', 'required');
  return text as { subject: string; body: string };
}

interface Things {
  contact: Contact | null;
  account: Account | null;
  opportunity: Opportunity | null;
}
async function thingsOf(ctx: VerbContext, { contactId, accountId, opportunityId }: PreviewEmail): Promise<Things> {
  const contact = contactId ? await seen(ctx, aContact, contactId, 'contactId') : null;
  const opportunity = opportunityId ? await seen(ctx, anOpportunity, opportunityId, 'opportunityId') : null;
  if (accountId) return { contact, opportunity, account: await seen(ctx, anAccount, accountId, 'accountId') };
  // That of the contact, else of the opportunity: if it may not be read, there is none.
  const theirs = contact?.accountId ?? opportunity?.accountId;
  const account = theirs ? await seen(ctx, anAccount, theirs, 'accountId').catch(() => null) : null;
  return { contact, opportunity, account };
}

function dataOf({ contact, account, opportunity }: Things, sender: User | null): Record<string, unknown> {
  const of = (thing: object | null, fields: readonly string[]): Record<string, unknown> | null =>
    thing && Object.fromEntries(fields.map(field => [field, (thing as Record<string, unknown>)[field] ?? null]));
  const sale = opportunity && {
    ...of(opportunity, emailPlaces.opportunity),
    amount: (opportunity.value / 100).toFixed(2),
    expectedClose: opportunity.expectedCloseDate?.toISOString().slice(0, 10) ?? null,
  };
  const person = of(contact, emailPlaces.contact);
  return {
    ...person, accountName: account?.accountName, opportunityName: opportunity?.opportunityName,
    contact: person, account: of(account, emailPlaces.account), opportunity: sale,
    sender: { name: sender?.fullName ?? null, email: sender?.email ?? null },
  };
}
