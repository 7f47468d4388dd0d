import { AccountType } from './account-type.entity.ts';
import { Account } from './account.entity.ts';
import { Contact } from './contact.entity.ts';

export const crmEntities = [AccountType, Account, Contact];
