import Combine from '@lucide/svelte/icons/combine';
import Mail from '@lucide/svelte/icons/mail';
import { goto } from '$app/navigation';
import { mergedMax } from '#domain/crm/duplicate/merge.contract.ts';
import type { RowAction } from '#lib/platform/table/row-action.ts';
import type { ListModule, Row } from './crm-module.ts';

/** So many addresses fit into the link that a mail program takes. */
const mailsMax = 50;
const addressesOf = (rows: readonly Row[]): string[] =>
  rows.flatMap(row => (typeof row['emailAddress'] === 'string' ? [row['emailAddress']] : []));

const writeMail: RowAction<Row> = {
  key: 'mail', label: 'Write a mail', icon: Mail, needs: 'contact:update',
  whyNot: (selection, rows) => {
    if (!('ids' in selection) || selection.count > mailsMax) return `At most ${mailsMax} people at once`;
    if (rows.length < selection.count) return 'Choose people of this page only';
    return addressesOf(rows).length ? null : 'None of them has an e-mail address';
  },
  // In blind copy: nobody learns the others' addresses.
  run: (_, rows) => {
    location.href = `mailto:?bcc=${addressesOf(rows).map(encodeURIComponent).join(',')}`;
  },
};

const merge = (of: 'contact' | 'account'): RowAction<Row> => ({
  key: 'merge', label: 'Merge', icon: Combine, needs: `${of}:merge`,
  whyNot: selection => {
    if (!('ids' in selection) || selection.count > mergedMax) return `At most ${mergedMax} at once`;
    return selection.count < 2 ? 'Choose two or more' : null;
  },
  run: selection => {
    if ('ids' in selection) void goto(`/${of}s/merge?ids=${selection.ids.join(',')}`);
  },
});

/** Register: what can be done with chosen rows, by the module's page. */
const actions: Partial<Record<ListModule['pageType'], readonly RowAction<Row>[]>> = {
  contacts: [writeMail, merge('contact')],
  accounts: [merge('account')],
};
export const actionsOf = ({ pageType }: ListModule): readonly RowAction<Row>[] => actions[pageType] ?? [];
