import { z } from 'zod';
import { Id } from '../../platform/id.ts';
import { WebAddress } from '../crm-fields.ts';
import { ofAccount } from '../account.ts';

/** What an interaction or a task may be about, as sent; the names of old are taken too. */
export const sentAbout = {
  contactId: Id.nullable().optional().meta({ title: 'Contact' }),
  accountId: Id.nullable().optional().meta({ title: 'Account', description: 'That of the contact, unless said' }),
  companyId: Id.nullable().optional().meta({ description: 'Another name of `accountId`' }),
  opportunityId: Id.nullable().optional().meta({ title: 'Opportunity' }),
  dealId: Id.nullable().optional().meta({ description: 'Another name of `opportunityId`' }),
};

export const shownAbout = { contactId: Id.nullable(), accountId: Id.nullable(), opportunityId: Id.nullable() };

/** Their names, for lists. */
export const namedAbout = {
  companyId: Id.nullable().meta({ description: 'Another name of `accountId`' }),
  dealId: Id.nullable().meta({ description: 'Another name of `opportunityId`' }),
  accountName: z.string().nullable(),
  contactName: z.string().nullable(),
  opportunityName: z.string().nullable(),
};

/** Files are addresses of where they are kept. */
export const Attachments = z.array(WebAddress).max(20).meta({ id: 'Attachments' });

/** Work that was given to somebody is seen by them, also where the account is not theirs. */
export const ofAccountOrGiven = { ...ofAccount, seenByTeam: true };
