import type { Icon } from '../icon.ts';

export interface MenuEntry {
  label: string;
  icon?: Icon;
  kbd?: string;
  /** Muted, on the right. */
  meta?: string;
  href?: string;
  danger?: boolean;
  /** A tick: this is the chosen one. */
  checked?: boolean;
  /** Why it cannot be chosen now; shown in place. */
  reason?: string | null;
  onselect?: () => void;
}
/** Entries, headings and lines of a menu, in order. */
export type MenuItem = MenuEntry | { heading: string } | 'line';
