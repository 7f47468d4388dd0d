import { page } from '$app/state';
import { entryOf } from '../navigation.ts';

export interface Crumb { label: string; href?: string }
const shown = $state<{ crumbs: Crumb[] | null }>({ crumbs: null });

/** The way to this page where it changes while the page is open; otherwise return `crumbs` from its load function. */
export function setCrumbs(crumbs: () => Crumb[]): void {
  $effect(() => {
    shown.crumbs = crumbs();
    return () => { shown.crumbs = null; };
  });
}

export function crumbsNow(): Crumb[] {
  const entry = entryOf(page.url.pathname);
  return shown.crumbs ?? page.data.crumbs ?? (entry ? [{ label: entry.label, href: entry.href }] : []);
}
