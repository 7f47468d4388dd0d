import Combine from '@lucide/svelte/icons/combine';
import Download from '@lucide/svelte/icons/download';
import Mail from '@lucide/svelte/icons/mail';
import Pencil from '@lucide/svelte/icons/pencil';
import Tag from '@lucide/svelte/icons/tag';
import Trash from '@lucide/svelte/icons/trash-2';
import UserRoundPen from '@lucide/svelte/icons/user-round-pen';
import UsersRound from '@lucide/svelte/icons/users-round';
import { goto } from '$app/navigation';
import { mergedMax } from '#domain/crm/duplicate/merge.contract.ts';
import type { NewBulk } from '#domain/platform/job/job.contract.ts';
import type { RowAction } from '#lib/platform/table/row-action.ts';
import type { ListModule, Row } from './crm-module.ts';

/** What is asked before rows are changed, or written to a file. */
export type BulkAsk = NewBulk['action'] | 'export';
type Action = RowAction<Row, BulkAsk>;

/** So many addresses fit into the link that a mail program takes. */
const mailsMax = 50;
const addressesOf = (rows: readonly Row[]): string[] =>
  rows.flatMap(row => (typeof row['emailAddress'] === 'string' ? [row['emailAddress']] : []));

const writeMail: Action = {
  key: 'mail', label: 'Write a mail', icon: Mail, needs: 'contact:update',
  whyNot: (selection, rows) => {
    if (!('ids' in selection) || selection.count > mailsMax) return `At most ${mailsMax} people at once`;
    if (rows.length < selection.count) return 'Choose people of this page only';
    return addressesOf(rows).length ? null : 'None of them has an e-mail address';
  },
  // In blind copy: nobody learns the others' addresses.
  does: {
    run: (_, rows) => {
      location.href = `mailto:?bcc=${addressesOf(rows).map(encodeURIComponent).join(',')}`;
    },
  },
};

const bulk = { needs: 'bulk:create' } as const;
const edit: Action = { key: 'update', label: 'Edit', icon: Pencil, ...bulk, does: { asks: 'update' } };
const reassign: Action = {
  key: 'reassign', label: 'Reassign', icon: UserRoundPen, ...bulk, does: { asks: 'reassign' },
};
const tag: Action = { key: 'tag', label: 'Tag', icon: Tag, ...bulk, does: { asks: 'tag' } };
const group: Action = { key: 'group', label: 'Add to group', icon: UsersRound, ...bulk, does: { asks: 'group' } };
const write: Action = {
  key: 'export', label: 'Export', icon: Download, needs: 'export:create', does: { asks: 'export' },
};
const remove: Action = { key: 'delete', label: 'Delete', icon: Trash, danger: true, ...bulk, does: { asks: 'delete' } };

const merge = (of: 'contact' | 'account'): Action => ({
  key: 'merge', label: 'Merge', icon: Combine, needs: `${of}:merge`,
  whyNot: selection => {
    if (!('ids' in selection) || selection.count > mergedMax) return `At most ${mergedMax} at once`;
    return selection.count < 2 ? 'Choose two or more' : null;
  },
  does: {
    run: selection => {
      if ('ids' in selection) void goto(`/${of}s/merge?ids=${selection.ids.join(',')}`);
    },
  },
});

const byJobs: Record<NewBulk['action'], Action> = { update: edit, reassign, tag, group, delete: remove };

/** What one kind of rows has beside what jobs do: before all, and after the changes. */
const own: Partial<Record<ListModule['pageType'], { first?: Action; then: Action }>> = {
  accounts: { then: merge('account') },
  contacts: { first: writeMail, then: merge('contact') },
};
/** What can be done with chosen rows: what its jobs do, and what is its own. */
export function actionsOf({ pageType, jobs }: Pick<ListModule, 'pageType' | 'jobs'>): readonly Action[] {
  const { first, then } = own[pageType] ?? {};
  const changes = (['update', 'reassign', 'tag', 'group'] as const).filter(action => jobs?.bulk.includes(action));
  const all = [
    first, ...changes.map(action => byJobs[action]), then, jobs && write,
    jobs?.bulk.includes('delete') && byJobs.delete,
  ];
  return all.filter(action => action !== undefined && action !== false);
}
