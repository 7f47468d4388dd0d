import { bulkEndpoint } from '../platform/job/job.contract.ts';

/** Accounts and contacts are changed many at once (CRM-118). */
export const bulkEndpoints = { accounts: bulkEndpoint('accounts'), contacts: bulkEndpoint('contacts') };
