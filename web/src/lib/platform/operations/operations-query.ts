/** Processes that failed or are stuck, the newest first. */
export const troubleQuery = { pageSize: 50, filter: { troubled: 'true' } };
