import { isClosed, povStatuses } from '../../../domain/pov/pov-status.ts';
import type { NameCopy } from '../../crm/duplicate/name-copies.ts';

const closed = povStatuses.filter(isClosed).map(status => `'${status}'`).join(', ');

/** An open POV says the name of the account that it is at; what is won or lost stays as it ended. */
export const customerNames: NameCopy = {
  table: 'pov', column: 'account_id', name: 'customer_name', length: 200, follows: `status not in (${closed})`,
};
