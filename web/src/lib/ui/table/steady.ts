/** Answers what it answered last, as long as the next value is the same: who compares by identity sees no change. */
export function steadily<T>(same: (a: T, b: T) => boolean): (next: T) => T {
  let kept: T | undefined;
  return next => {
    if (kept === undefined || !same(next, kept)) kept = next;
    return kept;
  };
}

export const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);
export const sameEntries = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => a[key] === b[key]);
};
