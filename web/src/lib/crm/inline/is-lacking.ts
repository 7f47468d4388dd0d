/** Whether a field alone is wrong, and was not sent: what was sent and is wrong is not lacking. */
export const isLacking = (field: string, sent: readonly string[], wrong: readonly string[]): boolean =>
  wrong.length === 1 && wrong[0] === field && !sent.includes(field);
