import Mail from '@lucide/svelte/icons/mail';
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

/** Register: what can be done with chosen rows, by the module's page. */
const actions: Partial<Record<ListModule['pageType'], readonly RowAction<Row>[]>> = { contacts: [writeMail] };
export const actionsOf = ({ pageType }: ListModule): readonly RowAction<Row>[] => actions[pageType] ?? [];
