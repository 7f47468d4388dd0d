import { SvelteMap } from 'svelte/reactivity';
import { goto } from '$app/navigation';
import type { Icon } from '#lib/ui/icon.ts';
import type { Shortcut } from './keyboard.svelte.ts';

export interface Command {
  id: string;
  label: string;
  /** On the record that is open, a place to go to, a record that was found, or something new. */
  group: 'here' | 'go' | 'record' | 'create';
  icon: Icon;
  /** What it does or where it leads, muted. */
  hint?: string;
  kbd?: string;
  /** Other words it is found by. */
  keywords?: string[];
  /** Why it cannot be done now; shown in place of the hint. */
  reason?: string | null;
  href?: string;
  run?: () => void;
}
interface Source {
  commands: () => Command[];
  title?: () => string;
}

const sources = new SvelteMap<symbol, Source>();
const finders = new Set<(text: string) => Promise<Command[]>>();

/** Commands of a page, as long as it is open; `title` names the record they act on. */
export function registerCommands(commands: () => Command[], title?: () => string): void {
  $effect(() => {
    const id = Symbol('commands');
    sources.set(id, { commands, title });
    return () => sources.delete(id);
  });
}
/** A search whose finds stand beside the commands. */
export function registerSearch(find: (text: string) => Promise<Command[]>): void {
  $effect(() => {
    finders.add(find);
    return () => finders.delete(find);
  });
}

export const allCommands = (): Command[] => [...sources.values()].reverse().flatMap(source => source.commands());
export const recordTitle = (): string | undefined =>
  [...sources.values()]
    .map(s => s.title?.())
    .filter(Boolean)
    .at(-1);
export const find = async (text: string): Promise<Command[]> =>
  (await Promise.all([...finders].map(f => f(text)))).flat();

export function perform(command: Command): void {
  if (command.reason) return;
  if (command.href) void goto(command.href);
  else command.run?.();
}

const headings = { here: 'On this page', go: 'Go to', record: 'Records', create: 'Create' } as const;
/** The keys of commands work everywhere, not only in the palette. */
export const commandShortcuts = (): Shortcut[] =>
  allCommands().flatMap(command =>
    command.kbd
      ? [{ keys: command.kbd, label: command.label, group: headings[command.group], run: () => perform(command) }]
      : [],
  );

/** What of the shell is open. */
export const overlays = $state({ palette: false, shortcuts: false, menu: false, messages: false });
