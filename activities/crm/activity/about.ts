import type { EntityName } from '@mikro-orm/core';
import { Account } from '../../../db/crm/account.entity.ts';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { Opportunity } from '../../../db/crm/opportunity.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { opportunities } from '../../../domain/crm/opportunity.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { allowsOn } from '../../../domain/platform/permission.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { whereItBelongs } from '../../platform/record/record-reach.ts';
import type { VerbContext } from '../../platform/verb.ts';

export type Fields = Record<string, unknown>;

/** A record that is referred to by a field: one that the actor may not read is not there. */
export async function seen<Row extends { id: string; deletedAt?: Date | null | undefined }>(
  ctx: VerbContext, { record, entity }: { record: AnyRecord; entity: EntityName<Row> }, id: string, field: string,
): Promise<Row> {
  const row = (await ctx.em.findOne(entity, { id } as never)) as Row | null;
  const { actor } = ctx;
  if (row && !row.deletedAt) {
    const { parentSeen, scoped } = await whereItBelongs(ctx, record, id, { ...row });
    const may = actor.kind !== 'user' || allowsOn(actor.ability, `${record.subject}:read`, scoped);
    if (parentSeen && may) return row;
  }
  throw invalidField(field, `There is no such ${record.name.replaceAll('-', ' ')}`);
}

export const anAccount = { record: accounts, entity: Account };
export const aContact = { record: contacts, entity: Contact };
export const anOpportunity = { record: opportunities, entity: Opportunity };

type References = Record<'contactId' | 'accountId' | 'opportunityId', string | null | undefined>;

/**
 * What an interaction or a task is about: names of old are resolved, each reference is proved where it is new, and the
 * account is that of the contact or opportunity, unless said.
 */
export async function aboutWhom(
  ctx: VerbContext, { companyId, dealId, ...sent }: Fields, before: Partial<References> | null,
): Promise<Fields> {
  const fields: Fields = { ...sent };
  if (companyId !== undefined) fields['accountId'] ??= companyId;
  if (dealId !== undefined) fields['opportunityId'] ??= dealId;
  const isNew = (field: keyof References): string | undefined =>
    fields[field] && fields[field] !== before?.[field] ? (fields[field] as string) : undefined;
  const [contactId, opportunityId, accountId] = [isNew('contactId'), isNew('opportunityId'), isNew('accountId')];
  if (accountId) await seen(ctx, anAccount, accountId, 'accountId');
  const contact = contactId && (await seen(ctx, aContact, contactId, 'contactId'));
  const opportunity = opportunityId && (await seen(ctx, anOpportunity, opportunityId, 'opportunityId'));
  const theirs = (contact || undefined)?.accountId ?? (opportunity || undefined)?.accountId;
  if (fields['accountId'] === undefined && theirs && (await isSeen(ctx, theirs))) fields['accountId'] = theirs;
  return fields;
}

/** Whose opportunity it is may not see its account: then it belongs to none. */
const isSeen = (ctx: VerbContext, accountId: string): Promise<boolean> =>
  seen(ctx, anAccount, accountId, 'accountId').then(
    () => true,
    (e: unknown) => {
      if (e instanceof Refusal) return false;
      throw e;
    },
  );
