import { z } from 'zod';
import {
  accountCandidates, comparedAccount, comparedContact, contactCandidates,
} from '../../../db/crm/duplicate/candidates.query.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { accountKeys } from '../../../domain/crm/duplicate/account-match.ts';
import { contactKeys } from '../../../domain/crm/duplicate/contact-match.ts';
import { likelyFrom, type Candidate } from '../../../domain/crm/duplicate/match.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { notWhileImported } from '../../platform/job/import-lock.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';
import { accountVerbs } from '../account-verbs.ts';
import { contactVerbs } from '../contact-verbs.ts';
import { askCandidates, comparable } from './ask-candidates.ts';

const anyway = z.boolean().default(false);

/** Adds a contact unless it seems to be there already; `force` adds it anyway (CRM-034). */
export const addContact = verb(
  {
    name: 'add-contact', needs: 'contact:create',
    input: z.object({ force: anyway, fields: contacts.create }), output: contacts.Row,
  },
  async (ctx, { force, fields }) => {
    if (!force) {
      await notWhileImported(ctx, contacts.name);
      const typed = await comparable(ctx, fields);
      await oneAtATime(ctx, contactKeys(comparedContact(typed)));
      const found = await askCandidates(ctx, contactCandidates(typed, ctx.actor));
      proveNew(found, sameMail);
    }
    return contacts.Row.parse(await ctx.run(contactVerbs.create, fields));
  },
);

/** Adds an account unless it seems to be there already; `force` adds it anyway. */
export const addAccount = verb(
  {
    name: 'add-account', needs: 'account:create',
    input: z.object({ force: anyway, fields: accounts.create }), output: accounts.Row,
  },
  async (ctx, { force, fields }) => {
    if (!force) {
      await notWhileImported(ctx, accounts.name);
      await oneAtATime(ctx, accountKeys(comparedAccount(fields)));
      proveNew(await askCandidates(ctx, accountCandidates(fields, ctx.actor)), () => false);
    }
    return accounts.Row.parse(await ctx.run(accountVerbs.create, fields));
  },
);

/**
 * Who adds the same at the same moment waits, and then finds what was added: any two that are likely one share a key.
 * The locks are taken in one order, so that nobody waits in a circle.
 */
async function oneAtATime({ em, tenantId }: VerbContext, about: readonly string[]): Promise<void> {
  const keys = [...new Set(about)].map(key => `add ${tenantId} ${key}`).sort();
  for (const key of keys) await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
}

const sameMail = ({ reasons }: Candidate): boolean => reasons.includes('Same e-mail');

/** An address is used once in any case: that is said in the words of every unique field (CRM-033). */
function proveNew(found: readonly Candidate[], isTaken: (candidate: Candidate) => boolean): void {
  const likely = found.filter(({ score }) => score >= likelyFrom);
  if (!likely.length) return;
  const reasons = likely.map(({ title, reasons: said }) => `${title}: ${said.join(', ').toLowerCase()}`);
  if (likely.some(isTaken))
    throw new Refusal('conflict', 'A record with this information already exists', { candidates: likely, reasons });
  const message = `${likely[0]!.title} may be the same: say force=true to add it anyway`;
  throw new Refusal('conflict', message, { candidates: likely, reasons, reason: 'possible-duplicate' });
}
