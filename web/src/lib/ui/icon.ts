import type { Component } from 'svelte';

/** Any icon of `@lucide/svelte/icons/*`. */
export type Icon = Component<{ class?: string; size?: number | string; strokeWidth?: number | string }>;

/** What a colour may mean; never a colour by itself. */
export type Tone = 'neutral' | 'primary' | 'success' | 'warning' | 'danger' | 'info';

/** Text colour of a tone. */
export const toneText: Record<Tone, string> = {
  neutral: 'text-muted', primary: 'text-primary-text', success: 'text-success',
  warning: 'text-warning', danger: 'text-danger', info: 'text-info',
};
