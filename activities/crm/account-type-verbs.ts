import { Account } from '../../db/crm/account.entity.ts';
import { AccountType } from '../../db/crm/account-type.entity.ts';
import { accountTypes } from '../../domain/crm/account-type.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import { requestScoringFor } from './scoring/request-scoring.ts';

export const accountTypeVerbs = recordVerbs(accountTypes, AccountType, {
  whyNot: async (action, row, { em }) => {
    if (action !== 'delete') return undefined;
    const used = await em.count(Account, { accountTypeId: row.id });
    return used ? `${row.name} is the type of ${used} account${used === 1 ? '' : 's'}` : undefined;
  },
  follow: async (ctx, { name }, _happened, before) => {
    if (before && before['name'] !== name) await requestScoringFor(ctx, ['contactType']);
  },
});
