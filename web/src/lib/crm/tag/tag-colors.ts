import type { TagColor } from '#domain/crm/tag/tag.ts';

/** The same in light and dark: each stands out from both grounds. */
export const tagDots: Record<TagColor, string> = {
  gray: 'bg-[oklch(.6_.01_260)]',
  blue: 'bg-[oklch(.6_.17_255)]',
  green: 'bg-[oklch(.62_.16_150)]',
  amber: 'bg-[oklch(.68_.15_70)]',
  red: 'bg-[oklch(.6_.2_25)]',
  purple: 'bg-[oklch(.58_.19_300)]',
  teal: 'bg-[oklch(.62_.11_195)]',
  pink: 'bg-[oklch(.63_.19_355)]',
};
