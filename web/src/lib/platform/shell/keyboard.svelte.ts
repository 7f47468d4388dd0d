import { SvelteMap } from 'svelte/reactivity';

export interface Shortcut {
  /** `j`, `shift+r`, `mod+k`, or one after the other: `c p`. */
  keys: string;
  label: string;
  /** The heading in the sheet of shortcuts. */
  group?: string;
  run: () => void;
  /** Also while typing in a field. */
  inFields?: boolean;
}

const known = new SvelteMap<symbol, () => Shortcut>();
let before = '';
let forget: ReturnType<typeof setTimeout> | undefined;

/** A key that works as long as the component lives; the sheet (`?`) lists it. */
export function shortcut(keys: string, run: () => void, about: Omit<Shortcut, 'keys' | 'run'>): void {
  $effect(() => {
    const id = Symbol(keys);
    known.set(id, () => ({ keys, run, ...about }));
    return () => known.delete(id);
  });
}

/** All that work now, the newest of equal keys only. */
export const shortcuts = (): Shortcut[] => [
  ...new Map([...known.values()].map(get => get()).map(s => [s.keys, s] as const)).values(),
];

const editable = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable], [role="combobox"]') !== null;
const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null;

/** The shell's one listener; `more` are keys of commands. */
export function press(event: KeyboardEvent, more: readonly Shortcut[] = []): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return;
  const mod = event.metaKey || event.ctrlKey;
  const letter = event.key.toLowerCase();
  const shifted = event.shiftKey && /^[a-z]$/.test(letter);
  const stroke = `${mod ? 'mod+' : ''}${shifted ? 'shift+' : ''}${letter}`;
  const all = [...shortcuts(), ...more].filter(s => s.inFields || (!editable(event.target) && !inDialog(event.target)));
  const hit =
    all.find(s => s.keys === `${before} ${stroke}`) ?? (before ? undefined : all.find(s => s.keys === stroke));
  clearTimeout(forget);
  before = '';
  if (hit) {
    event.preventDefault();
    hit.run();
    return;
  }
  if (!mod && all.some(s => s.keys.startsWith(`${stroke} `))) {
    before = stroke;
    forget = setTimeout(() => {
      before = '';
    }, 1200);
  }
}
