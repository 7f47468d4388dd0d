import { tick } from 'svelte';

const focusable = '.row-link, a[href], button';

/**
 * After the last of a list has come, and with it the button for more has gone: the focus is at the first item that is
 * new, or at the list where that is not drawn. For who had it at the button: whoever went elsewhere stays there.
 */
export async function followNew(list: HTMLElement | null, itemAt: () => Element | null | undefined): Promise<void> {
  await tick();
  const item = itemAt() ?? list;
  const place = item?.matches('tr') ? (item.querySelector<HTMLElement>(focusable) ?? item) : item;
  if (!(place instanceof HTMLElement)) return;
  if (!place.matches(focusable)) place.tabIndex = -1;
  place.focus();
}

/** The row of a table, or the item of a list, that stands behind so many others. */
export const itemBehind = (list: Element, count: number): Element | null | undefined =>
  list.querySelector('[aria-rowindex]')
    ? list.querySelector(`[aria-rowindex="${count + 2}"]`)
    : list.querySelectorAll('tbody > tr[data-row], li')[count];
