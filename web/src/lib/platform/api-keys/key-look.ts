import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import type { Icon, Tone } from '#lib/ui/icon.ts';
import type { keyStanding } from './key-words.ts';

export const keyLook: Record<ReturnType<typeof keyStanding>, { text: string; icon: Icon; tone: Tone }> = {
  active: { text: 'Active', icon: CircleCheck, tone: 'success' },
  expired: { text: 'Expired', icon: CircleSlash, tone: 'neutral' },
  revoked: { text: 'Revoked', icon: Ban, tone: 'neutral' },
};
