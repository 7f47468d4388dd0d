/** The newest; those that are over are left out by the page. */
export const standInsQuery = { query: { pageSize: 100, sort: '-untilDay' } };
