import { z } from 'zod';
import { AccountType } from '../../db/crm/account-type.entity.ts';
import { accountTypes, standardAccountTypes } from '../../domain/crm/account-type.ts';
import { verb } from '../platform/verb.ts';

/** Gives a fresh tenant the account types that everybody knows (CRM-002); a tenant that ever had one is left alone. */
export const seedAccountTypes = verb(
  { name: 'seed-account-types', needs: 'process', input: z.object({}), output: z.object({ seeded: z.boolean() }) },
  async ({ em, id, emit }) => {
    if (await em.count(AccountType)) return { seeded: false };
    for (const name of standardAccountTypes) {
      const type = em.create(AccountType, { id: id(), name });
      emit(accountTypes.events.created, { id: type.id, parentId: null, title: name, fields: ['name'] });
    }
    return { seeded: true };
  },
);
