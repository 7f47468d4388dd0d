import Building from '@lucide/svelte/icons/building-2';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Milestone from '@lucide/svelte/icons/milestone';
import Package from '@lucide/svelte/icons/package';
import Target from '@lucide/svelte/icons/target';
import Ticket from '@lucide/svelte/icons/ticket';
import UserRound from '@lucide/svelte/icons/user-round';
import type { SearchType } from '#domain/platform/search/search.contract.ts';
import type { Icon } from '#lib/ui/icon.ts';

export const searchWords: Record<SearchType, { one: string; many: string; icon: Icon }> = {
  account: { one: 'Account', many: 'Accounts', icon: Building },
  contact: { one: 'Contact', many: 'Contacts', icon: UserRound },
  opportunity: { one: 'Opportunity', many: 'Opportunities', icon: Target },
  pov: { one: 'POV', many: 'POVs', icon: Milestone },
  product: { one: 'Product', many: 'Products', icon: Package },
  task: { one: 'Task', many: 'Tasks', icon: ListChecks },
  ticket: { one: 'Ticket', many: 'Tickets', icon: Ticket },
};
