/** Fields that name a blocker, as blockers are free JSON. */
const naming = ['title', 'name', 'text', 'description', 'label', 'summary'];

export function blockerName(blocker: unknown): string {
  if (typeof blocker === 'string') return blocker.trim();
  const fields = typeof blocker === 'object' && blocker !== null ? (blocker as Record<string, unknown>) : {};
  const named = naming.map(field => fields[field]).find(value => typeof value === 'string' && value.trim());
  return typeof named === 'string' ? named.trim() : JSON.stringify(blocker);
}

export interface BlockerChange {
  name: string;
  /** null: it was not there before, or is no longer. */
  from: unknown;
  to: unknown;
}

/** Which blockers of a list changed, each by its name (PLT-064). Of several with one name, each with its like. */
export function blockerChanges(before: readonly unknown[], after: readonly unknown[]): BlockerChange[] {
  const left = [...before];
  const added: BlockerChange[] = after.map(to => {
    const name = blockerName(to);
    const same = left.findIndex(from => JSON.stringify(from) === JSON.stringify(to));
    const at = same >= 0 ? same : left.findIndex(from => blockerName(from) === name);
    return { name, from: at >= 0 ? left.splice(at, 1)[0] : null, to };
  });
  const gone = left.map(from => ({ name: blockerName(from), from, to: null }));
  return [...added.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to)), ...gone];
}
