import Building from '@lucide/svelte/icons/building-2';
import FileText from '@lucide/svelte/icons/file-text';
import ListChecks from '@lucide/svelte/icons/list-checks';
import MailPlus from '@lucide/svelte/icons/mail-plus';
import MessageSquare from '@lucide/svelte/icons/message-square';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Milestone from '@lucide/svelte/icons/milestone';
import Package from '@lucide/svelte/icons/package';
import Target from '@lucide/svelte/icons/target';
import Ticket from '@lucide/svelte/icons/ticket';
import UserRound from '@lucide/svelte/icons/user-round';
import UsersRound from '@lucide/svelte/icons/users-round';
import Warehouse from '@lucide/svelte/icons/warehouse';
import { recordAddress } from '#domain/platform/notification/record-address.ts';
import type { SearchFind, SearchType } from '#domain/platform/search/search.contract.ts';
import type { Icon } from '#lib/ui/icon.ts';

export const searchWords: Record<SearchType, { one: string; many: string; icon: Icon }> = {
  account: { one: 'Account', many: 'Accounts', icon: Building },
  contact: { one: 'Contact', many: 'Contacts', icon: UserRound },
  opportunity: { one: 'Opportunity', many: 'Opportunities', icon: Target },
  pov: { one: 'POV', many: 'POVs', icon: Milestone },
  product: { one: 'Product', many: 'Products', icon: Package },
  task: { one: 'Task', many: 'Tasks', icon: ListChecks },
  ticket: { one: 'Ticket', many: 'Tickets', icon: Ticket },
  interaction: { one: 'Interaction', many: 'Interactions', icon: MessagesSquare },
  group: { one: 'Group', many: 'Groups', icon: UsersRound },
  warehouse: { one: 'Warehouse', many: 'Warehouses', icon: Warehouse },
  'email-template': { one: 'E-mail template', many: 'E-mail templates', icon: MailPlus },
  comment: { one: 'Comment', many: 'Comments', icon: MessageSquare },
  file: { one: 'File', many: 'Files', icon: FileText },
};

/** Tabs of records that show their files and what was written under them. */
const tabs: Partial<Record<SearchType, string>> = { comment: 'activities', file: 'files' };
const tabbed = ['account', 'contact', 'opportunity'];

/** Where a find is shown: a part of a record on the page of that. */
export function addressOf(type: SearchType, { id, of }: SearchFind): string | null {
  if (!of) return recordAddress(type, id);
  const page = recordAddress(of.type, of.id);
  const tab = tabbed.includes(of.type) || (of.type === 'pov' && type === 'file') ? tabs[type] : undefined;
  return page && tab ? `${page}/${tab}` : page;
}
