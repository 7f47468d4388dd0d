import { tv } from 'tailwind-variants';

/** The frame of every text control. */
export const control = tv({
  base: 'flex w-full min-w-0 items-center gap-2 rounded-md border border-input bg-background px-2.5 text-base '
    + 'has-aria-invalid:border-danger aria-invalid:border-danger '
    + 'has-disabled:bg-surface disabled:bg-surface disabled:text-subtle '
    + 'has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 '
    + 'has-[input:focus-visible]:outline-ring',
  variants: { size: { sm: 'h-7 text-sm', md: 'h-8', lg: 'h-10' } },
  defaultVariants: { size: 'md' },
});

/** Lists that open below a control. */
export const listBox = 'z-50 max-h-72 min-w-(--bits-floating-anchor-width) animate-pop overflow-y-auto rounded-lg '
  + 'border border-border-strong bg-elevated p-1 shadow-pop outline-none';
export const listRow = 'flex min-h-7.5 cursor-default items-center gap-2 rounded-[5px] px-2 '
  + 'outline-none select-none '
  + 'data-highlighted:bg-surface-2 data-disabled:text-subtle max-sm:min-h-10';
