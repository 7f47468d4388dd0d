import type { JsonList } from '#domain/platform/field.ts';
import { isCritical, isResolved, markBlocker } from '#domain/pov/blocker/blocker.ts';
import { lineOf, tellingOf } from '../text-lines.ts';

/** A blocker as people see it; `was` is what the API knows of it, which may be more. */
export interface BlockerValues {
  title: string;
  critical: boolean;
  resolved: boolean;
  was: JsonList[number] | null;
}

export const newBlocker = (): BlockerValues => ({ title: '', critical: false, resolved: false, was: null });

export const blockerValues = (blockers: JsonList | null): BlockerValues[] =>
  (blockers ?? []).map(was => ({
    title: lineOf(was).trim(), critical: isCritical(was), resolved: isResolved(was), was,
  }));

function renamed(was: JsonList[number] | null, title: string): JsonList[number] {
  if (was !== null && lineOf(was).trim() === title) return was;
  if (was === null || typeof was === 'string') return title;
  return { ...was, [tellingOf(was) ?? 'title']: title };
}

/** What was typed, for the API; those without a name are left out. */
export function blockersFrom(values: readonly BlockerValues[]): JsonList | null {
  const list = values
    .filter(({ title }) => title.trim())
    .map(({ was, title, critical, resolved }) => markBlocker(renamed(was, title.trim()), { critical, resolved }));
  return list.length ? list : null;
}
