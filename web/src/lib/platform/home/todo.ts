import type { Icon } from '#lib/ui/icon.ts';

/** Something that waits for the reader, from whatever area. */
export interface Todo {
  id: string;
  icon: Icon;
  /** What to do: "Approve Setup". */
  title: string;
  /** About what: "Halvorsen Foods, Priya Raman asks". */
  context: string;
  since: string;
  /** Until when; what has no end stands last, longest wait first. */
  until: string | null;
  href: string;
  /** The word of the button. */
  action: string;
}
export interface Todos {
  items: Todo[];
  loading: boolean;
  error: unknown;
}

export const bySoonest = (a: Todo, b: Todo): number =>
  (a.until ?? '9999').localeCompare(b.until ?? '9999') || a.since.localeCompare(b.since);
