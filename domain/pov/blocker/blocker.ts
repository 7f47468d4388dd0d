const done = ['RESOLVED', 'CLOSED', 'DONE', 'COMPLETED'];
const word = (v: unknown): string => (typeof v === 'string' ? v.toUpperCase() : '');
const fieldsOf = (blocker: unknown): Record<string, unknown> =>
  typeof blocker === 'object' && blocker !== null ? (blocker as Record<string, unknown>) : {};

/** A blocker is free JSON: critical by flag, severity or priority. */
export function isCritical(blocker: unknown): boolean {
  const b = fieldsOf(blocker);
  return b['critical'] === true || [b['severity'], b['priority']].some(v => word(v) === 'CRITICAL');
}
/** Open unless it is marked as resolved, in any of the words that are used for it. */
export function isResolved(blocker: unknown): boolean {
  const b = fieldsOf(blocker);
  return b['resolved'] === true || b['open'] === false || done.includes(word(b['status']));
}

type Blocker = string | Record<string, unknown>;

/** The blocker as it is marked now; what else is known of it stays, unless it says otherwise. */
export function markBlocker(blocker: Blocker, marks: { critical: boolean; resolved: boolean }): Blocker {
  const isSo = isCritical(blocker) === marks.critical && isResolved(blocker) === marks.resolved;
  if (isSo) return blocker;
  const b: Record<string, unknown> = typeof blocker === 'string' ? { title: blocker } : { ...blocker };
  if (isCritical(b) !== marks.critical) {
    b['critical'] = marks.critical;
    for (const name of ['severity', 'priority']) if (word(b[name]) === 'CRITICAL' && !marks.critical) b[name] = 'high';
  }
  if (isResolved(b) !== marks.resolved) {
    b['resolved'] = marks.resolved;
    if ('open' in b) b['open'] = !marks.resolved;
    if ('status' in b) b['status'] = marks.resolved ? 'resolved' : 'open';
  }
  return b;
}
