import Activity from '@lucide/svelte/icons/activity';
import Building from '@lucide/svelte/icons/building-2';
import Bell from '@lucide/svelte/icons/bell';
import Columns from '@lucide/svelte/icons/columns-3';
import Fingerprint from '@lucide/svelte/icons/fingerprint';
import Crown from '@lucide/svelte/icons/crown';
import CopyCheck from '@lucide/svelte/icons/copy-check';
import Gauge from '@lucide/svelte/icons/gauge';
import History from '@lucide/svelte/icons/history';
import House from '@lucide/svelte/icons/house';
import Handshake from '@lucide/svelte/icons/handshake';
import Inbox from '@lucide/svelte/icons/inbox';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Layers from '@lucide/svelte/icons/layers';
import KeyRound from '@lucide/svelte/icons/key-round';
import ListTree from '@lucide/svelte/icons/list-tree';
import MailPlus from '@lucide/svelte/icons/mail-plus';
import Milestone from '@lucide/svelte/icons/milestone';
import Package from '@lucide/svelte/icons/package';
import ScanSearch from '@lucide/svelte/icons/scan-search';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import Shapes from '@lucide/svelte/icons/shapes';
import ShieldHalf from '@lucide/svelte/icons/shield-half';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import Target from '@lucide/svelte/icons/target';
import Trash from '@lucide/svelte/icons/trash-2';
import TagIcon from '@lucide/svelte/icons/tag';
import TextCursor from '@lucide/svelte/icons/text-cursor-input';
import Ticket from '@lucide/svelte/icons/ticket';
import SquareKanban from '@lucide/svelte/icons/square-kanban';
import UserRound from '@lucide/svelte/icons/user-round';
import UsersRound from '@lucide/svelte/icons/users-round';
import Users from '@lucide/svelte/icons/users';
import Warehouse from '@lucide/svelte/icons/warehouse';
import Webhook from '@lucide/svelte/icons/webhook';
import Workflow from '@lucide/svelte/icons/workflow';
import type { Needs } from '#domain/platform/contract.ts';
import type { Icon } from '#lib/ui/icon.ts';
import type { Me } from './session.svelte.ts';

export interface NavEntry {
  label: string;
  href: string;
  icon: Icon;
  /** Hidden from those who may not (PLT-038). */
  needs: Needs;
  /** Hidden, too, from those who may do this with no record at all. */
  action?: string;
  /** Which of the shell's counts stands beside it; `hot` ones ask for the reader. */
  count?: string;
  hot?: boolean;
  /** The second key after `g`. */
  key?: string;
  /** What can be made anew from everywhere: by the plus of the top bar, the palette, or `key` after `c`. */
  create?: { label: string; href: string; needs: Needs; key: string; keywords?: string[] };
  /** Stands in the bar of a phone; the others are behind More. */
  phone?: boolean;
}
export interface NavGroup {
  heading: string | null;
  entries: NavEntry[];
}

/** The menu. An area adds its line when its first page exists. */
export const navigation: NavGroup[] = [
  {
    heading: null,
    entries: [
      { label: 'Home', href: '/dashboard', icon: House, needs: 'signed-in', key: 'h', phone: true },
      {
        label: 'Inbox',
        href: '/inbox',
        icon: Inbox,
        needs: 'signed-in',
        count: 'inbox',
        hot: true,
        key: 'i',
        phone: true,
      },
      {
        label: 'Tasks', href: '/tasks', icon: ListChecks, needs: 'task:read', key: 't',
        create: { label: 'New task', href: '/tasks?task=new', needs: 'task:create', key: 't' },
      },
      {
        label: 'Notifications',
        href: '/notifications',
        icon: Bell,
        needs: 'signed-in',
        count: 'notifications',
        key: 'n',
      },
    ],
  },
  {
    heading: 'POVs',
    entries: [
      {
        label: 'POVs', href: '/povs', icon: Milestone, needs: 'pov:read', count: 'povs', key: 'p', phone: true,
        create: {
          label: 'New POV', href: '/povs/new', needs: 'pov:create', key: 'p', keywords: ['create', 'point of view'],
        },
      },
      { label: 'Board', href: '/povs/board', icon: SquareKanban, needs: 'pov:read', key: 'b' },
    ],
  },
  {
    heading: 'Sell',
    entries: [
      {
        label: 'Opportunities', href: '/opportunities', icon: Target, needs: 'opportunity:read', key: 'o',
        create: { label: 'New opportunity', href: '/opportunities/new', needs: 'opportunity:create', key: 'o' },
      },
      { label: 'Pipeline', href: '/opportunities/board', icon: Columns, needs: 'opportunity:read', key: 'l' },
      { label: 'Forecast', href: '/opportunities/forecast', icon: TrendingUp, needs: 'opportunity:read', key: 'f' },
      {
        label: 'Partners', href: '/partners', icon: Handshake, needs: 'principal-distributor-relationship:read',
        key: 'e',
      },
      {
        label: 'Principals', href: '/reports/principal-advocacy', icon: Crown, needs: 'principal-advocacy:read',
        key: 'v',
      },
    ],
  },
  {
    heading: 'Customers',
    entries: [
      {
        label: 'Accounts', href: '/accounts', icon: Building, needs: 'account:read', key: 'a',
        create: { label: 'New account', href: '/accounts/new', needs: 'account:create', key: 'a' },
      },
      {
        label: 'Contacts', href: '/contacts', icon: UserRound, needs: 'contact:read', key: 'c',
        create: { label: 'New contact', href: '/contacts/new', needs: 'contact:create', key: 'c' },
      },
      { label: 'Activities', href: '/activities', icon: History, needs: 'interaction:read', key: 'm' },
      {
        label: 'Groups', href: '/groups', icon: UsersRound, needs: 'group:read', key: 'g',
        create: { label: 'New group', href: '/groups/new', needs: 'group:create', key: 'g' },
      },
      {
        label: 'Tickets', href: '/tickets', icon: Ticket, needs: 'ticket:read', key: 'k',
        create: { label: 'New ticket', href: '/tickets/new', needs: 'ticket:create', key: 'k' },
      },
      { label: 'Tags', href: '/admin/tags', icon: TagIcon, needs: 'tag:update' },
      { label: 'E-mail templates', href: '/email-templates', icon: MailPlus, needs: 'email-template:update' },
      { label: 'Scoring', href: '/admin/scoring', icon: Gauge, needs: 'scoring-rule:update' },
      { label: 'Duplicates', href: '/duplicates', icon: CopyCheck, needs: 'duplicate:read', key: 'u' },
    ],
  },
  {
    heading: 'Stock',
    entries: [
      {
        label: 'Products', href: '/products', icon: Package, needs: 'product:read', key: 'd',
        create: { label: 'New product', href: '/products/new', needs: 'product:create', key: 'd' },
      },
      { label: 'Warehouses', href: '/warehouses', icon: Warehouse, needs: 'warehouse:read', key: 'w' },
    ],
  },
  {
    heading: 'Work',
    entries: [
      { label: 'Processes', href: '/processes', icon: Workflow, needs: 'signed-in', count: 'processes', key: 'r' },
      { label: 'Jobs', href: '/jobs', icon: Layers, needs: 'job:read', key: 'j' },
      { label: 'Deleted records', href: '/deleted', icon: Trash, needs: 'signed-in', action: 'restore' },
    ],
  },
  {
    heading: 'Admin',
    entries: [
      { label: 'Users', href: '/admin/users', icon: Users, needs: 'user:manage' },
      { label: 'Roles', href: '/admin/roles', icon: ShieldHalf, needs: 'role:read' },
      { label: 'Sign-in', href: '/admin/sign-in', icon: Fingerprint, needs: 'identity-provider:manage' },
      { label: 'API keys', href: '/admin/api-keys', icon: KeyRound, needs: 'user:manage' },
      { label: 'Phase templates', href: '/admin/phases', icon: ListTree, needs: 'phase-template:manage' },
      { label: 'Stages', href: '/admin/stages', icon: Columns, needs: 'opportunity-stage:update' },
      { label: 'Account types', href: '/admin/account-types', icon: Building, needs: 'account-type:update' },
      { label: 'Categories', href: '/admin/product-categories', icon: Shapes, needs: 'product-category:update' },
      { label: 'Fields', href: '/admin/fields', icon: TextCursor, needs: 'custom-field:update' },
      { label: 'Enrichment', href: '/admin/enrichment', icon: ScanSearch, needs: 'enrichment-source:read' },
      { label: 'Webhooks', href: '/admin/webhooks', icon: Webhook, needs: 'webhook:read' },
      { label: 'Operations', href: '/admin/operations', icon: Activity, needs: 'process:reconcile' },
      { label: 'Audit log', href: '/admin/audit', icon: ScrollText, needs: 'audit-log:read' },
      { label: 'Settings', href: '/admin/settings', icon: Settings, needs: 'setting:read' },
    ],
  },
];

/** What of the menu a reader sees; empty groups vanish. */
export const navigationFor = (me: Pick<Me, 'may' | 'permissions'>): NavGroup[] =>
  navigation
    .map(group => ({ ...group, entries: group.entries.filter(entry => maySee(me, entry)) }))
    .filter(group => group.entries.length > 0);

const maySee = (me: Pick<Me, 'may' | 'permissions'>, { needs, action }: NavEntry): boolean =>
  me.may(needs) && (!action || me.permissions.some(permission => permission.action === action));

/** The entry that a page belongs to: the longest address that begins it. */
export const entryOf = (pathname: string): NavEntry | undefined =>
  navigation
    .flatMap(group => group.entries)
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
