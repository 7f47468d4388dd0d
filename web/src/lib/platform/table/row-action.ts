import type { Needs } from '#domain/platform/contract.ts';
import type { ListQuery } from '#domain/platform/list.ts';
import type { Icon } from '#lib/ui/icon.ts';

/** The chosen rows of a list: by their ids, or all that its conditions fit. */
export type Selection =
  | { ids: string[]; count: number }
  | { query: Pick<ListQuery, 'q' | 'filter'> & { where?: string }; count: number; capped: boolean };

/** What can be done with the chosen rows of a list. */
export interface RowAction<Row, Asks extends string = never> {
  key: string;
  label: string;
  icon?: Icon;
  danger?: boolean;
  needs: Needs;
  /** Why it cannot be done to this choice; `rows` are those of it that the page holds. */
  whyNot?: (selection: Selection, rows: readonly Row[]) => string | null;
  /** What it is to be asked first; or what it does at once: `done` takes the choice back. */
  does: { asks: Asks } | { run: (selection: Selection, rows: readonly Row[], done: () => void) => void };
}
